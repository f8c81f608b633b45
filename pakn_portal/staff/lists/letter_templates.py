"""A letter template as it comes out: with a case that its reader may see, or with examples."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pakn_portal.answers.letters.values import values_for
from pakn_portal.cases.models import Case
from pakn_portal.snippets.letter_variables import examples_of
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.submissions.secrets import normalize_number
from pakn_portal.text.variables import render_variables

NAME = "pakn_letter_template_preview"


def urls() -> list[Any]:
    """Beneath the admin's own address, whose hook asks for a session of staff."""
    return [path("pakn/letter-templates/<int:pk>/preview/", preview, name=NAME)]


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may see the list. A case that the visitor may not see is answered like none."""
    viewset: Any = LetterTemplate.snippet_viewset
    if not viewset.permission_policy.user_has_any_permission(request.user, ["view", "change", "add"]):
        raise PermissionDenied
    template = get_object_or_404(LetterTemplate, pk=pk)
    typed = request.GET.get("case", "")[:60]
    case = _case(request.user, typed) if typed else None
    values = values_for(case, template.kind) if case else examples_of(template.kind)
    steps = [
        (reverse(viewset.get_url_name("list")), LetterTemplate._meta.verbose_name_plural),
        (reverse(viewset.get_url_name("edit"), args=[pk]), str(template)),
        ("", _("As it comes out")),
    ]
    context = {
        "template": template,
        "text": render_variables(template.body, values),
        "case": case,
        "typed": typed,
        "page_title": _("Preview: %(name)s") % {"name": template},
        "header_icon": viewset.icon,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }
    response = render(request, "pakn_portal/staff/letter_template.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _case(user: Any, typed: str) -> Case | None:
    cases = Case.objects.visible_to(user).with_names()
    found: Case | None = cases.filter(number=normalize_number(typed)).first()
    return found
