"""The CMS's own “Unpublish” asks for the reason that readers of the old address are owed: the field stands in
`templates/wagtailadmin/pages/confirm_unpublish.html`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from pakn_portal.flow.errors import MoveError
from pakn_portal.pages.answers.actions import unpublish_answer
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.actor import account_of
from pakn_portal.publication.gate import GateShut


def unpublish_with_reason(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_unpublish_page`. A form without the field is not held up: somebody may have to take an
    answer down at once.
    """
    answer = page.specific
    reason = request.POST.get("pakn_reason")
    if reason is None or not isinstance(answer, AnswerPage) or answer.public_text is None:
        return None
    if not reason.strip():
        messages.error(request, _("Write the reason down: everybody reads it at the old address."))
        return redirect("wagtailadmin_pages:unpublish", page.pk)
    try:
        unpublish_answer(answer.public_text.case, by=account_of(request), note=reason)
    except (MoveError, GateShut) as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, _("The answer was taken off the site."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)
