"""Whatever Django or Wagtail will take away is an error in the tests, from the loading of the apps on."""

from __future__ import annotations

import warnings

import django.utils.deprecation
import wagtail.utils.deprecation

CATEGORIES = {
    f"{module.__name__}.{name}": category
    for module in (django.utils.deprecation, wagtail.utils.deprecation)
    for name, category in vars(module).items()
    if name.startswith("RemovedIn") and isinstance(category, type)
}
#: What stands in a portal's own settings is the portal's to change; the app works with both (see sending.py).
OF_THE_PORTAL = (r"The EMAIL_[A-Z_]+ setting is deprecated", r"Django 2028 will not have a default mailer")

#: in the words of pytest; the later one wins
FILTERS = (
    *(f"error::{name}" for name in CATEGORIES),
    *(f"ignore:{text}" for text in OF_THE_PORTAL),
)


def are_errors() -> None:
    """For what happens before pytest has its own filters: the import of the apps."""
    for category in CATEGORIES.values():
        warnings.filterwarnings("error", category=category)
    for text in OF_THE_PORTAL:
        warnings.filterwarnings("ignore", message=text)
