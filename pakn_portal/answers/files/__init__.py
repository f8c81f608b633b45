"""The files of an answer: which it has, and which of them readers of the site get."""
