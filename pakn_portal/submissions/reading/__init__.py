"""What looks into a sender's file. It runs in a process of its own, started by `files.reader`, so nothing
here knows of Django, the site or the database, and what the bytes do to a parser they do there.
"""
