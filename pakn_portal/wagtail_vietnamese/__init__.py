"""Vietnamese for the words of Wagtail's admin that Wagtail has none for: a second app, which may be left out.

Nothing but catalogues (`locale/`) and the script that brings those of Wagtail's scripts. It knows nothing of
the section; a word that Wagtail itself translates is dropped here.
"""
