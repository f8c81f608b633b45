"""Of a confirmed state secret nothing that anybody was writing is kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.places import case_at, cases_at, place_of
from pakn_portal.cases.state_secret import is_from_before_the_wipe, is_one_from_before_the_wipe
from pakn_portal.staff.drafts.posted import as_number
from pakn_portal.submissions.models import KeptWords
from pakn_portal.submissions.tray import drop_uploads, drop_uploads_at


def is_from_before(place: str, posted: QueryDict) -> bool:
    """Whether the form was opened before its case was confirmed as a state secret, of which nothing is kept
    here. In the transaction that keeps what is posted.
    """
    case = case_at(place)
    return case is not None and is_from_before_the_wipe(case, as_number(posted.get("version", "")))


def is_one_from_before(places: str, posted: QueryDict) -> bool:
    """Like `is_from_before` for a form about several cases, which says the version of each."""
    pairs = [pair.partition(":") for pair in posted.getlist("version")]
    seen = {pk: as_number(version) for pk, _colon, version in pairs}
    versions = {pk: seen.get(str(pk), -1) for pk in cases_at(places)}
    return bool(versions) and is_one_from_before_the_wipe(versions)


@transaction.atomic
def is_of_paper(place: str, form_key: str) -> bool:
    """Whether the case is kept on paper only, so that no file of a form about it waits; what came goes."""
    case = case_at(place)
    if case is None or not is_from_before_the_wipe(case):
        return False
    drop_uploads(form_key)
    return True


def on_paper() -> str:
    return _(
        "This case is kept on paper only now, so nothing that was written before is kept here. Close this "
        "page; if it is about the paper, open the form anew."
    )


def wipe_drafts(*, case: Any, event: Any, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: of a confirmed state secret nobody's draft is kept, whoever wrote it,
    nor a file that waits for one."""
    if event.verb == Verb.CONFIRM_SECRET:
        KeptWords.objects.filter(place__startswith=place_of(case.pk, "")).delete()
        drop_uploads_at(place_of(case.pk, ""))
