"""What the case page and every action on a case share: the case is found among those the visitor may see."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail_modeladmin.views import InstanceSpecificView, WMABaseView

from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier


class CaseView(InstanceSpecificView):
    """404 for a case that must not be known, whoever asks and by whichever address."""

    _dossier: Dossier | None = None

    def __init__(self, model_admin: Any, instance_pk: str, **kwargs: Any) -> None:
        # not the parent's: it finds any row, before anybody has asked who wants it
        WMABaseView.__init__(self, model_admin)
        self.instance_pk = self.pk_quoted = instance_pk
        for name, value in kwargs.items():
            setattr(self, name, value)

    @method_decorator(login_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.scope: Scope = scope_of(request.user)
        if not self.scope.is_staff:
            raise PermissionDenied
        self.instance = self.find_case()
        self.back = addresses.back_of(request)
        response = TemplateView.dispatch(self, request, *args, **kwargs)
        # nothing of a case may stay in a shared computer's cache
        response["Cache-Control"] = "no-store, private"
        return response

    def find_case(self) -> Case:
        """The case with its names, fresh; Http404."""
        cases = Case.objects.within(self.scope).with_names()
        found: Case | None = cases.filter(pk=int(self.instance_pk)).first()
        if found is None:
            raise Http404
        return found

    @property
    def dossier(self) -> Dossier:
        """Of the case as it was read last, so that rights and moves are found once."""
        if self._dossier is None or self._dossier.case is not self.instance:
            self._dossier = Dossier(self.instance, self.scope)
        return self._dossier

    @property
    def case_url(self) -> str:
        return addresses.case_url(self.instance.pk, self.back)

    def breadcrumbs(self, *last: str) -> list[dict[str, str]]:
        """List, case, and what is done to it."""
        return [
            {"url": addresses.list_url_from(self.back), "label": _("Cases")},
            {"url": self.case_url, "label": self.instance.number},
            *({"url": "", "label": label} for label in last),
        ]

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page with these in its context."""
        page: HttpResponse = self.render_to_response(self.get_context_data(**context), status=status)
        return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "view": self,
            "case": self.instance,
            "back": self.back,
            "header_icon": "clipboard-list",
            **kwargs,
        }
