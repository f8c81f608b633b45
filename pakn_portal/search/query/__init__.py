"""What is asked of the archive, how it is read, and what is answered."""
