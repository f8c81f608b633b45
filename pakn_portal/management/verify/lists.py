from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps

from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.snippets.confirmation.confirmable import Confirmable
from pakn_portal.snippets.confirmation.versions import is_as_saved
from pakn_portal.snippets.models import LetterTemplate

_CHUNK: Final = 500
#: The lists of words whose rows are versions in the CMS.
_WORDS: Final[tuple[Any, ...]] = (MailTemplate, LetterTemplate)


def as_given(progress: Progress) -> Iterator[str]:
    """Rows that the Legal Department confirmed, against what was confirmed; words of mails and letters,
    against their last version. A row without one is as it ships, or was not written in the CMS.
    """
    for model in apps.get_models():
        if issubclass(model, Confirmable):
            for row in model._default_manager.filter(is_verified=True).order_by("pk").iterator():
                yield from guarded(_named(row), _confirmed_otherwise, row)
    for model in _WORDS:
        rows = model._default_manager.select_related("latest_revision")
        for row in rows.order_by("pk").iterator(chunk_size=_CHUNK):
            yield from guarded(_named(row), _worded_otherwise, row)


def _confirmed_otherwise(row: Confirmable) -> Iterator[str]:
    if not row.is_confirmed:
        yield f"{_named(row)} is not as the Legal Department confirmed it"


def _worded_otherwise(row: Any) -> Iterator[str]:
    if is_as_saved(row):
        return
    if row.latest_revision is None:
        yield f"{_named(row)} has words that no version in the CMS tells of"
    else:
        yield f"{_named(row)} does not have the words of its last version"


def _named(row: Any) -> str:
    return f"{row._meta.model_name} {row.pk}"
