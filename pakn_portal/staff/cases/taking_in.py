"""Intake in one act: receive, classify and forward by one button, and the next case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from pakn_portal.cases.enums import Verb
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.people.actor import account_of
from pakn_portal.people.scope import scope_of
from pakn_portal.routing.actions import take_to_unit
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.acts import REFUSALS
from pakn_portal.staff.cases.intake.forms import IntakeForm
from pakn_portal.staff.cases.intake.panel import takes_in
from pakn_portal.staff.cases.intake.queue import queue_beside
from pakn_portal.staff.cases.moves.form_view import CaseFormView
from pakn_portal.staff.cases.page import CasePageView
from pakn_portal.staff.drafts import keeping, once
from pakn_portal.staff.kept_words import words_left
from pakn_portal.staff.notices.rows import Told


class IntakeView(CasePageView, CaseFormView):
    """The page of the case, with the form as it was sent where something is wrong with it; where a colleague
    took the case in meanwhile there is no form, and what was written is shown by itself.
    """

    http_method_names = ["get", "post", "head", "options"]
    told: Told
    was: str = ""

    def turned_away(self) -> HttpResponseBase | None:
        return redirect(self.case_url) if self.refusal() else None

    def refusal(self) -> str:
        return "" if takes_in(self.dossier) else str(NotAllowed(self.instance, Verb.FORWARD))

    def make_form(self, data: Any = None) -> IntakeForm:
        return IntakeForm(data, case=self.instance, scope=self.scope)

    def again(self, words: QueryDict, sentence: str = "", **context: Any) -> HttpResponse:
        if refusal := self.refusal():
            return words_left(self.request, refusal, status=409, words=words)
        return super().again(words, sentence, **context)

    def act(self, request: HttpRequest) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.refused(form, "", status=422)
        data = form.cleaned_data
        self.instance.version = data.pop("version")
        self.told, self.was = Told(self.instance), str(self.instance.status)
        try:
            with transaction.atomic():
                once.send_once(request, self.place)
                take_to_unit(self.instance, by=account_of(request), **data)
                keeping.forget(request, self.place)
        except once.AlreadySent as error:
            messages.info(request, str(error))
            return redirect(self.case_url)
        except REFUSALS as error:
            try:
                self.instance = self.find_case()
            except Http404:
                return words_left(request, str(error), status=409)
            # a second try knows of the change that was told
            form.data = {**form.data.dict(), "version": str(self.instance.version)}  # type: ignore[attr-defined]
            return self.refused(form, str(error), status=409)
        return self.done()

    def refused(self, form: IntakeForm, sentence: str, *, status: int) -> HttpResponse:
        """The sentence above what was typed."""
        if refusal := self.refusal():
            return words_left(self.request, sentence or refusal, status=409)
        return self.show(form=form, sentence=sentence, status=status)

    def done(self) -> HttpResponse:
        case, queue = self.instance, queue_beside(self.scope, self.instance)
        told = _("Case %(number)s was received, classified and forwarded to %(unit)s.") % {
            "number": case.number,
            "unit": case.lead_unit,
        }
        told = f"{told} {self.told.sentence()}".strip()
        opens_next = "stay" not in self.request.POST and queue.next_pk is not None
        if "stay" not in self.request.POST and queue.next_pk is None:
            done = _("Nothing more waits to be received.")
            told = f"{told} {done}"
        to_case = messages.button(self.case_url, _("Open %(number)s") % {"number": case.number})
        buttons = [to_case] if opens_next else self.to_next_case(self.was)
        messages.success(self.request, told, buttons=buttons)
        if opens_next:
            return redirect(addresses.case_url(queue.next_pk or 0, self.back))
        return redirect(self.case_url)


class NextIntakeView(View):
    """Opens the first case that waits for whoever takes cases in."""

    http_method_names = ["get", "head", "options"]

    @method_decorator(login_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not scope_of(request.user).is_intake:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        queue = queue_beside(scope_of(request.user), None)
        if queue.next_pk is None:
            messages.info(request, _("Nothing more waits to be received."))
            return redirect(addresses.list_url())
        return redirect(addresses.case_url(queue.next_pk))
