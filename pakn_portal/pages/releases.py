"""What the case learns when its page goes live or leaves the site, whichever door of the CMS was used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from pakn_portal import clock, signals
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import BesideChanged, OffPage, OnPage
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.pages import off_site
from pakn_portal.pages.texts import what_readers_see
from pakn_portal.pages.withholding import forget_copies, forget_titles
from pakn_portal.people.actor import Actor
from pakn_portal.publication import gate
from pakn_portal.register.texts import is_proved

_everything_goes: ContextVar[bool] = ContextVar("pakn_portal_everything_goes", default=False)


def record_release(page: Any, *, by: Actor) -> None:
    """After a publish: released hash, case event `publish` the first time, public_record_changed. In the
    caller's transaction.
    """
    if not page.live:
        return
    case = None
    if page.public_text_id is not None:
        case = _release_text(page, by)
    signals.public_record_changed.send(sender=type(page), page=page, is_public=True)
    transaction.on_commit(partial(signals.answer_published.send, sender=type(page), page=page, case=case))


@contextmanager
def removing_everything() -> Iterator[None]:
    """Inside the block answers may be deleted: the whole section leaves the portal, its register too."""
    token = _everything_goes.set(True)
    try:
        yield
    finally:
        _everything_goes.reset(token)


def refuse_deletion(instance: Any, **kwargs: Any) -> None:
    """A published answer keeps its address for good: it is taken off the site, never deleted.

    Connected to `pre_delete`. Raises PermissionDenied, which the CMS shows.
    """
    if instance.public_text_id is not None and not _everything_goes.get():
        raise gate.GateShut(_("The answer to a case is not deleted. Unpublish it, which leaves a trace."))


def _release_text(page: Any, by: Actor) -> Case:
    case = _case_of(page)
    text = PublicText.objects.get(pk=page.public_text_id)
    if case.status == Status.ANSWERED:
        with moving(case, Verb.PUBLISH, by=by) as move:
            move.payload = OnPage(page=page.pk, hash=gate.page_hash(page))
            move.texts = what_readers_see(page)
    elif text.state == PublicTextState.PUBLISHED:
        _tell_beside(case, page, by)
    text.state, text.released_hash = PublicTextState.PUBLISHED, gate.page_hash(page)
    text.save(update_fields=["state", "released_hash"])
    if page.unpublished_on:
        type(page)._default_manager.filter(pk=page.pk).update(unpublished_on=None, unpublished_reason="")
    return case


def _tell_beside(case: Case, page: Any, by: Actor) -> None:
    """The same text is released again; what stands beside it may be another. Event: note."""
    seen = what_readers_see(page)
    if is_proved(case.events.exclude(texts={}), seen):
        return
    with moving(case, Verb.NOTE, by=by) as move:
        move.payload = BesideChanged(page=page.pk, hash=gate.page_hash(page))
        move.texts = seen


def record_withdrawal(page: Any, *, by: Actor) -> None:
    """After an unpublish: dated trace on the page, case event `unpublish`, public_record_changed. In the
    caller's transaction.
    """
    reason = page.unpublished_reason
    page.unpublished_on = clock.today()
    type(page)._default_manager.filter(pk=page.pk).update(unpublished_on=page.unpublished_on)
    if page.public_text_id is not None:
        case = _case_of(page)
        text = PublicText.objects.get(pk=page.public_text_id)
        if case.status == Status.PUBLISHED:
            with moving(case, Verb.UNPUBLISH, by=by, note=reason) as move:
                move.payload = OffPage(page=page.pk)
        text.state = PublicTextState.UNPUBLISHED
        text.save(update_fields=["state"])
        forget_titles(page, off_site.title())
        forget_copies(page)
    signals.public_record_changed.send(sender=type(page), page=page, is_public=False)


def _case_of(page: Any) -> Case:
    """As it stands now, and will until the transaction ends."""
    return cast(Case, gate.lock_case(page))
