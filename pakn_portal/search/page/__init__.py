"""The archive as a reader sees it."""
