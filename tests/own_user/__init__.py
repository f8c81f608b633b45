"""A portal whose accounts are its own model, with as little as Wagtail needs of it."""
