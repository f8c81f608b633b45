"""The invariants that `pakn_verify` holds against the whole database, listed in `invariants.py`.

Each is one function that yields what breaks it, named by case numbers and row keys only, so that its output
may go into a ticket.
"""
