"""Calendar and clock: pure arithmetic over working days, terms, pauses and extensions.

`calendar`, `clock`, `registered`, `time_left` and `explain` never touch the database; `rules` reads the
reference lists (Holiday, DeadlineRule) and hands plain values to them.
"""
