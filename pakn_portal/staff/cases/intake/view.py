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
from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.people.actor import account_of
from pakn_portal.people.scope import scope_of
from pakn_portal.routing.actions import take_to_unit
from pakn_portal.staff import addresses, kept_drafts
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.intake.forms import IntakeForm
from pakn_portal.staff.cases.intake.panel import panel_of
from pakn_portal.staff.cases.intake.queue import queue_beside
from pakn_portal.staff.cases.moves.view import REFUSALS
from pakn_portal.staff.cases.page import CasePageView
from pakn_portal.staff.kept_words import is_of_another, signed_in_again, take_words, words_left
from pakn_portal.staff.notices.rows import Told


class IntakeView(CasePageView):
    """The page of the case, with the form as it was sent where something is wrong with it."""

    http_method_names = ["get", "post", "head", "options"]
    form: IntakeForm | None = None
    told: Told

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.dossier = Dossier(self.instance, self.scope)
        if panel_of(self.dossier) is None:
            return redirect(self.case_url)
        if words := take_words(request):
            return self.again(words, sentence=signed_in_again())
        if words := kept_drafts.opened(request, self.place):
            return self.again(words, kept=self.desk(kept_drafts.went_on(), request.GET[kept_drafts.KEY]))
        return self.show()

    def again(self, words: QueryDict, **context: Any) -> HttpResponse:
        """The form as it was filled in, not looked at yet."""
        self.form = IntakeForm(case=self.instance, scope=self.scope)
        self.form.initial.update({name: words.get(name) for name in self.form.fields if name != "version"})
        return self.show(**context)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Nothing is carried out: the words are kept for whoever may still act, or a kept text goes."""
        self.dossier = Dossier(self.instance, self.scope)
        may_act = panel_of(self.dossier) is not None
        return kept_drafts.respond(
            request,
            self.place,
            refusal="" if may_act else str(NotAllowed(self.instance, Verb.FORWARD)),
            again=lambda **shown: self.again(request.POST, **shown),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_of_another(request):
            raise PermissionDenied
        if kept_drafts.is_about_drafts(request) and not why_unsent(request):
            return self.keep(request)
        self.form = IntakeForm(request.POST, case=self.instance, scope=self.scope)
        if sentence := why_unsent(request):
            if kept_drafts.is_by_script(request):
                return kept_drafts.refused(request, sentence, status=403)
            return self.show(sentence=sentence, status=403)
        if not self.form.is_valid():
            return self.show(status=422)
        data = self.form.cleaned_data
        self.instance.version = data.pop("version")
        self.told = Told(self.instance)
        try:
            with transaction.atomic():
                take_to_unit(self.instance, by=account_of(request), **data)
                kept_drafts.forget(request, self.place)
        except REFUSALS as error:
            return self.refused(self.form, str(error))
        return self.done()

    def refused(self, form: IntakeForm, sentence: str) -> HttpResponse:
        """The sentence above what was typed; a second try knows of the change that was told."""
        try:
            self.instance = self.find_case()
        except Http404:
            return words_left(self.request, sentence, status=409)
        form.data = {**form.data.dict(), "version": str(self.instance.version)}  # type: ignore[attr-defined]
        self.form = form
        return self.show(sentence=sentence, status=409)

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
        button = messages.button(self.case_url, _("Open %(number)s") % {"number": case.number})
        messages.success(self.request, told, buttons=[button] if opens_next else [])
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
