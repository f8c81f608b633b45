"""The forms in which an answer is written, and corrected at its approval."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal.answers.files.listed import files_of
from pakn_portal.answers.guards import lacking
from pakn_portal.answers.models import Answer, answer_of
from pakn_portal.answers.texts import Words, words_in
from pakn_portal.answers.told.together import to_confirm
from pakn_portal.answers.versions import Difference, difference_to
from pakn_portal.cases.enums import Outcome
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.models.legal_basis import naming_none
from pakn_portal.staff.cases.moves.forms import LONGEST_NOTE, LONGEST_TEXT, AttachingForm, NoteForm
from pakn_portal.submissions.forms.fields import TextField
from pakn_portal.submissions.models import StoredFile


def _both(outcome: Outcome) -> str:
    official, words = str(capfirst(outcome.label)), str(outcome.for_readers)
    if official == words:
        return official
    values = {"official": official, "words": words}
    return gettext("%(official)s (the sender reads: %(words)s)") % values


_both_lazy = lazy(_both, str)

#: The official term and the sender's words. No outcome is anybody's before somebody has chosen it.
OUTCOMES = [("", _("Not chosen yet")), *((each.value, _both_lazy(each)) for each in Outcome)]


#: The fields of an answer's words; its files are no field.
WRITTEN = tuple(name for name in Words._fields if name != "files")


def written_in(answer: Answer) -> dict[str, str]:
    """First values of these fields."""
    words = words_in(answer)
    return {name: getattr(words, name) for name in WRITTEN}


def _body(**more: Any) -> TextField:
    return TextField(
        lines=True,
        label=_("Answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("Without a salutation: it is added when the answer is delivered."),
        **more,
    )


def _legal_bases() -> TextField:
    return TextField(
        lines=True,
        label=_("Legal bases"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Document numbers, one on each line."),
    )


class DraftForm(AttachingForm):
    """One plain form: what it holds is the draft, whoever reads it and saves it."""

    files_hint = _("The sender gets these files with the answer. A publisher decides which become public.")
    body = _body()
    legal_bases = _legal_bases()
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=OUTCOMES,
        required=False,
        help_text=_("May wait while you write; the head is handed none without it."),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    #: Lines of the legal bases that are none, asked about once before the answer is handed in.
    doubted: tuple[str, ...] = ()

    def prepare(self) -> None:
        answer = answer_of(self.case)
        if answer is not None:
            self.initial.update(written_in(answer))

    def second_look(self) -> dict[str, str]:
        """A draft is saved whatever it cites; who hands it in says that it is meant so."""
        lines = naming_none(self.cleaned_data["legal_bases"]) if "and_submit" in self.data else []
        if not lines or self.cleaned_data["seen"] == text_hash(*lines):
            return {}
        self.doubted = tuple(lines)
        return {"seen": text_hash(*lines)}

    def saved_files(self) -> list[StoredFile]:
        answer = answer_of(self.case)
        return [*files_of(answer)] if answer is not None else []

    def clean_body(self) -> str:
        return self._for_the_head("body")

    def clean_outcome(self) -> str:
        return self._for_the_head("outcome")

    def _for_the_head(self, name: str) -> str:
        value: str = self.cleaned_data[name]
        lacks = lacking(Words("", "", "")._replace(**{name: value})).get(name)
        if lacks and "and_submit" in self.data:
            raise forms.ValidationError(lacks)
        return value


class ApproveForm(NoteForm):
    """The head may change words and approve them in one go, and sees once what became of them."""

    body = _body(required=False)
    legal_bases = _legal_bases()
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    difference: Difference | None = None
    #: Of an answer to many: what may name one of them.
    doubtful: tuple[str, ...] = ()

    def prepare(self) -> None:
        answer = answer_of(self.case)
        if answer is not None:
            self.initial.update(written_in(answer))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["corrected"], cleaned["confirmed"], answer = None, [], answer_of(self.case)
        if answer is None or self.errors:
            return cleaned
        # what the page did not send is not changed
        sent = {name: cleaned[name] for name in WRITTEN if name in self.data}
        words = words_in(answer)._replace(**sent)
        for name, sentence in lacking(words).items():
            self.add_error(name, sentence)
        # nobody is asked to approve once more what is refused
        self.difference = None if self.errors else difference_to(answer, words)
        cleaned["corrected"] = None if self.difference is None else words
        found = [] if self.errors else to_confirm(self.case, words)
        self.doubtful = tuple(dict.fromkeys(each.find.text for each in found))
        # what is looked at once more before it is carried out
        cleaned["confirmed"] = [each.fingerprint for each in found]
        cleaned["fingerprint"] = text_hash(*words, *cleaned["confirmed"])
        return cleaned

    @property
    def correction_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in WRITTEN]

    @property
    def is_correcting(self) -> bool:
        """Whether the part with the words stands open: what was corrected stands above, marked."""
        return any(self[name].errors for name in WRITTEN)

    def second_look(self) -> dict[str, str]:
        fingerprint = self.cleaned_data.get("fingerprint", "")
        is_plain = self.difference is None and not self.doubtful
        if is_plain or self.cleaned_data["seen"] == fingerprint:
            return {}
        return {"seen": fingerprint}
