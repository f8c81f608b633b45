"""Intake in one act: receive, classify and forward by one button, and the next case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.people.actor import account_of
from pakn_portal.people.scope import scope_of
from pakn_portal.routing.actions import take_to_unit
from pakn_portal.staff import addresses
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
            self.form = IntakeForm(case=self.instance, scope=self.scope)
            self.form.initial.update(
                {name: words.get(name) for name in self.form.fields if name != "version"}
            )
            return self.show(sentence=signed_in_again())
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_of_another(request):
            raise PermissionDenied
        self.form = IntakeForm(request.POST, case=self.instance, scope=self.scope)
        if sentence := why_unsent(request):
            return self.show(sentence=sentence, status=403)
        if not self.form.is_valid():
            return self.show(status=422)
        data = self.form.cleaned_data
        self.instance.version = data.pop("version")
        self.told = Told(self.instance)
        try:
            take_to_unit(self.instance, by=account_of(request), **data)
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
            told = f"{told} {_('Nothing more waits to be received.')}"
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
