"""What staff wrote while their session ended: kept for its writer alone, until they are signed in again.

The CMS sends whoever is not signed in to the log-in page, and their POST is gone. The addresses of our forms
(`FormAddress`) put it aside first: sealed, with the account that had opened the form (a signed hidden field
says so), for some hours. The new, nameless session has the key of the row and nothing of the
words, so that they end when they should, wherever the portal keeps its sessions and whether or not it clears
them; where that session was lost to somebody else's log-in, the account of the row finds it. Nobody is signed
in then, so the account must still be open, and rows and bytes are limited. After the
log-in the same form offers them to that account; for any other they stay sealed. Files wait under the form's
key, as they do in the forms of visitors; each that does not is named after the log-in.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache, wraps
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.places import place_of, places_of
from pakn_portal.notifications.encryption import decrypt, encrypt
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.entry.forms import EntryMixin
from pakn_portal.staff.cases.moves.forms import MoveForm
from pakn_portal.staff.drafts import keeping, posted, screen, state_secret
from pakn_portal.staff.drafts.keeping import LONGEST
from pakn_portal.staff.drafts.writers import account_at, opened_by
from pakn_portal.submissions import limits, secrets
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.files import clean_name
from pakn_portal.submissions.limits import Claim, take_all
from pakn_portal.submissions.models import LeftWords
from pakn_portal.submissions.tray import keep_uploads
from pakn_portal.submissions.uploads import refuse_uploads, take_uploads

logger = logging.getLogger(__name__)

ViewFunction = Callable[..., HttpResponseBase]

KEPT_FOR: Final = timedelta(hours=12)
#: How many forms of one address are kept, each open in a tab of its own.
MOST_TABS: Final = 5
#: How many forms of one account are kept, whatever their addresses and sessions; the oldest makes room.
MOST_OF_ACCOUNT: Final = 30
#: How many cases one form is about, see `cases/bulk`.
MOST_CASES: Final = 100
#: The sum of everybody's, encrypted: some thousand forms, and no more than a disk can spare.
MOST_BYTES: Final = 200 * 1024 * 1024
_SALT: Final = "pakn_portal.writer"
_SESSION_KEY: Final = "pakn_left"
#: The attribute of a request whose words were kept further out.
_IS_KEPT: Final = "_pakn_kept"


class FormAddress(URLPattern):
    """A `re_path` whose view is a `FormView` of `cases/moves/form_view.py`. Wagtail wraps the views it is
    given in its own guards, one after the other; the words are kept before the outermost turns the visitor
    away, and once.
    """

    @property
    def callback(self) -> ViewFunction:
        return self._callback

    @callback.setter
    def callback(self, view: ViewFunction) -> None:
        self._callback = _keeping(view)


def is_of_another(request: HttpRequest) -> bool:
    """Whether the form was opened under another account: its words are not for this one."""
    writer = opened_by(request.POST)
    return bool(writer) and writer != str(request.user.pk)


def of_another() -> str:
    return _("This form was opened under another account, so nothing was kept.")


def signed_in_again() -> str:
    return _(
        "You were signed out before this was saved. Here is what you wrote: look it over and save it once "
        "more."
    )


def take_words(request: HttpRequest) -> QueryDict | None:
    """What this account wrote in the form at this address, once; of several tabs the last first, and the
    others the next time. Refused files are told as messages.
    """
    rows = _waiting(request)
    for row in sorted([*rows, *_left_elsewhere(request, rows)], key=lambda row: row.pk, reverse=True):
        writer, words, refused_files = _opened(row)
        if writer != str(request.user.pk):
            continue
        for sentence in refused_files:
            messages.warning(request, sentence)
        _put(request, [other for other in rows if other != row])
        row.delete()
        return QueryDict(words)
    return None


def wipe_left(*, case: Any, event: Any, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: of a confirmed state secret nothing waits, whoever wrote it."""
    if event.verb == Verb.CONFIRM_SECRET:
        LeftWords.objects.filter(place__contains=place_of(case.pk, "")).delete()


