"""Several senders without e-mail at once: their letters as one document to print, and one mark for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal import clock
from pakn_portal.cases.actions import read_contacts
from pakn_portal.cases.enums import ToldBy
from pakn_portal.cases.rights import may_address
from pakn_portal.conf import portal_settings
from pakn_portal.flow.errors import MoveError
from pakn_portal.notifications.by_hand.actions import (
    give_notice,
    is_call_enough,
    may_give,
    may_print_addressed,
)
from pakn_portal.notifications.by_hand.letter import LETTERS, letters_of
from pakn_portal.notifications.messages import MailWords
from pakn_portal.people.actor import account_of
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff import addresses
from pakn_portal.staff.desk_view import DeskView
from pakn_portal.staff.notices import just_told
from pakn_portal.staff.notices.forms import GivenForm
from pakn_portal.staff.notices.rows import NoticeRow, notices_for, rows_of

#: As many as one page of the list shows.
MOST: Final = 30


def keys_in(request: HttpRequest) -> list[int]:
    """Of the letters that are asked for, each once."""
    given = request.POST if request.method == "POST" else request.GET
    keys = [key for text in given.getlist("notice") if (key := addresses.number_in(text)) is not None]
    return list(dict.fromkeys(keys))


@dataclass
class Sheet:
    """One letter of them. `refusal`: why it was not done with it; `is_done`: it was."""

    row: NoticeRow
    letter: MailWords
    #: Whether this person may make it with the address on it.
    may_print: bool
    refusal: str = ""
    is_done: bool = False
    shows_address: bool = False

    @property
    def sender(self) -> Any:
        return self.row.case.submission.sender

    @property
    def in_writing(self) -> bool:
        told = (*self.row.earlier, self.row.notice)
        return any(one.mail.context.get("written_notice") for one in told)

    @property
    def has_numbered_letter(self) -> bool:
        """Whether one of the acts it tells has a letter with number, date and signature."""
        return any(one.mail.template in LETTERS for one in (*self.row.earlier, self.row.notice))


class LettersView(DeskView):
    """GET shows the letters, without addresses. POST shows the addresses, which is written down, or marks
    them all, each case in its own transaction, and leads to the marked ones; both in one go is one line for
    each case.
    """

    template_name = "pakn_portal/staff/letters.html"
    http_method_names = ["get", "post", "head", "options"]

    def find(self, request: HttpRequest) -> None:
        keys = keys_in(request)
        found = list(notices_for(self.scope).filter(pk__in=keys[:MOST]))
        self.sheets = self._sheets(rows_of(found))
        self.left_out = len(keys) - len(found)

    def _sheets(self, rows: list[NoticeRow]) -> list[Sheet]:
        rows = [row for row in rows if self._is_for_me(row)]
        for row in rows:
            for one in row.earlier:
                one.mail.case = row.case  # read once, with its sender
        letters = letters_of([[one.mail for one in (*row.earlier, row.notice)] for row in rows])
        return [
            Sheet(row, letter, may_print_addressed(row.case, self.scope))
            for row, letter in zip(rows, letters, strict=True)
        ]

    def _is_for_me(self, row: NoticeRow) -> bool:
        return may_give(row.case, self.scope)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._show(self._form(left_words(request))) if self.sheets else self._choose_first()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.sheets:
            return self._choose_first()
        if "contacts" in request.POST:
            return self._show_addresses(request)
        form = self._form(request.POST, is_printed="print" in request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        for sheet in self.sheets:
            self._mark(sheet, form, is_addressed="print" in request.POST)
        return self._to_told(form)

    def _to_told(self, form: GivenForm) -> HttpResponseBase:
        """The marked ones have an address of their own, so that a reload does not lose the paper."""
        done = [sheet for sheet in self.sheets if sheet.is_done]
        if not done:
            return self._show(form, is_marked=True)
        refused = {sheet.row.notice.pk: sheet.refusal for sheet in self.sheets if sheet.refusal}
        just_told.leave(self.request, [sheet.row.notice.pk for sheet in done if sheet.shows_address], refused)
        return just_told.see_other(addresses.told_letters_url(sheet.row.notice.pk for sheet in done))

    def _choose_first(self) -> HttpResponseBase:
        messages.info(self.request, _("Choose letters first."))
        return redirect(addresses.notices_url())

    def _form(self, data: QueryDict | None = None, **kwargs: Any) -> GivenForm:
        """The telephone is a way where it is one for any of them."""
        calls = [is_call_enough(sheet.row.case, in_writing=sheet.in_writing) for sheet in self.sheets]
        initial = {"way": ToldBy.LETTER, **kwargs.pop("initial", {})}
        return GivenForm(data, has_call=any(calls), initial=initial, **kwargs)

    def _show_addresses(self, request: HttpRequest) -> HttpResponse:
        """Of those whose contacts this person may look at; keepers of sealed cases have the mark for it."""
        for sheet in self.sheets:
            if not sheet.may_print or may_address(self.scope, sheet.row.case):
                continue
            try:
                read_contacts(sheet.row.case, by=account_of(request))
                sheet.shows_address = True
            except MoveError as error:
                sheet.refusal = str(error)
        names = self._form().fields
        return self._show(self._form(initial={name: request.POST.get(name) for name in names}))

    def _mark(self, sheet: Sheet, form: GivenForm, *, is_addressed: bool) -> None:
        shown = self.request.POST.get(f"shown-{sheet.row.notice.pk}")
        if shown is not None and shown != str(sheet.row.count):
            sheet.refusal = _("The letter tells more now: read it again.")
            return
        is_addressed = is_addressed and sheet.may_print
        by = account_of(self.request)
        try:
            give_notice(sheet.row.notice, by=by, is_addressed=is_addressed, **form.cleaned_data)
        except MoveError as error:
            sheet.refusal = str(error)
        else:
            sheet.is_done, sheet.shows_address = True, is_addressed

    def _title(self) -> str:
        return _("Letters to senders")

    def _show(self, form: GivenForm, *, is_marked: bool = False, status: int = 200) -> HttpResponse:
        done = [sheet for sheet in self.sheets if sheet.is_done]
        refused = [sheet for sheet in self.sheets if sheet.refusal]
        title = self._title()
        page: HttpResponse = self.render_to_response(
            {
                "view": self,
                "form": form,
                "sheets": self.sheets,
                "on_paper": done if is_marked else self.sheets,
                "left_out": self.left_out,
                "is_marked": is_marked,
                "done": len(done),
                "refused": refused,
                "is_refused": len([sheet for sheet in refused if not sheet.is_done]),
                "again_action": addresses.told_letters_url(),
                "again_url": addresses.letters_of_notices_url(
                    sheet.row.notice.pk for sheet in refused if not sheet.is_done
                ),
                "numbered": [sheet for sheet in self.sheets if sheet.has_numbered_letter],
                "shows_addresses": any(sheet.shows_address for sheet in self.sheets),
                "may_print": any(sheet.may_print for sheet in self.sheets),
                "may_print_again": any(sheet.may_print and sheet.is_done for sheet in self.sheets),
                "may_look": any(
                    sheet.may_print and not may_address(self.scope, sheet.row.case) for sheet in self.sheets
                ),
                "ministry": portal_settings.MINISTRY_NAME,
                "today": clock.today(),
                "list_url": addresses.notices_url(),
                "breadcrumbs_items": [
                    {"url": addresses.notices_url(), "label": _("Senders to be told")},
                    {"url": "", "label": title},
                ],
                "page_title": title,
                "header_icon": "mail",
            },
            status=status,
        )
        return page
