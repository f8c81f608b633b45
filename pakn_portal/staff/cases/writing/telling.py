"""The screens on which the sender is refused or asked for more, with letter templates to take over into the
words for the sender. Taking over changes what stands on the screen, and saves nothing.
"""

from __future__ import annotations

from copy import copy
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

from pakn_portal import clock
from pakn_portal.answers.letters.templates import templates_for
from pakn_portal.answers.letters.values import is_words_alone, rendered, values_for
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.snippets.enums import LetterKind, Step
from pakn_portal.snippets.models import RefusalReason
from pakn_portal.staff.addresses import number_in
from pakn_portal.staff.cases.moves.forms import MoveForm
from pakn_portal.staff.cases.moves.view import MoveView
from pakn_portal.staff.cases.writing.panel import INSERT, Offer, Pressed, gone

#: The actions that have these screens, and the letter that comes of each.
KINDS: Final = {Verb.REFUSE: LetterKind.REFUSAL, Verb.REQUEST_SUPPLEMENT: LetterKind.SUPPLEMENT}


def offers_for(case: Case, kind: LetterKind, reason: Any) -> list[Offer]:
    """Words of this kind of letter, those of the case's sector first; `reason`: what was posted as the reason
    of a refusal. A few queries, however many templates.
    """
    fitting = [row for row in templates_for(case, kind) if is_words_alone(row)]
    if not fitting:
        return []
    values = values_for(_as_if_done(case, kind, reason), kind)
    return [Offer(f"template:{row.pk}", row.name, rendered(row, values)) for row in fitting]


def _as_if_done(case: Case, kind: LetterKind, reason: Any) -> Case:
    """The case with what the act would write; nothing of it is saved."""
    done = copy(case)
    if kind == LetterKind.REFUSAL:
        chosen = RefusalReason.objects.filter(is_active=True, pk=number_in(reason) or 0)
        done.refusal_reason = chosen.first() if reason else None
    else:
        done.supplement_due_on = due_dates.step_due_on(case, Step.SUPPLEMENT, clock.today())
    return done


class TellingView(MoveView):
    """What is typed stays, and of words that stand there already it asks first."""

    def known_verbs(self) -> set[Verb]:
        return set(KINDS)

    def act(self, request: HttpRequest) -> HttpResponseBase:
        if INSERT not in request.POST:
            return super().act(request)
        if refusal := self.refusal():
            return self.refused(self.make_form(request.POST), refusal)
        return self._take_over(request.POST)

    def _take_over(self, posted: QueryDict) -> HttpResponse:
        form = self.make_form()
        form.initial.update({name: posted.get(name, "") for name in form.fields})
        pressed = Pressed.read(posted)
        offers = self._offers(form)
        more: dict[str, Any] = {}
        offer = next((each for each in offers if each.key == pressed.key), None)
        if offer is not None:
            more = pressed.put(form, "note", offer)
        elif pressed.key:
            more = {"sentence": gone()}
        return self.show(form=form, is_unsaved=True, offers=offers, **more)

    def _offers(self, form: MoveForm) -> list[Offer]:
        """None where a chosen reason led on to another action."""
        kind = KINDS.get(self.verb)
        reason = form["reason"].value() if "reason" in form.fields else None
        return offers_for(self.instance, kind, reason) if kind is not None else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "offers" not in kwargs:
            kwargs["offers"] = self._offers(kwargs["form"])
        return super().get_context_data(**kwargs)