def sweep() -> int:
    """Delete what nobody came back for; returns how many."""
    return LeftWords.objects.filter(left_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _waiting(request: HttpRequest) -> list[LeftWords]:
    """What was kept of the form at this address, the oldest first."""
    keys = request.session.get(_SESSION_KEY, {}).get(request.path, [])
    return list(LeftWords.objects.filter(key__in=keys).order_by("pk")) if keys else []


def _left_elsewhere(request: HttpRequest, rows: list[LeftWords]) -> list[LeftWords]:
    """What this account wrote in the form at this address and no session knows any more: somebody else
    signed in on that browser first.
    """
    left = LeftWords.objects.filter(owner=request.user.pk) if request.user.pk else LeftWords.objects.none()
    known = {row.pk for row in rows}
    return [row for row in left if row.pk not in known and _address_of(row) == request.path]


def _address_of(row: LeftWords) -> str:
    """Of the form; empty in rows that knew it by their session alone."""
    opened = decrypt(row.sealed, purpose=_SALT, ttl=KEPT_FOR)
    return (json.loads(opened)[3:] or [""])[0] if opened else ""


def _opened(row: LeftWords) -> tuple[str, str, list[str]]:
    """Writer, words, and a sentence for each file that was refused; nothing once the time is over."""
    opened = decrypt(row.sealed, purpose=_SALT, ttl=KEPT_FOR)
    writer, words, refused_files, *_address = json.loads(opened) if opened else ("", "", [])
    return writer, words, refused_files


def _put(request: HttpRequest, rows: list[LeftWords]) -> None:
    others = {
        path: keys for path, keys in request.session.get(_SESSION_KEY, {}).items() if path != request.path
    }
    request.session[_SESSION_KEY] = (
        {**others, request.path: [str(row.key) for row in rows]} if rows else others
    )


def words_left(
    request: HttpRequest, sentence: str, *, status: int, words: QueryDict | None = None
) -> HttpResponse:
    """For a form that has lost its case: the sentence, and the words to be copied, which are those that were
    sent unless others are given.
    """
    given = request.POST if words is None else words
    typed = [str(text) for name, text in given.items() if name in _free_texts()]
    context = {
        "page_title": _("Not saved"),
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": addresses.list_url(), "label": _("Cases")}],
        "sentence": sentence,
        "words": [text for text in typed if text.strip()],
        "files": [clean_name(file.name or "") for file in _files_of(request)],
    }
    return render(request, "pakn_portal/staff/words_left.html", context, status=status)


def _keeping(view: ViewFunction) -> ViewFunction:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if request.user.is_anonymous and posted.is_by_script(request):
            return screen.signed_out()
        if request.user.is_anonymous and not hasattr(request, _IS_KEPT):
            setattr(request, _IS_KEPT, True)
            keep(request, _cases_of(request, kwargs))
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied) as error:
            is_own = opened_by(request.POST) == str(request.user.pk)
            status = 404 if isinstance(error, Http404) else 403
            sentence = _("You cannot work on this any more, so nothing was saved.")
            if posted.is_by_script(request):
                return screen.refused(request, sentence if is_own else of_another(), status=status)
            if not is_own:
                raise
            return words_left(request, sentence, status=status)

    kept.keeps_words = True  # type: ignore[attr-defined]
    return kept


