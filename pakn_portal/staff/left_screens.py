"""Words of the screens that are no `FormView`: lists of the CMS, confirmations, letters, reports.

`kept_words` keeps them like the others where the session has ended; the screen they were typed in is drawn
with them after the log-in, and at once where only the token was missing. A screen takes part by
`{% pakn_writer %}` in its form and by reading what `left_words` gives it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import ResolverMatch
from wagtail.models import Page

from pakn_portal.pages.answers.cms.doors import beneath
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.snippets.viewsets.left_words import LEFT
from pakn_portal.staff.drafts.posted import WRITER
from pakn_portal.staff.drafts.writers import opened_by
from pakn_portal.staff.kept_words import MOST_CASES, keep, signed_in_again, take_words


def keep_or_give_back(request: HttpRequest, view: Any, kwargs: dict[str, Any]) -> None:
    """Before any view of the CMS is called; the forms of a `FormAddress` do it themselves."""
    if getattr(view, "keeps_words", False):
        return
    if request.method == "POST":
        if request.user.is_anonymous and WRITER in request.POST:
            keep(request, _cases_of(request, kwargs))
    elif not request.user.is_anonymous and (words := take_words(request)) is not None:
        setattr(request, LEFT, words)
        messages.info(request, signed_in_again())


def shown_again(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What answers a form that came without its token: for its writer the screen with every word in it. Where
    the session is lost too the words are kept, as they are of a lost session alone.
    """
    match = request.resolver_match
    if match is None or not why_unsent(request) or getattr(match.func, "keeps_words", False):
        return response
    if request.user.is_anonymous and WRITER in request.POST:
        keep(request, _cases_of(request, match.kwargs))
        return redirect(request.get_full_path())
    if request.user.is_anonymous or opened_by(request.POST) != str(request.user.pk):
        return response
    return _drawn(request, match)


def _drawn(request: HttpRequest, match: ResolverMatch) -> HttpResponseBase:
    """By the view, as if it was opened: nothing is done."""
    messages.error(request, why_unsent(request))
    setattr(request, LEFT, request.POST)
    request.method = "GET"
    page: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if isinstance(page, SimpleTemplateResponse) and not page.is_rendered:
        page.render()
    if page.status_code == 200:
        page.status_code = 403
    return page


def _cases_of(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """The case of the address; of the reason of a withdrawal those of the answers that it takes off."""
    if "instance_pk" in kwargs:
        return [int(kwargs["instance_pk"])]
    if "pakn_reason" not in request.POST:
        return []
    keys = [kwargs.get("page_id"), *request.GET.getlist("id")]
    pages = list(Page.objects.filter(pk__in=[key for key in keys if str(key).isdecimal()]))
    answers = AnswerPage.objects.filter(beneath(pages)).exclude(public_text=None)
    return list(answers.values_list("public_text__case", flat=True)[:MOST_CASES])
