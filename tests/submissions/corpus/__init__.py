"""Files as telephones, scanners and offices make them, and files as attackers do: made here, in code."""
