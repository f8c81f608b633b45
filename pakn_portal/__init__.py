"""A Wagtail app for a ministry's section of petitions, questions and their published answers."""

__version__ = "0.1.0"
