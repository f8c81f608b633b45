"""A portal with a procedure of its own: colleagues suggest something, and the office answers."""
