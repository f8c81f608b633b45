"""Words that go to everybody are those of the last version that the CMS kept of them.

A row that was written or changed by a statement in the database has no such version: its words are not sent,
those of the software are, and `pakn_verify` names it (I19).
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from pakn_portal.conf import ENGLISH, VIETNAMESE
from pakn_portal.snippets.starter_rows import read

logger = logging.getLogger(__name__)


def is_as_saved(row: Any) -> bool:
    """Whether its words are those of its last version; without one, whether it is a row that ships, word for
    word. Read with `latest_revision` joined.
    """
    version = row.latest_revision
    if version is None:
        return _words_of(row) in _shipped(row._meta.model, row.words_of_version)
    kept = version.content
    is_its_own = str(version.object_id) == str(row.pk)
    return is_its_own and all(kept.get(name) == getattr(row, name) for name in row.words_of_version)


def may_be_sent(row: Any) -> bool:
    """The same, told in the log where it is not so."""
    if is_as_saved(row):
        return True
    logger.error(
        "The %s %s does not have the words of its last version, so those of the software are sent.",
        row._meta.model_name,
        row.pk,
    )
    return False


def _words_of(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in row.words_of_version)


@cache
def _shipped(model: Any, names: tuple[str, ...]) -> tuple[tuple[Any, ...], ...]:
    """Those of its starter file, which leaves out what is as ever; empty where none ships."""
    if not model.shipped_in:
        return ()
    rows = [row for language in (VIETNAMESE, ENGLISH) for row in read(model.shipped_in, language)]
    usual = {name: model._meta.get_field(name).get_default() for name in names}
    return tuple(tuple(row.get(name, usual[name]) for name in names) for row in rows)
