"""What lies over a picture, or keeps it from being seen: its dots would stay in the copy whole."""
