"""Who is the tenant, and the three walls between one and another: context, querysets, database."""
