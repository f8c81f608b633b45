"""The screen on which a text for the public is made: each find of personal data is masked or confirmed.

Nothing is saved until "Save": masking and confirming come back as the same form with the text changed, so
that the register holds one line for a finished piece of work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.finds import FIELDS, MarkedFind, is_of_office, marked_finds, open_finds
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.pages.answers.guards import waiting_places
from pakn_portal.people.actor import account_of
from pakn_portal.staff.cases.masked import finds_of, masked_places, put_back, words_of
from pakn_portal.staff.cases.moves.forms import LONGEST_TEXT, MoveForm
from pakn_portal.staff.cases.moves.table import MoveScreen
from pakn_portal.staff.cases.moves.view import MoveView
from pakn_portal.submissions.forms.fields import TextField
from pakn_portal.text import Find, label_of, mask

#: How much of the text is shown on either side of a find.
CONTEXT = 60


class PublicTextForm(MoveForm):
    title = TextField(label=gettext_lazy("Title"), max_length=200)
    question = TextField(
        lines=True,
        label=gettext_lazy("Question"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    answer = TextField(
        lines=True,
        label=gettext_lazy("Answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        text = PublicText.objects.filter(case=self.case).first()
        self.initial.update(first_text(self.case) if text is None else _values_of(text))


def first_text(case: Case) -> dict[str, str]:
    """What was sent and answered, with what is surely personal data masked.

    A person edits it from here; names stand as places to be masked or kept.
    """
    texts, finds = words_of(case), finds_of(case)
    first = {name: mask(texts[name], [find for find in finds[name] if find.is_sure]) for name in FIELDS}
    return first | {"confirmed": ""}


def _values_of(text: PublicText) -> dict[str, str]:
    return {name: getattr(text, name) for name in FIELDS} | {"confirmed": " ".join(text.confirmed)}


@dataclass(frozen=True)
class Place:
    """A find as the screen shows it."""

    mark: MarkedFind
    label: Any
    before: str
    text: str
    after: str
    replacement: str
    #: What the find may be that is no personal data; empty for what surely is some.
    doubt: str


def places_in(text: PublicText) -> list[Place]:
    return [_place(text, mark) for mark in marked_finds(text)]


def _place(text: PublicText, mark: MarkedFind) -> Place:
    whole, find = getattr(text, mark.field), mark.find
    before, after = whole[max(0, find.start - CONTEXT) : find.start], whole[find.end : find.end + CONTEXT]
    label = PublicTextForm.base_fields[mark.field].label
    return Place(mark, label, before, find.text, after, label_of(find.kind), _doubt(find))


def _doubt(find: Find) -> str:
    if find.is_sure:
        return ""
    if is_of_office(find):
        return _("Perhaps of an office: you decide.")
    return _("Perhaps a name: you decide.")


def marked_up(text: PublicText) -> list[tuple[Any, SafeString]]:
    """Label and the text of each field, its finds in <mark>."""
    marks = marked_finds(text)
    return [
        (
            PublicTextForm.base_fields[name].label,
            _highlight(getattr(text, name), [m for m in marks if m.field == name]),
        )
        for name in FIELDS
    ]


def _highlight(text: str, marks: list[MarkedFind]) -> SafeString:
    return mark_safe("".join(_pieces(text, marks)))  # every piece is escaped


def _pieces(text: str, marks: list[MarkedFind]) -> Iterator[str]:
    at = 0
    for mark in marks:
        yield conditional_escape(text[at : mark.find.start])
        state = "confirmed" if mark.is_confirmed else "open"
        yield format_html('<mark class="pakn-find pakn-find--{}">{}</mark>', state, mark.find.text)
        at = mark.find.end
    yield conditional_escape(text[at:])


class RedactionView(MoveView):
    """Buttons: mask or confirm one find, keep one that was masked, save, save and send to the publisher."""

    template_name = "pakn_portal/staff/redact.html"

    def known_verbs(self) -> set[Verb]:
        return {Verb.PREPARE_PUBLIC_TEXT}

    @property
    def move(self) -> MoveScreen:
        explanation = gettext_lazy(
            "Say what everybody may learn, and nobody about whom. Mask or confirm each place. Whoever saved "
            "this text cannot publish it: another publisher does."
        )
        return MoveScreen(
            PublicTextForm, lambda case, by, data: None, explanation, template=self.template_name
        )

    def act(self, request: HttpRequest) -> HttpResponseBase:
        for name, change in (
            ("mask", _masked),
            ("confirm", _confirmed),
            ("mask_all", _all_masked),
            ("keep", _kept),
            ("look", _unchanged),
        ):
            if name in request.POST:
                return self._show_changed(change, request.POST[name])
        if "and_send" in request.POST and (why := waiting_places(self._waiting(request.POST))):
            form = self.make_form(request.POST)
            if form.is_valid() and not self.refusal():
                return self.show(form=form, is_unsaved=True, why_unsent=why, status=409)
        return super().act(request)

    @property
    def verb_done(self) -> Verb:
        return Verb.REQUEST_PUBLICATION if "and_send" in self.request.POST else self.verb

    def _show_changed(self, change: Any, value: str) -> HttpResponseBase:
        data = self.request.POST.copy()
        text = self._text_of(data)
        change(text, value)
        for name, changed in _values_of(text).items():
            data[name] = changed
        form = self.make_form(data)
        form.is_valid()
        return self.show(form=form, is_unsaved=True)

    def perform(self, form: MoveForm) -> None:
        data, by = form.cleaned_data, account_of(self.request)
        with transaction.atomic():
            prepare_public_text(
                self.instance,
                title=data["title"],
                question=data["question"],
                answer=data["answer"],
                confirmed=self._text_of(data).confirmed,
                by=by,
            )
            if "and_send" in self.request.POST:
                request_publication(self.instance, by=by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        values = form.data if form.is_bound else form.initial
        text = self._text_of(values)
        places = places_in(text)
        return super().get_context_data(
            **{
                "places": places,
                "masked_places": [
                    (PublicTextForm.base_fields[place.field].label, place) for place in masked_places(text)
                ],
                "marked_up": marked_up(text),
                "waiting": self._waiting(values),
                "can_send": self.instance.status == Status.ANSWERED,
                "is_unsaved": False,
                **kwargs,
            }
        )

    def _waiting(self, values: Any) -> int:
        """How many places of the text on the screen are neither masked nor confirmed."""
        return len(open_finds(self._text_of(values)))

    def _text_of(self, values: Any) -> PublicText:
        """The text on the screen, not saved; of the confirmations only those of places that are there."""
        texts = {name: str(values.get(name) or "").replace("\r\n", "\n") for name in FIELDS}
        text = PublicText(case=self.instance, **texts)
        found = {mark.fingerprint for mark in marked_finds(text)}
        text.confirmed = sorted(found.intersection(str(values.get("confirmed") or "").split()))
        return text


def _masked(text: PublicText, fingerprint: str) -> None:
    """Mask every place that reads the same in the same field."""
    marks = [mark for mark in marked_finds(text) if mark.fingerprint == fingerprint]
    for name in {mark.field for mark in marks}:
        setattr(text, name, mask(getattr(text, name), [mark.find for mark in marks]))


def _all_masked(text: PublicText, _value: str) -> None:
    """Mask every place that is still open."""
    marks = [mark for mark in marked_finds(text) if not mark.is_confirmed]
    for name in FIELDS:
        setattr(text, name, mask(getattr(text, name), [mark.find for mark in marks if mark.field == name]))


def _unchanged(text: PublicText, _value: str) -> None:
    """Only look again at what was typed."""


def _confirmed(text: PublicText, fingerprint: str) -> None:
    if fingerprint in {mark.fingerprint for mark in marked_finds(text)}:
        text.confirmed = sorted({*text.confirmed, fingerprint})


def _kept(text: PublicText, fingerprint: str) -> None:
    """Put back what was masked, and confirm it."""
    put_back(text, fingerprint)
    _confirmed(text, fingerprint)
