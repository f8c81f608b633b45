from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps

from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.snippets.confirmation.confirmable import Confirmable
from pakn_portal.snippets.models import LetterTemplate

_CHUNK: Final = 500
#: What of each list of words is a version in the CMS.
_WORDS: Final[dict[Any, tuple[str, ...]]] = {
    MailTemplate: ("mail", "subject", "body", "is_active"),
    LetterTemplate: ("code", "kind", "body", "is_active"),
}


def as_given(progress: Progress) -> Iterator[str]:
    """Rows that the Legal Department confirmed, against what was confirmed; words of mails and letters,
    against their last version. A row without a version was never changed in the CMS.
    """
    for model in apps.get_models():
        if issubclass(model, Confirmable):
            for row in model._default_manager.filter(is_verified=True).order_by("pk").iterator():
                yield from guarded(_named(row), _confirmed_otherwise, row)
    for model, names in _WORDS.items():
        rows = model._default_manager.exclude(latest_revision=None).select_related("latest_revision")
        for row in rows.order_by("pk").iterator(chunk_size=_CHUNK):
            yield from guarded(_named(row), _worded_otherwise, row, names)


def _confirmed_otherwise(row: Confirmable) -> Iterator[str]:
    if not row.is_confirmed:
        yield f"{_named(row)} is not as the Legal Department confirmed it"


def _worded_otherwise(row: Any, names: tuple[str, ...]) -> Iterator[str]:
    kept = row.latest_revision.content
    if any(kept.get(name) != getattr(row, name) for name in names):
        yield f"{_named(row)} does not have the words of its last version"


def _named(row: Any) -> str:
    return f"{row._meta.model_name} {row.pk}"
