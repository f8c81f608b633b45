"""What `pakn_setup` creates in a site.

Every step may run again at any time: it adds what is missing and changes nothing else.
"""
