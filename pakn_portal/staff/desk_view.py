"""What every screen of the desk asks of whoever opens it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from pakn_portal.people.scope import Scope, scope_of


class DeskView(TemplateResponseMixin, ContextMixin, View):
    """For whoever has a role, and kept by no cache of a shared computer.

    No view of the library: those find any row before anybody has asked who wants it, and ask for rights of
    the CMS that nobody of the desk has. It gives us the menu and the addresses (`model_admin`).
    """

    model_admin: Any = None
    scope: Scope

    @method_decorator(login_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.scope = scope_of(request.user)
        if not self.may_enter():
            raise PermissionDenied
        self.find(request)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def may_enter(self) -> bool:
        return self.scope.is_staff

    def find(self, request: HttpRequest) -> None:
        """Read what the screen is about. Http404 for what this person may not know of."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(**kwargs))
