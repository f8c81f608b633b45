"""The letters that were just marked as sent: to be printed again, where the paper or the page was lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from pakn_portal.flow.errors import MoveError
from pakn_portal.notifications.by_hand.actions import answer_for_address, may_see_again
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.people.actor import account_of
from pakn_portal.staff import addresses
from pakn_portal.staff.notices import just_told
from pakn_portal.staff.notices.many import MOST, LettersView, Sheet, keys_in
from pakn_portal.staff.notices.rows import NoticeRow, rows_of, told_rows_of, with_rows


class ToldLettersView(LettersView):
    """GET shows the letters, with addresses once after the act that answers for them. POST makes the
    addressed sheets again, each with a line of its own.
    """

    def find(self, request: HttpRequest) -> None:
        keys = keys_in(request)
        within = with_rows(ManualNotice.objects.within(self.scope))
        found = list(within.filter(pk__in=keys[:MOST]).exclude(given_at=None).order_by("pk"))
        self.sheets = self._sheets(told_rows_of(found))
        self.left_out = len(keys) - len(self.sheets)

    def _is_for_me(self, row: NoticeRow) -> bool:
        return may_see_again(row.case, row.notice.given_by_id, self.scope)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.sheets:
            return self._choose_first()
        addressed, refusals = just_told.take(request)
        for sheet in self.sheets:
            key = sheet.row.notice.pk
            sheet.is_done = True
            sheet.shows_address, sheet.refusal = key in addressed, refusals.pop(key, "")
        self.sheets = [*self.sheets, *self._refused(refusals)]
        return self._show(self._form(), is_marked=True)

    def _refused(self, refusals: dict[int, str]) -> list[Sheet]:
        """Those of the act that were not done, with why."""
        if not refusals:
            return []
        found = with_rows(ManualNotice.objects.within(self.scope)).filter(pk__in=list(refusals))
        sheets = self._sheets(rows_of(list(found)))
        for sheet in sheets:
            sheet.refusal = refusals[sheet.row.notice.pk]
        return sheets

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.sheets:
            return self._choose_first()
        addressed, refused = [], {}
        for sheet in self.sheets:
            if not sheet.may_print:
                continue
            try:
                answer_for_address(sheet.row.notice, by=account_of(request), scope=self.scope)
                addressed.append(sheet.row.notice.pk)
            except MoveError as error:
                refused[sheet.row.notice.pk] = str(error)
        just_told.leave(request, addressed, refused)
        return just_told.see_other(addresses.told_letters_url(sheet.row.notice.pk for sheet in self.sheets))

    def _title(self) -> str:
        return _("Just marked as sent")
