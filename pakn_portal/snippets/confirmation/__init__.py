"""What the Legal Department confirms in the reference lists, what is kept of it, and whether words that go to
everybody are as they were saved.
"""
