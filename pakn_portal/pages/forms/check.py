"""What is about to be sent, to look at once more: the same form in lines, with a way back to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import localize
from django.utils.translation import gettext as _

from pakn_portal.pages.forms.attempt import Attempt

TEMPLATE: Final = "pakn_portal/check_page.html"
#: The buttons that lead here, and back to the form.
CHECK: Final = "check"
EDIT: Final = "edit"
#: Fields of the form that the page writes anew, or that must not be sent twice.
_OWN: Final = frozenset({"csrfmiddlewaretoken", "shown_again", "action", "form_key", "remove_file"})


@dataclass(frozen=True)
class CheckedLine:
    """One field as it was filled in."""

    label: Any
    text: str
    #: The id of its control, where the way back leads.
    anchor: str
    is_text: bool = True


def is_to_be_checked(request: HttpRequest) -> bool:
    return request.POST.get("action") == CHECK


def show_check(page: Any, request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """The page before sending. Nothing is stored for it: every word comes along, and the files wait under the
    form's key as before.
    """
    carried = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    context = page.get_context(request) | {
        "form": attempt.form,
        "form_key": attempt.form_key,
        "lines": _lines(attempt.form),
        "files": attempt.files,
        "carried": carried,
        "title": attempt.form.cleaned_data.get("title", ""),
    }
    return TemplateResponse(request, TEMPLATE, context)


def _lines(form: forms.Form) -> list[tuple[Any, list[CheckedLine]]]:
    sections: Any = form.in_sections()  # type: ignore[attr-defined]
    last = [form["wants_name_published"]]
    return [
        *((heading, [_line(form, field) for field in fields]) for heading, fields in sections),
        (_("Before you send"), [_line(form, field) for field in last]),
    ]


def _line(form: forms.Form, field: forms.BoundField) -> CheckedLine:
    value = form.cleaned_data.get(field.name)
    anchor = field.auto_id if field.use_fieldset else field.id_for_label
    if isinstance(field.field, forms.BooleanField):
        return CheckedLine(field.label, _("Yes") if value else _("No"), anchor, is_text=False)
    if isinstance(field.field, forms.ChoiceField) and not isinstance(field.field, forms.ModelChoiceField):
        choices: Any = field.field.choices
        labels = {str(key): str(label) for key, label in choices if key}
        return CheckedLine(field.label, labels.get(str(value or ""), ""), anchor, is_text=False)
    return CheckedLine(field.label, "" if value is None else str(localize(value)), anchor)
