"""The invariants that `pakn_verify` checks against the whole database, listed in `invariants.py`.

Each is a function that yields one line for each offence. A line names cases and rows by number or key only,
so that the output may go into a ticket.
"""
