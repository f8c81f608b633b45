"""Write the drawn parts of the documentation anew."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.sqlite")
    django.setup()
    from tests.docs.generated import write_all

    print(f"{write_all()} parts written.")
