"""A sender without e-mail who is to be told something: the letter to print, and the mark that it is done."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal import clock
from pakn_portal.cases.actions import read_contacts
from pakn_portal.cases.rights import may_address
from pakn_portal.conf import portal_settings
from pakn_portal.flow.errors import MoveError
from pakn_portal.notifications.by_hand.actions import (
    address_letter,
    answer_for_address,
    give_notice,
    is_call_enough,
    may_give,
    may_print_addressed,
    may_see_again,
)
from pakn_portal.notifications.by_hand.letter import LETTERS, letter_of
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.people.actor import account_of
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.letters import last_letters
from pakn_portal.staff.cases.view import CaseView
from pakn_portal.staff.desk_view import DeskView
from pakn_portal.staff.notices import just_told
from pakn_portal.staff.notices.forms import GivenForm
from pakn_portal.staff.notices.rows import NoticeRow, notices_for, rows_of, with_rows
from pakn_portal.staff.paging import CappedPaginator

PAGE_SIZE = 30


class NoticeListView(DeskView):
    """What waits for this person."""

    template_name = "pakn_portal/staff/notices.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = CappedPaginator(notices_for(self.scope), PAGE_SIZE).get_page(request.GET.get("p"))
        response: HttpResponse = self.render_to_response(
            {
                "view": self,
                "page_obj": page,
                "elided_page_range": page.paginator.get_elided_page_range(page.number),
                "page_query": "",
                "letters_url": addresses.letters_of_notices_url(),
                "rows": rows_of(list(page.object_list)),
                "breadcrumbs_items": [{"url": "", "label": _("Senders to be told")}],
                "page_title": _("Senders to be told"),
                "header_icon": "mail",
            }
        )
        return response


class NoticeView(CaseView):
    """GET shows the letter, without address; POST shows the contacts, which is written down, or marks it as
    done. Keepers of sealed cases get the letter with the address on it, and no contacts.
    """

    template_name = "pakn_portal/staff/notice.html"
    http_method_names = ["get", "post", "head", "options"]
    notice_pk: str = ""

    @property
    def notice(self) -> ManualNotice:
        """Http404 for one of another case."""
        found: ManualNotice | None = (
            with_rows(ManualNotice.objects.filter(mail__case=self.instance))
            .filter(pk=int(self.notice_pk))
            .first()
        )
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        notice = self.notice
        if notice.given_at is None:
            # overtaken: the letter of the newer one tells this too
            leading = ManualNotice.objects.leading().filter(mail__case=self.instance).first()
            if leading is not None and leading.pk != notice.pk:
                return redirect(addresses.notice_url(self.instance.pk, leading.pk))
        addressed, _refused = just_told.take(request) if notice.given_at else (set(), {})
        return self.show_notice(self.form(left_words(request)), is_addressed=notice.pk in addressed)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "contacts" in request.POST:
            return self.show_contacts(request)
        if "again" in request.POST:
            return self.print_again(request)
        if "address" in request.POST:
            return self.show_address(request)
        form = self.form(request.POST, is_printed="print" in request.POST)
        if not form.is_valid():
            return self.show_notice(form, status=422)
        if self.has_grown(request):
            return self.show_notice(form, sentence=_("The letter tells more now: read it again."), status=409)
        together = "print" in request.POST and may_print_addressed(self.instance, self.scope)
        try:
            give_notice(self.notice, by=account_of(request), is_addressed=together, **form.cleaned_data)
        except MoveError as error:
            return self.show_notice(form, sentence=str(error), status=409)
        if together:
            return self.to_paper(request)
        messages.success(
            request,
            _("Case %(number)s: it is in the history that the sender was told.")
            % {"number": self.instance.number},
            buttons=self.to_next_letter(),
        )
        return redirect(self.case_url)

    def to_next_letter(self) -> list[Any]:
        """Of the message: the button to whoever waits longest now. Two queries."""
        waiting = notices_for(self.scope)
        following = waiting.first()
        if following is None:
            return []
        label = _("Next letter (%(count)s)") % {"count": waiting.count()}
        return [messages.button(addresses.notice_url(following.mail.case_id, following.pk), label)]

    @cached_property
    def in_writing(self) -> bool:
        """Whether the law wants told in writing what this letter tells."""
        return bool(ManualNotice.objects.told_with(self.notice).in_writing().exists())

    def form(self, data: Any = None, **kwargs: Any) -> GivenForm:
        has_call = is_call_enough(self.instance, in_writing=self.in_writing)
        return GivenForm(data, has_call=has_call, **kwargs)

    def has_grown(self, request: HttpRequest) -> bool:
        """An older mail that did not arrive was left to us while the letter was open, which lacks it."""
        notice, shown = self.notice, request.POST.get("shown")
        return (
            notice.given_at is None
            and shown is not None
            and shown != str(ManualNotice.objects.told_with(notice).count())
        )

    def to_paper(self, request: HttpRequest) -> HttpResponseBase:
        """To the marked letter, once with its address: a reload does not lose it."""
        just_told.leave(request, [int(self.notice_pk)])
        return just_told.see_other(addresses.notice_url(self.instance.pk, int(self.notice_pk)))

    def print_again(self, request: HttpRequest) -> HttpResponseBase:
        """With the address on it, and a line of its own that says so."""
        if not self.may_print_again(self.notice):
            raise PermissionDenied
        try:
            answer_for_address(self.notice, by=account_of(request), scope=self.scope)
        except MoveError as error:
            return self.show_notice(self.form(), sentence=str(error), status=409)
        return self.to_paper(request)

    def may_print_again(self, notice: ManualNotice) -> bool:
        told = notice.given_at is not None
        return told and may_see_again(self.instance, notice.given_by_id, self.scope)

    def show_contacts(self, request: HttpRequest) -> HttpResponseBase:
        form = self.form(initial={name: request.POST.get(name) for name in ("way", "note")})
        try:
            read_contacts(self.instance, by=account_of(request))
        except MoveError as error:
            return self.show_notice(form, sentence=str(error), status=409)
        return self.show_notice(form, shows_contacts=True)

    def show_address(self, request: HttpRequest) -> HttpResponseBase:
        form = self.form(initial={name: request.POST.get(name) for name in ("way", "note")})
        if self.has_grown(request):
            return self.show_notice(form, sentence=_("The letter tells more now: read it again."), status=409)
        try:
            address_letter(self.notice, by=account_of(request))
        except MoveError as error:
            return self.show_notice(form, sentence=str(error), status=409)
        return self.show_notice(form, shows_address=True)

    def show_notice(
        self,
        form: GivenForm,
        *,
        shows_contacts: bool = False,
        shows_address: bool = False,
        is_addressed: bool = False,
        sentence: str = "",
        status: int = 200,
    ) -> HttpResponse:
        notice, dossier = self.notice, Dossier(self.instance, self.scope)
        told = list(with_rows(ManualNotice.objects.told_with(notice)))
        return self.show(
            status=status,
            form=form,
            sentence=sentence,
            row=NoticeRow(told[-1], tuple(told[:-1])),
            in_writing=self.in_writing,
            letters=last_letters(
                dossier, (LETTERS[one.mail.template] for one in told if one.mail.template in LETTERS)
            ),
            notice=notice,
            letter=letter_of([one.mail for one in told]),
            ministry=portal_settings.MINISTRY_NAME,
            today=clock.today(),
            may_give=may_give(self.instance, self.scope),
            may_print_again=self.may_print_again(notice),
            may_print=may_print_addressed(self.instance, self.scope)
            and bool(self.instance.submission.sender.address),
            may_address=may_address(self.scope, self.instance),
            shows_contacts=shows_contacts,
            shows_address=shows_address or is_addressed,
            is_addressed=is_addressed,
            next_letter=self.to_next_letter() if is_addressed else [],
            dossier=dossier,
            submission=self.instance.submission,
            sender=self.instance.submission.sender,
            breadcrumbs_items=self.breadcrumbs(_("Tell the sender")),
            page_title=_("Tell the sender: %(number)s") % {"number": self.instance.number},
        )
