"""What the Legal Department confirms in the reference lists, and what is kept of it."""
