"""The case on one screen, and the sender's contacts behind a button that writes down who looked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal.cases.actions import read_contacts
from pakn_portal.cases.places import place_of
from pakn_portal.flow.errors import MoveError
from pakn_portal.people.actor import account_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.intake.forms import IntakeForm
from pakn_portal.staff.cases.intake.panel import panel_of
from pakn_portal.staff.cases.letters import letter_links
from pakn_portal.staff.cases.list.neighbours import neighbours_of
from pakn_portal.staff.cases.moves.buttons import buttons_for
from pakn_portal.staff.cases.view import CaseView
from pakn_portal.staff.cases.waiting.next_case import next_after
from pakn_portal.staff.drafts import screen
from pakn_portal.staff.drafts.writers import writer_of
from pakn_portal.staff.notices.rows import notices_of


class CasePageView(CaseView):
    """Reading it changes nothing."""

    template_name = "modeladmin/pakn_portal/case/inspect.html"
    http_method_names = ["get", "head", "options"]
    shows_contacts = False

    @property
    def place(self) -> str:
        """The form of intake, for what is kept of it."""
        return place_of(self.instance.pk, "intake")

    def desk(self, sentence: str = "", **filled: Any) -> screen.Desk:
        address = addresses.intake_url(self.instance.pk)
        return screen.desk(self.request, self.place, sentence=sentence, address=address, **filled)

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_context_data(self, *, form: IntakeForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """`form`: of intake, as it was filled in."""
        dossier = self.dossier
        intake = panel_of(dossier, self.back, form)
        notices, told = notices_of(self.instance)
        if intake is not None:
            kwargs.setdefault("kept", self.desk())
        return super().get_context_data(
            dossier=dossier,
            submission=self.instance.submission,
            sender=self.instance.submission.sender,
            buttons=buttons_for(dossier, self.back, takes_in=intake is not None),
            intake=intake,
            neighbours=self._neighbours(),
            following=self._following() if intake is None else None,
            form=intake.form if intake else None,
            writer=writer_of(self.request, url=addresses.intake_url(self.instance.pk)) if intake else "",
            notices=notices,
            told_letters=told,
            shows_contacts=self.shows_contacts,
            letters=letter_links(dossier, self.back),
            contacts_url=addresses.contacts_url(self.instance.pk, self.back),
            breadcrumbs_items=self.breadcrumbs(),
            page_title=_("Case %(number)s") % {"number": self.instance.number},
            master_url=addresses.case_url(dossier.master.pk) if dossier.master else "",
            duplicates=[(case.number, addresses.case_url(case.pk)) for case in dossier.duplicates],
            **kwargs,
        )

    def _following(self) -> dict[str, Any] | None:
        """Where this person goes on, once the case waits for them no more. It is the likeliest thing to do
        right after an act of theirs, and stands below the others where they only read.
        """
        last = self.dossier.history[-1].event if self.dossier.history else None
        has_acted = bool(last and last.by_id == self.scope.user.pk and last.from_status != last.to_status)
        found = next_after(self.instance, self.scope, str(last.from_status) if last and has_acted else "")
        if found is None:
            return None
        return {"url": found.url(self.back), "label": found.label, "is_first": has_acted}

    def _neighbours(self) -> dict[str, str]:
        """Addresses of the cases before and behind this one in the list one came from."""
        found = neighbours_of(self.request, self.instance.pk, self.back)
        return {
            name: addresses.case_url(pk, self.back)
            for name, pk in (("previous", found.previous), ("next", found.next))
            if pk is not None
        }


class ContactsView(CasePageView):
    """POST: write it down, then show the page with the contacts on it. They are in no other answer."""

    http_method_names = ["get", "post", "options"]
    shows_contacts = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect(self.case_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            read_contacts(self.instance, by=account_of(request))
        except MoveError as error:
            messages.error(request, str(error))
            return redirect(self.case_url)
        return self.show()
