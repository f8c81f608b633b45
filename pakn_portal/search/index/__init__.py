"""The index on the search server: its shape, and keeping it the same as the database."""
