"""An answer is never deleted, but with the whole section."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal.publication.gate import GateShut
from pakn_portal.publication.wording import Releasable

_everything_goes: ContextVar[bool] = ContextVar("pakn_portal_everything_goes", default=False)


@contextmanager
def removing_everything() -> Iterator[None]:
    """Inside the block answers may be deleted: the whole section leaves the portal, its register too."""
    token = _everything_goes.set(True)
    try:
        yield
    finally:
        _everything_goes.reset(token)


def refuse_deletion(instance: Releasable, **kwargs: Any) -> None:
    """A published answer keeps its address for good: it is taken off the site, never deleted.

    Connected to `pre_delete`. Raises PermissionDenied, which the CMS shows.
    """
    if instance.public_text_id is not None and not _everything_goes.get():
        raise GateShut(_("The answer to a case is not deleted. Unpublish it, which leaves a trace."))
