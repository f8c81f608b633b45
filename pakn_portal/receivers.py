"""Who listens to what: the only place where features on the left reach features on the right."""

from __future__ import annotations


def connect() -> None:
    """Connect every receiver; called once by the app's `ready`."""
