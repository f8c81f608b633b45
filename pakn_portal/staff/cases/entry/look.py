"""While a letter or call is being entered: cases of the same sender, and cases with the same words."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from pakn_portal.people.scope import scope_of
from pakn_portal.routing.alike import Alike, cases_alike
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.entry.forms import EntryMixin, entry_form_for
from pakn_portal.submissions.limits import Limit

logger = logging.getLogger(__name__)

#: The fields that say how a sender is reached, as `cases_alike` calls them.
_CONTACTS: Final = ("phone", "email")
#: One looks again each time that a field was left, and nobody types faster.
_LOOKS: Final = Limit("entry_look", 60, fixed=60)


def alike_of(request: HttpRequest, form: EntryMixin) -> list[tuple[Alike, str]]:
    """With the address of each; of what is filled in so far, whatever is wrong with the rest."""
    form.is_valid()
    data = form.cleaned_data
    signs: dict[str, Any] = {name: data.get(name) or "" for name in _CONTACTS}
    found = cases_alike(
        scope_of(request.user),
        title=data.get("title") or "",
        content=data.get("content") or "",
        name=data.get("full_name") or "",
        **signs,
    )
    _note_who_asked(request, [name for name in _CONTACTS if signs[name]], found)
    return [(each, addresses.case_url(each.case.pk)) for each in found]


def _note_who_asked(request: HttpRequest, signs: list[str], found: list[Alike]) -> None:
    """Whether somebody's telephone or mailbox is known here can be tried out without opening a case, so the
    log has who asked; neither what was typed nor a name.
    """
    if signs:
        numbers = [each.case.number for each in found if each.is_of_same_sender]
        logger.info(
            "User %s looked for cases of one sender by %s: %s",
            request.user.pk,
            " and ".join(signs),
            ", ".join(numbers) or "none",
        )


class LookView(View):
    """POST what is typed; the answer is a part of the page. For the Ministry Office, so often a minute."""

    http_method_names = ["post", "options"]

    @method_decorator(login_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not scope_of(request.user).is_intake:
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        if not _LOOKS.take(f"staff-{request.user.pk}"):
            return HttpResponse(status=429)
        form = entry_form_for(request.GET.get("sender", ""))(request.POST)
        return render(request, "pakn_portal/staff/includes/look.html", {"alike": alike_of(request, form)})
