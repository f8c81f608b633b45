"""Numbers and names of legal documents in Vietnamese text: found, read, each one token."""
