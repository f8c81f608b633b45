"""What left the site for good leaves the database's own full-text tables too."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection, transaction

from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED, Verb

#: The archive's, and those of the search of the CMS by its present and its earlier name.
_TABLES: Final = ("pakn_portal_archivefts", "wagtailsearch_indexentry_fts", "modelsearch_indexentry_fts")


def forget_terms(*, case: Any, event: Any, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: of a case that is sealed, of a confirmed state secret and of an earlier
    text that is withheld; where none was ever prepared for the site, no table has a word of it. The CMS may
    index its page once all is committed, so it is done then too.
    """
    is_sealed = case.status in SEALED and event.from_status not in SEALED
    leaves = is_sealed or event.verb == Verb.CONFIRM_SECRET or event.data.get("withheld")
    if leaves and PublicText.objects.filter(case=case).exists():
        _merge()
        transaction.on_commit(_merge, robust=True)


def _merge() -> None:
    """SQLite's index only marks a row as deleted; its words go when all segments become one. Not by the
    option `secure-delete`, which older libraries than 3.42 neither know nor can read a file of. PostgreSQL
    keeps none behind but in the dead rows that it vacuums.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for table in [name for name in _TABLES if name in names]:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
