"""Reads senders' files. It runs in a process of its own, which `files.reader` starts: nothing here knows
Django, the site or the database, and a file that attacks a parser reaches no more than this process.
"""
