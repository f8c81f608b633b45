"""Settings of the example portal.

Runs as it is, on SQLite and with all data under `var/`. These variables of the environment change it:

| variable | what it does |
| --- | --- |
| `PORTAL_DEBUG` | `0` turns DEBUG off (the demo accounts must be gone by then) |
| `PORTAL_VAR` | folder of the data, instead of `var/` |
| `PORTAL_HOSTS` | names the site answers to, separated by commas |
| `PAKN_PG_HOST`, `_PORT`, `_USER`, `_PASSWORD`, `_DBNAME` | PostgreSQL instead of SQLite |
| `PAKN_ES_URL` | Elasticsearch for the archive, instead of the database's own search |
"""

from __future__ import annotations

from example_site.settings.database import *  # noqa: F403
from example_site.settings.portal import *  # noqa: F403
