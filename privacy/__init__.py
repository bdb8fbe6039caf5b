"""People's data: the CPF vault, consent and data subjects' rights."""
