"""The CMS's own “Unpublish”, of one page and of many, asks for the reason that readers of the old address are
owed: the field stands in `templates/wagtailadmin/pages/`.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import MoveError
from pakn_portal.pages.answers.actions import unpublish_answer, unpublish_imported
from pakn_portal.pages.answers.cms.at_once import live_answers, too_many
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.answers.prepared import personal_in_note
from pakn_portal.people.actor import account_of
from pakn_portal.publication.gate import GateShut

#: A message names no more of them.
_MOST_NAMED: Final = 10


def refuse_too_many(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_unpublish_page`, for the pages beneath it."""
    if not request.POST.get("include_descendants"):
        return None
    if not (problem := too_many([page], and_beneath=True)):
        return None
    messages.error(request, problem)
    return redirect("wagtailadmin_pages:unpublish", page.pk)


def refuse_too_many_chosen(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Hook `before_bulk_action`, before any case is locked."""
    if action_type != "unpublish" or not all(isinstance(one, Page) for one in objects):
        return None
    and_beneath = bool(action.cleaned_form.cleaned_data.get("include_descendants"))
    problem = too_many(objects, and_beneath=and_beneath)
    return _form_again(action, problem) if problem else None


def unpublish_with_reason(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_unpublish_page`. A form without the field is not held up: somebody may have to take an
    answer down at once.
    """
    answer = page.specific
    reason = request.POST.get("pakn_reason")
    if reason is None or request.method != "POST" or not isinstance(answer, AnswerPage):
        return None
    if problem := _problem_of(reason, [_case_of(answer)]):
        return _asked_again(request, problem)
    try:
        _unpublish(answer, _case_of(answer), request, reason)
    except (MoveError, GateShut) as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, _("The answer was taken off the site."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def unpublish_many_with_reason(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Hook `before_bulk_action`. Takes the answers among the chosen pages off, each by its case and held up
    by no other, and says what became of each; the CMS goes on with the other pages. As with a single page, a
    form without the field is not held up.
    """
    reason = request.POST.get("pakn_reason")
    if reason is None or action_type != "unpublish" or not all(isinstance(one, Page) for one in objects):
        return None
    answers = _answers_of(objects, and_beneath=action.cleaned_form.cleaned_data.get("include_descendants"))
    if not answers:
        return None
    if problem := _problem_of(reason, [case for _answer, case in answers]):
        return _form_again(action, problem)
    refused = _take_off(request, answers, reason)
    # what is left to the CMS: no answer, and nothing above one that has to stay
    done = {answer.pk for answer, _case in answers}
    objects[:] = [
        one
        for one in objects
        if one.pk not in done and not any(answer.path.startswith(one.path) for answer in refused)
    ]
    return None if objects else redirect(action.next_url)


def _answers_of(pages: list[Page], *, and_beneath: bool) -> list[tuple[AnswerPage, Case | None]]:
    """Those on the site, with their cases; an imported one has none. One query."""
    answers = live_answers(pages, and_beneath=and_beneath)
    found = answers.select_related("public_text__case").order_by("path")
    return [(page, _case_of(page)) for page in found]


def _case_of(answer: AnswerPage) -> Case | None:
    return answer.public_text.case if answer.public_text is not None else None


def _unpublish(answer: AnswerPage, case: Case | None, request: HttpRequest, reason: str) -> None:
    """By its case, or of an imported answer by the right that the CMS gives."""
    by = account_of(request)
    if case is not None:
        unpublish_answer(case, by=by, note=reason)
    elif answer.permissions_for_user(by).can_unpublish():
        unpublish_imported(answer, by=by, note=reason)
    else:
        raise GateShut(_("You may not take it off the site."))


def _asked_again(request: HttpRequest, problem: str) -> HttpResponse:
    """The CMS's question about one page, with the reason as it was written."""
    messages.error(request, problem)
    request.method = "GET"
    match: Any = request.resolver_match
    page: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return page


def _form_again(action: Any, problem: str) -> HttpResponse:
    action.cleaned_form.add_error(None, problem)
    page: HttpResponse = action.render_to_response(action.get_context_data(form=action.cleaned_form))
    return page


def _take_off(
    request: HttpRequest, answers: list[tuple[AnswerPage, Case | None]], reason: str
) -> list[AnswerPage]:
    """Tells the person what became of them; returns those that were refused."""
    done, refused, problems = [], [], []
    for answer, case in answers:
        named = f"{case.number} “{answer.title}”" if case is not None else f"“{answer.title}”"
        try:
            _unpublish(answer, case, request, reason)
        except (MoveError, GateShut) as error:
            refused.append(answer)
            problems.append(_("%(answer)s: %(why)s") % {"answer": named, "why": error})
        else:
            done.append(named)
    for problem in problems[:_MOST_NAMED]:
        messages.error(request, problem)
    if more := len(problems[_MOST_NAMED:]):
        said = ngettext(
            "%(count)s more answer was not taken off.", "%(count)s more answers were not taken off.", more
        )
        messages.error(request, said % {"count": more})
    if done:
        _tell_done(request, done)
    return refused


def _tell_done(request: HttpRequest, done: list[str]) -> None:
    said = ngettext(
        "%(count)s answer was taken off the site: %(answers)s",
        "%(count)s answers were taken off the site: %(answers)s",
        len(done),
    )
    named = done[:_MOST_NAMED]
    if more := len(done[_MOST_NAMED:]):
        named.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    messages.success(request, said % {"count": len(done), "answers": "; ".join(named)})


def _problem_of(reason: str, cases: list[Case | None]) -> str:
    """What is wrong with the words for the old addresses of these answers; empty: nothing."""
    if not reason.strip():
        return _("Write the reason down: everybody reads it at the old address.")
    return next(filter(None, (personal_in_note(reason, case) for case in cases)), "")
