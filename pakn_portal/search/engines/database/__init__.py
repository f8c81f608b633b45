"""The embedded engine: the full-text index of the database, SQLite or PostgreSQL."""
