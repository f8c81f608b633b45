"""What the search listens to. Entries are written inside the transaction of the change; the index is tried
once after its commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import post_page_move

from pakn_portal import signals
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search.actions import archive, archive_beneath, register_source
from pakn_portal.search.sources import SOURCES


def archive_released(*, page: Any, **kwargs: Any) -> None:
    """An answer went live, changed or left the site."""
    archive([page])


def archive_legal_texts(*, texts: Iterable[LegalText], **kwargs: Any) -> None:
    """Articles of law were imported or changed."""
    archive(texts)


def archive_branch(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A page was moved, or a restriction was set on it or lifted: the pages beneath may have become public or
    private. Skipped in `loaddata` (`raw`), which loads restrictions before their pages and the rows itself.
    """
    if raw:
        return
    root = getattr(instance, "page", instance)
    archive_beneath(root.path)


def connect() -> None:
    uid = "pakn_portal.search.{}".format
    for source in list(SOURCES.values()):
        register_source(source)
    signals.public_record_changed.connect(archive_released, dispatch_uid=uid("page"))
    signals.legal_texts_changed.connect(archive_legal_texts, dispatch_uid=uid("legal_texts"))
    post_save.connect(archive_branch, sender=PageViewRestriction, dispatch_uid=uid("restricted"))
    post_delete.connect(archive_branch, sender=PageViewRestriction, dispatch_uid=uid("unrestricted"))
    post_page_move.connect(archive_branch, dispatch_uid=uid("moved"))
