"""Reference lists as a file: out with every row, in with a preview."""
