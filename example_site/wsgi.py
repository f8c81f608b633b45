"""For a WSGI server. The checks run first: a server starts no site that `manage.py check` would refuse."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings")

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
call_command("check", verbosity=0)
