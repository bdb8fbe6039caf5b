"""Those who call services of others: one module for each, with timeouts and typed answers."""
