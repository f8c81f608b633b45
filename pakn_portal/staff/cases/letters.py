"""The letters of a case: number, date and signatory are kept, the letter is downloaded as DOCX or PDF/A.

The letter names the sender, so whoever downloads it looks at the contacts: the register has a line of it.
"""

from __future__ import annotations

from typing import Any

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
from pakn_portal.answers.letters.actions import Renumbered, number_letter, record_of, state_of
from pakn_portal.answers.letters.letter import kinds_of, letter_of
from pakn_portal.answers.models import OutgoingLetter, answer_of
from pakn_portal.answers.told.proof import is_as_approved
from pakn_portal.cases.actions import read_contacts
from pakn_portal.conf import portal_settings
from pakn_portal.flow.errors import MoveError
from pakn_portal.people.actor import account_of
from pakn_portal.people.names import person
from pakn_portal.snippets.dates import day_field
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.view import CaseView
from pakn_portal.submissions.forms.fields import TextField

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
    #: `state_of` what was kept when the form was opened.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class LetterView(CaseView):
    """404 for a letter that the case does not have, or whose reader may not look at the contacts."""

    template_name = "pakn_portal/staff/letter.html"
    http_method_names = ["get", "post", "head", "options"]
    kind: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.kind not in LetterKind.values:
            raise Http404
        self.kind = LetterKind(self.kind)
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def find_case(self) -> Any:
        case = super().find_case()
        self._dossier = Dossier(case, self.scope)
        if not self._dossier.can_read_contacts or self.kind not in kinds_of(case):
            raise Http404
        return case

    @cached_property
    def record(self) -> OutgoingLetter | None:
        """First asked for when the letter is shown or made, so after it was numbered."""
        return record_of(self.instance, self.kind)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(form=LetterForm(left_words(request), initial=self._first_values()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = LetterForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        wanted = request.POST.get("as", "")
        if wanted in WRITERS and self._is_doubted():
            return self.show(form=form, status=409)
        try:
            number_letter(self.instance, self.kind, by=account_of(request), **form.cleaned_data)
            if wanted in WRITERS:
                return self._file(wanted)
        except Renumbered as error:
            # a second try knows of what was told
            form.data = {**form.data.dict(), "seen": state_of(error.kept)}  # type: ignore[attr-defined]
            return self.show(form=form, sentence=str(error), status=409)
        except (MoveError, docx.DOCXUnavailable, pdf.PDFUnavailable) as error:
            return self.show(form=form, sentence=str(error), status=409)
        messages.success(request, _("Number and date of the letter are kept."))
        return redirect(request.get_full_path())

    def _is_doubted(self) -> bool:
        """Such a letter would tell the sender what nobody approved; a draft says that it is one."""
        answer = answer_of(self.instance) if self.kind == LetterKind.ANSWER else None
        return answer is not None and answer.state == AnswerState.APPROVED and not is_as_approved(answer)

    def _file(self, wanted: str) -> HttpResponse:
        """Written first and told then: what could not be made was seen by nobody."""
        write, content_type = WRITERS[wanted]
        letter = letter_of(self.instance, self.kind, self.record, with_sender=True)
        content = write(letter)
        read_contacts(self.instance, by=account_of(self.request))
        response = HttpResponse(content, content_type=content_type)
        name = f"{self.instance.number}-{self.kind}.{wanted}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _first_values(self) -> dict[str, Any]:
        if self.record is not None:
            names = ("reference_number", "dated_on", "signature_title", "signatory")
            return {**{name: getattr(self.record, name) for name in names}, "seen": state_of(self.record)}
        answer = answer_of(self.instance) if self.kind == LetterKind.ANSWER else None
        approver = person(answer.approved_by) if answer and answer.approved_by else ""
        return {"signature_title": portal_settings.LETTERS["signature_title"], "signatory": approver}

    def _as_numbered(self) -> OutgoingLetter:
        """What is kept of it, or offered first."""
        if self.record is not None:
            return self.record
        return OutgoingLetter(**self._first_values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label = capfirst(self.kind.label)
        context = {
            "dossier": self.dossier,
            "letter": letter_of(self.instance, self.kind, self._as_numbered(), with_sender=False),
            "no_pdf": pdf.problem(),
            "doubt": self._is_doubted(),
            "breadcrumbs_items": self.breadcrumbs(label),
            "page_title": f"{label}: {self.instance.number}",
            "sentence": "",
        }
        return super().get_context_data(**{**context, **kwargs})


def letter_links(dossier: Dossier, back: str) -> list[tuple[str, str]]:
    """Label and address of each letter that this person can make of the case."""
    if not dossier.can_read_contacts:
        return []
    case = dossier.case
    return [(str(capfirst(kind.label)), addresses.letter_url(case.pk, kind, back)) for kind in kinds_of(case)]
