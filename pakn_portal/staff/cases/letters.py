"""The letters of a case: number, date and signatory are kept, the letter is downloaded as DOCX or PDF/A.

The letter names the sender, so whoever downloads it looks at the contacts: the register has a line of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.letters import docx, pdf
from pakn_portal.answers.letters.actions import (
    LetterDoubted,
    NumberTaken,
    Renumbered,
    address_letter,
    drafted_numbering,
    is_corrected,
    is_doubted,
    is_theirs,
    number_letter,
    past_letters,
    problems_of,
    record_of,
    state_of,
    was_corrected,
)
from pakn_portal.answers.letters.letter import kinds_addressed, kinds_of, letter_of, told_case, words_of
from pakn_portal.answers.letters.signing import titled, without_titles
from pakn_portal.answers.models import OutgoingLetter, answer_of
from pakn_portal.answers.told.proof import is_as_approved
from pakn_portal.cases.actions import letter_number, read_contacts
from pakn_portal.cases.models import Case
from pakn_portal.cases.rights import may_address
from pakn_portal.flow.errors import MoveError
from pakn_portal.people.actor import account_of
from pakn_portal.snippets.dates import day_field
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.view import CaseView
from pakn_portal.submissions.forms.fields import TextField

#: What is kept of a letter beside its words.
_NUMBERING: Final = ("reference_number", "dated_on", "signature_title", "signatory")
WRITERS: dict[str, tuple[Any, str]] = {
    "docx": (docx.as_docx, docx.CONTENT_TYPE),
    "pdf": (pdf.as_pdf, pdf.CONTENT_TYPE),
}


class LetterForm(forms.Form):
    reference_number = TextField(
        label=gettext_lazy("Number of the letter"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("As the clerk gave it, such as 05/BNV-VP. Empty: filled in by hand."),
    )
    dated_on = day_field(label=gettext_lazy("Date of the letter"), required=False)
    signature_title = TextField(
        lines=True,
        label=gettext_lazy("Title of who signs"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line, such as TL. BỘ TRƯỞNG and CHÁNH VĂN PHÒNG."),
    )
    signatory = TextField(
        label=gettext_lazy("Name of who signs"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("Without academic titles."),
    )
    reason = TextField(
        label=gettext_lazy("Reason for the correction"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "This letter has left. The history keeps the reason beside what stood there before."
        ),
    )
    #: `state_of` what was kept when the form was opened.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    #: The number that they were told to stand on another letter too.
    known = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, case: Case, record: OutgoingLetter | None, corrects: bool = False, **kwargs: Any
    ) -> None:
        self.case, self.record = case, record
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wanted = {name: cleaned.get(name) for name in ("reference_number", "dated_on")}
        for name, problem in problems_of(self.case, self.record, **wanted).items():  # type: ignore[arg-type]
            self.add_error(name, problem)
        if "reason" in self.fields and not cleaned.get("reason") and self._is_changed(cleaned):
            self.add_error("reason", _("Say why number, date or signatory become others."))
        return cleaned

    def _is_changed(self, cleaned: dict[str, Any]) -> bool:
        told: dict[str, Any] = {name: cleaned[name] for name in _NUMBERING if name in cleaned}
        return self.record is not None and is_corrected(self.record, told)

    def clean_reference_number(self) -> str:
        return letter_number(self.cleaned_data["reference_number"])

    def clean_signature_title(self) -> str:
        return titled(self.cleaned_data["signature_title"])

    def clean_signatory(self) -> str:
        name: str = self.cleaned_data["signatory"]
        if name != (bare := without_titles(name)):
            raise forms.ValidationError(
                gettext_lazy(
                    "The name stands without academic titles (Decree 30/2020/NĐ-CP, Annex I): %(name)s."
                ),
                params={"name": bare},
            )
        return name


class LetterView(CaseView):
    """404 for a letter that the case does not have, and never had, or that this person may not make. What a
    past one has is corrected with a reason, by its unit or the office; what it lacks may be filled in.
    """

    template_name = "pakn_portal/staff/letter.html"
    http_method_names = ["get", "post", "head", "options"]
    kind: Any = None
    #: Of a past letter, the sequence of the line of its act.
    act: Any = ""
    #: The key of the case whose act it was, where it is another.
    lead: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.kind not in LetterKind.values:
            raise Http404
        self.kind = LetterKind(self.kind)
        self.act = int(self.act) if self.act else None
        self.lead = int(self.lead) if self.lead else None
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def find_case(self) -> Any:
        case = super().find_case()
        self._dossier = dossier = Dossier(case, self.scope)
        if not self._has_letter(dossier):
            raise Http404
        return case

    def _has_letter(self, dossier: Dossier) -> bool:
        if self.act is None:
            return self.kind in _kinds_for(dossier)
        wanted = (self.kind, self.act, self.lead)
        return any((past.kind, past.act, past.lead_id) == wanted for past in _past_for(dossier))

    @cached_property
    def record(self) -> OutgoingLetter | None:
        """First asked for when the letter is shown or made, so after it was numbered."""
        return record_of(self.instance, self.kind, self.act, self.lead)

    def _form(self, data: Any) -> LetterForm:
        """What a past letter has stays whatever is sent, but for whoever may correct it."""
        past = self.record if self.act is not None else None
        has_left = past is not None and (past.is_numbered or was_corrected(past))
        corrects = past is not None and has_left and is_theirs(past, account_of(self.request))
        form = LetterForm(
            data,
            initial=self._first_values(),
            case=self.instance,
            record=self.record,
            corrects=corrects,
        )
        for name in _NUMBERING if has_left and not corrects else ():
            form.fields[name].disabled = bool(getattr(self.record, name))
        return form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(form=self._form(left_words(request)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        wanted = request.POST.get("as", "")
        if wanted in WRITERS and self._doubt():
            return self.show(form=form, status=409)
        try:
            which = {"act": self.act, "lead": self.lead}
            number_letter(self.instance, self.kind, **which, by=account_of(request), **form.cleaned_data)
            del self.record
            if wanted in WRITERS:
                return self._file(wanted)
        except (Renumbered, NumberTaken) as error:
            return self._told(form, error)
        except (MoveError, docx.DOCXUnavailable, pdf.PDFUnavailable) as error:
            return self.show(form=form, sentence=str(error), status=409)
        messages.success(request, _("Number and date of the letter are kept."))
        return redirect(request.get_full_path())

    def _told(self, form: LetterForm, error: Renumbered | NumberTaken) -> HttpResponseBase:
        """A second try knows of what was told."""
        known = {"seen": state_of(error.kept)} if isinstance(error, Renumbered) else {"known": error.number}
        form.data = {**form.data.dict(), **known}  # type: ignore[attr-defined]
        return self.show(form=form, sentence=str(error), status=409)

    def _doubt(self) -> str:
        """Such a letter would tell the sender what nobody approved; a draft says that it is one."""
        if self._has_other_answer():
            return _("The answer on file is not the one that was approved. Do not send this letter.")
        if is_doubted(self.instance, self.kind, self.act, self.record):
            return str(LetterDoubted())
        return ""

    def _has_other_answer(self) -> bool:
        is_answer = self.kind == LetterKind.ANSWER and self.act is None
        answer = answer_of(told_case(self.instance)) if is_answer else None
        return answer is not None and answer.state == AnswerState.APPROVED and not is_as_approved(answer)

    def _file(self, wanted: str) -> HttpResponse:
        """Written first and told then: what could not be made was seen by nobody."""
        write, content_type = WRITERS[wanted]
        letter = letter_of(self.instance, self.kind, self.record, with_sender=True)
        content = write(letter)
        if Dossier(self.instance, self.scope).can_read_contacts:
            read_contacts(self.instance, by=account_of(self.request))
        else:
            address_letter(self.instance, self.kind, by=account_of(self.request))
        response = HttpResponse(content, content_type=content_type)
        act = f"-{self.act}" if self.act is not None else ""
        name = f"{self.instance.number}-{self.kind}{act}.{wanted}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _first_values(self) -> dict[str, Any]:
        if self.record is not None and self.record.is_numbered:
            return {**_numbering(self.record), "seen": state_of(self.record)}
        if drafted := drafted_numbering(self.instance, self.kind) if self.act is None else None:
            return _numbering(drafted)
        words = (self.record.words if self.record else {}) or words_of(self.instance, self.kind)
        return {name: words[name] for name in ("signature_title", "signatory")}

    def _as_numbered(self) -> OutgoingLetter:
        """What is kept of it, with what is offered first where it has no number."""
        if self.record is not None and self.record.is_numbered:
            return self.record
        offered = {name: value for name, value in self._first_values().items() if name in _NUMBERING}
        return OutgoingLetter(**offered, words=self.record.words if self.record is not None else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label = capfirst(self.kind.label)
        context = {
            "dossier": self.dossier,
            "letter": letter_of(self.instance, self.kind, self._as_numbered(), with_sender=False),
            "no_pdf": pdf.problem(),
            "doubt": self._doubt(),
            "breadcrumbs_items": self.breadcrumbs(label),
            "page_title": f"{label}: {self.instance.number}",
            "sentence": "",
        }
        return super().get_context_data(**{**context, **kwargs})


def _kinds_for(dossier: Dossier) -> list[LetterKind]:
    """The letters of now that this person can make: whoever may look at the contacts all; of a sealed case
    its keepers the one that tells the sender of it.
    """
    if dossier.can_read_contacts:
        return kinds_of(dossier.case)
    return kinds_addressed(dossier.case) if may_address(dossier.scope, dossier.case) else []


def _past_for(dossier: Dossier) -> list[OutgoingLetter]:
    """Those of past acts are only for whoever may look at the contacts: a slip among them has them all."""
    return past_letters(dossier.case) if dossier.can_read_contacts else []


def letter_links(dossier: Dossier, back: str) -> list[tuple[str, str]]:
    """Label and address of each letter that this person can make of the case: those of now, then those of
    past acts, with number and day.
    """
    case = dossier.case
    now = [
        (str(capfirst(kind.label)), addresses.letter_url(case.pk, kind, back)) for kind in _kinds_for(dossier)
    ]
    past = [(_label(letter), _past_url(letter, back)) for letter in _past_for(dossier)]
    return [*now, *past]


def last_letters(dossier: Dossier, kinds: Iterable[LetterKind]) -> list[tuple[str, str]]:
    """Label and address of the last letter of each of these kinds that this person can make; a draft is
    none.
    """
    case, answer = dossier.case, answer_of(dossier.case)
    is_draft = answer is not None and answer.state != AnswerState.APPROVED
    now = {kind for kind in _kinds_for(dossier) if not (is_draft and kind == LetterKind.ANSWER)}
    past = {LetterKind(letter.kind): letter for letter in _past_for(dossier)}
    found = []
    for kind in dict.fromkeys(kinds):
        if kind in now:
            found.append((str(capfirst(kind.label)), addresses.letter_url(case.pk, kind)))
        elif kind in past:
            found.append((_label(past[kind]), _past_url(past[kind])))
    return found


def _past_url(letter: OutgoingLetter, back: str = "") -> str:
    return addresses.past_letter_url(letter.case_id, letter.kind, letter.act, back, lead=letter.lead_id)


def _label(letter: OutgoingLetter) -> str:
    """Told from others of its kind; by the day of the act where it has none of its own."""
    told = {
        "letter": capfirst(str(LetterKind(letter.kind).label)),
        "number": letter.reference_number,
        "date": f"{letter.dated_on or letter.made_on:%d/%m/%Y}",
    }
    if letter.reference_number:
        return _("%(letter)s no. %(number)s of %(date)s") % told
    return _("%(letter)s of %(date)s") % told


def _numbering(letter: OutgoingLetter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in _NUMBERING}
