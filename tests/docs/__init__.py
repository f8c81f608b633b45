"""The documentation against the code: what a table names exists, what exists is named."""
