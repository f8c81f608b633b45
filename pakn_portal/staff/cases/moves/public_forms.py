"""The forms of what everybody reads: an answer with its files that goes onto the site, is corrected there or
taken down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pakn_portal.answers.files.public import Copy, copy_of, offered, way_on, why_never
from pakn_portal.answers.models import PublicFile, PublicText
from pakn_portal.cases.models import CaseFile
from pakn_portal.pages.answers.actions import page_of_case
from pakn_portal.pages.answers.prepared import has_personal_data, personal_in_note
from pakn_portal.register.texts import text_hash
from pakn_portal.staff.cases.moves.forms import PUBLIC, FormBox, MoveForm, text_field
from pakn_portal.submissions.files import FileRefused

#: How the names of boxes begin that stand for a file each.
CHOSEN = "file_"


class PublicNoteForm(MoveForm):
    """Its note is read by everybody, word for word."""

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if problem := personal_in_note(note, self.case):
            raise forms.ValidationError(problem)
        return note


class TakeDownForm(PublicNoteForm):
    note = text_field(
        _("Reason"),
        help_text=_(
            "Everybody reads these words at the old address. Name no person, no case number and nothing of "
            "the text that is taken down."
        ),
        audience=PUBLIC,
    )


class ChooseFilesForm(MoveForm):
    """A box for each file of the answer; none is ticked by itself. What becomes of a chosen one is shown
    once, before it is done.
    """

    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    #: What would become public, for a second look.
    copies: Sequence[Copy] = ()
    #: False where only the mail to the sender is asked for.
    makes_copies = True

    def prepare(self) -> None:
        self.offered_files = offered(self.case)
        for file in self.offered_files:
            lack = f"{problem} {way_on()}" if (problem := why_never(file)) else ""
            self.fields[f"{CHOSEN}{file.key}"] = forms.BooleanField(
                label=file.name, required=False, disabled=bool(lack), help_text=lack
            )

    @property
    def file_boxes(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith(CHOSEN)]

    @property
    def file_choices(self) -> list[tuple[forms.BoundField, CaseFile]]:
        return list(zip(self.file_boxes, self.offered_files, strict=True))

    def _boxes(self) -> list[FormBox]:
        return [box for box in super()._boxes() if not box.field.name.startswith(CHOSEN)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [name.removeprefix(CHOSEN) for name in cleaned if name.startswith(CHOSEN) and cleaned[name]]
        cleaned["files"], self._fingerprint = chosen, text_hash(*chosen)
        if self.makes_copies and chosen and cleaned.get("looked_at") != self._fingerprint:
            self.copies = self._copies(chosen)
        return cleaned

    def _copies(self, chosen: Sequence[str]) -> list[Copy]:
        """None where one of them is refused: each refusal stands beside its file."""
        found = []
        for file in self.offered_files:
            if file.key not in chosen:
                continue
            try:
                found.append(copy_of(self.case, file))
            except FileRefused as refusal:
                self.add_error(f"{CHOSEN}{file.key}", str(refusal))
        return [] if self.errors else found

    def second_look(self) -> dict[str, str]:
        return {"looked_at": self._fingerprint} if self.copies else {}


class CorrectForm(ChooseFilesForm, PublicNoteForm):
    note = text_field(
        _("What was corrected"),
        help_text=_(
            "Everybody reads these words beneath the answer. Name no person and repeat nothing that must not "
            "be public."
        ),
        audience=PUBLIC,
    )
    withhold = forms.BooleanField(
        label=_("Do not show the earlier text"),
        required=False,
        help_text=_(
            "For a text that gave away personal data or did harm. No earlier text of this answer is kept "
            "then, neither for readers nor in the history of the CMS."
        ),
    )

    def prepare(self) -> None:
        super().prepare()
        page = page_of_case(self.case)
        for key in PublicFile.objects.filter(text__case=self.case).values_list("source", flat=True):
            box = self.fields.get(f"{CHOSEN}{key}")
            # one that can be ticked: of another no copy is made any more, and nobody could take the tick away
            self.initial[f"{CHOSEN}{key}"] = box is not None and not box.disabled
        text = PublicText.objects.select_related("case__submission__sender").filter(case=self.case).first()
        if page is not None and text is not None:
            self.initial["withhold"] = has_personal_data(page, text)
