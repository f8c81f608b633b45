"""What `pakn_setup` makes in a site.

Every step may run again and again: it adds what is missing and changes nothing else.
"""
