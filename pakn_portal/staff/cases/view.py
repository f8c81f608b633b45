"""What the case page and every action on a case share: the case is found among those the visitor may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.waiting.next_case import next_after
from pakn_portal.staff.desk_view import DeskView


class CaseView(DeskView):
    """404 for a case that must not be known, whoever asks and by whichever address."""

    instance_pk: str = ""
    instance: Case
    back: str
    _dossier: Dossier | None = None

    def find(self, request: HttpRequest) -> None:
        self.instance = self.find_case()
        self.back = addresses.back_of(request)

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

    def to_next_case(self, was: str) -> list[Any]:
        """Of the message after an act: the button to what else waits, for the page that opens may be the
        list. `was`: the status that the act took the case from.
        """
        found = next_after(self.instance, self.scope, was)
        return [messages.button(found.url(self.back), found.label)] if found else []

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
