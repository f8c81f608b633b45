"""A throw-away database to measure in, on the servers that `python -m tests.servers run` names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pakn_portal

SETTINGS = {"sqlite": "tests.settings.sqlite", "postgresql": "tests.settings.postgresql"}
STARTER = Path(pakn_portal.__file__).parent / "snippets" / "starter"


def missing_server(engine: str) -> str:
    """What this engine lacks here, empty when nothing."""
    if engine in ("elasticsearch", "plain") and not os.environ.get("PAKN_ES_URL"):
        return "no Elasticsearch (PAKN_ES_URL)"
    if engine.endswith("postgresql") and not os.environ.get("PAKN_PG_PORT"):
        return "no PostgreSQL (PAKN_PG_HOST, PAKN_PG_PORT)"
    return ""


@contextmanager
def open_site(vendor: str) -> Iterator[None]:
    """Django on an empty, migrated database with the starter synonyms; everything is dropped afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[vendor]
    os.environ["PAKN_TEST_DB_SUFFIX"] = f"bench{os.getpid()}"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    name = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _load_synonyms()
        yield
    finally:
        _drop_indices()
        connection.creation.destroy_test_db(name, verbosity=0)
        shutil.rmtree(settings.WORK_DIR, ignore_errors=True)


def _load_synonyms() -> None:
    from pakn_portal.snippets.models import Synonym

    rows = json.loads((STARTER / "synonyms.json").read_text(encoding="utf-8"))
    Synonym.objects.bulk_create(
        Synonym(term=row["term"], expansions="\n".join(row["expansions"])) for row in rows
    )


def _drop_indices() -> None:
    from pakn_portal.search.index import server

    if not server.is_configured():
        return
    client = server.writing()
    for name in client.indices.get(index=f"{server.alias()}*", allow_no_indices=True):
        client.indices.delete(index=name, ignore_unavailable=True)