def _cases_of(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """Of one case the address tells, of several the form."""
    keys = [kwargs["instance_pk"]] if "instance_pk" in kwargs else request.POST.getlist("id")
    numbers = (addresses.number_in(key) for key in dict.fromkeys(keys))
    return [number for number in numbers if number is not None][:MOST_CASES]


def keep(request: HttpRequest, cases: list[int]) -> None:
    """`cases`: the keys of those that the form is about."""
    writer = account_at(request)
    # the draft that the form went on with is gone on with after the log-in too
    text = posted.posted_words(request, and_also=(posted.KEY, posted.REVISION))
    if writer is None or len(text) > LONGEST:
        return
    if not _has_room(request, writer, len(text)):
        _tell_not_kept(request)
        return
    place, before, who = places_of(cases), _waiting(request), str(writer.pk)
    # the slow part first: a case may be confirmed as a state secret while files are read
    told = [who, text, _keep_files(request, place, who), request.path]
    sealed = encrypt(json.dumps(told), purpose=_SALT)
    # the same button was pressed twice
    others = [row for row in before if _opened(row)[:2] != (who, text)]
    with transaction.atomic():
        if _is_from_before(request, cases):
            _tell_not_kept(request)
            return
        row = LeftWords.objects.create(owner=writer, place=place, sealed=sealed, size=len(sealed))
        kept = [*others, row][-MOST_TABS:]
        LeftWords.objects.filter(pk__in={row.pk for row in before} - {row.pk for row in kept}).delete()
        _make_room(writer)
    _put(request, kept)
    messages.info(request, _("What you wrote is kept; sign in again to go on."), fail_silently=True)


def _has_room(request: HttpRequest, writer: Any, size: int) -> bool:
    """Whether one more is kept, which counts then."""
    if (LeftWords.objects.aggregate(total=Sum("size"))["total"] or 0) + size > MOST_BYTES:
        logger.error("The words of ended sessions fill their room; no more are kept")
        return False
    claims = [
        Claim(limits.LEFT_WORDS_PER_ACCOUNT, f"staff-{writer.pk}"),
        Claim(limits.LEFT_WORDS_PER_ADDRESS, client_address(request)),
    ]
    return take_all(claims) is None


def _make_room(writer: Any) -> None:
    rows = LeftWords.objects.filter(owner=writer).order_by("-pk").values_list("pk", flat=True)
    LeftWords.objects.filter(pk__in=list(rows[MOST_OF_ACCOUNT:])).delete()


def _tell_not_kept(request: HttpRequest) -> None:
    messages.warning(request, _("What you wrote could not be kept."), fail_silently=True)


def _is_from_before(request: HttpRequest, cases: list[int]) -> bool:
    """Whether one of them was confirmed as a state secret since the form was opened."""
    if len(cases) == 1 and ":" not in request.POST.get("version", ""):
        return state_secret.is_from_before(place_of(cases[0], ""), request.POST)
    return state_secret.is_one_from_before(places_of(cases), request.POST)


def _keep_files(request: HttpRequest, place: str, who: str) -> list[str]:
    """A sentence for each that was refused. They count as those that their writer sends while signed in."""
    form_key = request.POST.get("form_key", "")
    try:
        secrets.check_form_key(form_key, max_age=keeping.KEPT_FOR)
    except secrets.FormKeyError:
        return refuse_uploads(_files_of(request)).errors
    address, remove = f"staff-{who}", request.POST.getlist("remove_file")
    uploads = take_uploads(
        _files_of(request), form_key=form_key, address=address, remove=remove, is_staff=True
    )
    keep_uploads(form_key, place=place, until=clock.now() + KEPT_FOR)
    if uploads.kept and state_secret.is_of_paper(place, form_key):
        return [state_secret.on_paper()]
    return uploads.errors


def _files_of(request: HttpRequest) -> list[Any]:
    return [file for _name, files in request.FILES.lists() for file in files]


@cache
def _free_texts() -> frozenset[str]:
    """The fields of all forms of staff in which one writes; what is hidden or chosen is none."""
    return frozenset(
        name
        for form in _kinds_of(MoveForm) | _kinds_of(EntryMixin)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden
    )


def _kinds_of(form: Any) -> set[Any]:
    return {form}.union(*(_kinds_of(below) for below in form.__subclasses__()))
