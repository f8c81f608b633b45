"""The search listens: projection inside the transaction of what changed, one try at the index after its
commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from pakn_portal import signals
from pakn_portal.pages.answer import AnswerPage
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search import projection
from pakn_portal.search.engines.counts import forget_counts
from pakn_portal.search.index.sync import sync_at_once
from pakn_portal.search.models import ArchiveEntry


def project_page(*, page: Any, **kwargs: Any) -> None:
    """An answer went live, changed or left the site."""
    _after_commit(projection.project(page))


def project_legal_texts(*, texts: Iterable[LegalText], **kwargs: Any) -> None:
    """Articles of law were imported or changed."""
    _after_commit(projection.project_legal_texts(texts))


def withdraw_page(*, instance: Any, **kwargs: Any) -> None:
    """The page was deleted."""
    _after_commit(projection.withdraw([projection.page_key(instance.pk)]))


def withdraw_legal_text(*, instance: Any, **kwargs: Any) -> None:
    _after_commit(projection.withdraw([projection.legal_text_key(instance.pk)]))


def project_beneath(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A restriction was set or lifted on a page, or a page was moved: what is beneath may be public or not
    now. `loaddata` (`raw`) brings restrictions before their pages, and the archive's rows with them.
    """
    if raw:
        return
    root = getattr(instance, "page", instance)
    _after_commit(projection.project_beneath(root.path))


def connect() -> None:
    # inside: apps not loaded yet
    from django.db.models.signals import post_delete, post_save
    from wagtail.models import PageViewRestriction
    from wagtail.signals import post_page_move

    uid = "pakn_portal.search.{}".format
    signals.public_record_changed.connect(project_page, dispatch_uid=uid("page"))
    signals.legal_texts_changed.connect(project_legal_texts, dispatch_uid=uid("legal_texts"))
    post_delete.connect(withdraw_page, sender=AnswerPage, dispatch_uid=uid("page_gone"))
    post_delete.connect(withdraw_legal_text, sender=LegalText, dispatch_uid=uid("legal_text_gone"))
    post_save.connect(project_beneath, sender=PageViewRestriction, dispatch_uid=uid("restricted"))
    post_delete.connect(project_beneath, sender=PageViewRestriction, dispatch_uid=uid("unrestricted"))
    post_page_move.connect(project_beneath, dispatch_uid=uid("moved"))


def _after_commit(entry_ids: Sequence[int]) -> None:
    if entry_ids:
        transaction.on_commit(partial(_tell, entry_ids), robust=True)


def _tell(entry_ids: Sequence[int]) -> None:
    forget_counts()
    sync_at_once(entry_ids)
    signals.archive_changed.send(sender=ArchiveEntry, entry_ids=entry_ids)
