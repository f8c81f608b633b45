"""The outbox in the admin: a list of what did not leave, and a button. No address, no words of a mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, re_path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from pakn_portal.error_reports import keeps_quiet
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.retry import try_again
from pakn_portal.people.actor import account_of
from pakn_portal.people.scope import scope_of
from pakn_portal.staff.addresses import number_in
from pakn_portal.staff.desk_view import DeskView
from pakn_portal.staff.mails.rows import may_look_after_mails, rows_of, stuck_mails, worth_trying
from pakn_portal.staff.paging import CappedPaginator

BASE = "pakn/mails"
NAME = "pakn_mails_modeladmin"
PAGE_SIZE = 30


def mails_url() -> str:
    return reverse(f"{NAME}_index")


class MailPermissions(PermissionHelper):
    """One permission for looking and trying again; rows are neither made nor changed nor deleted by hand."""

    def user_can_list(self, user: Any) -> bool:
        return may_look_after_mails(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: OutgoingMail) -> bool:
        return False

    user_can_delete_obj = user_can_inspect_obj = user_can_edit_obj


class MailView(DeskView):
    """What both addresses share."""

    template_name = "pakn_portal/staff/mails.html"
    http_method_names = ["get", "post", "head", "options"]

    def may_enter(self) -> bool:
        return may_look_after_mails(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mails = stuck_mails().select_related("to_user").order_by("-pk")
        page = CappedPaginator(mails, PAGE_SIZE).get_page(request.GET.get("p"))
        response: HttpResponse = self.render_to_response(
            {
                "view": self,
                "page_obj": page,
                "elided_page_range": page.paginator.get_elided_page_range(page.number),
                "page_query": "",
                "rows": rows_of(list(page.object_list), scope_of(request.user)),
                "breadcrumbs_items": [{"url": "", "label": _("Mails that did not leave")}],
                "page_title": _("Mails that did not leave"),
                "header_icon": "mail",
            }
        )
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One row by its key, or all that it may help. Only what is in the list can be tried again."""
        mails, left_out = stuck_mails(), 0
        given = request.POST.get("mail", "")
        if given == "all":
            mails, left_out = worth_trying(mails)
        else:
            mails = mails.filter(pk=number_in(given))
        _tell(request, try_again(mails, by=account_of(request)), left_out)
        return redirect(mails_url())


def _tell(request: HttpRequest, count: int, left_out: int) -> None:
    if left_out:
        sentence = ngettext(
            "%(count)d mail was left out: it would be refused again. Its row says what to do.",
            "%(count)d mails were left out: they would be refused again. Their rows say what to do.",
            left_out,
        )
        messages.warning(request, sentence % {"count": left_out})
    if not count and left_out:
        return
    if not count:
        messages.warning(request, _("Nothing was tried again: it has left meanwhile, or is leaving now."))
        return
    sentence = ngettext(
        "%(count)d mail is in the queue again and leaves with the next run of the worker.",
        "%(count)d mails are in the queue again and leave with the next run of the worker.",
        count,
    )
    messages.success(request, sentence % {"count": count})


class MailAdmin(ModelAdmin):
    model = OutgoingMail
    base_url_path = BASE
    menu_label = gettext_lazy("Mails that did not leave")
    menu_icon = "mail"
    add_to_admin_menu = False
    history_view_enabled = False
    permission_helper_class = MailPermissions

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        name = self.url_helper.get_action_url_name("index")
        return (re_path(rf"^{BASE}/$", keeps_quiet(self.index_view), name=name),)

    def index_view(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = MailView.as_view(model_admin=self)(request)
        return response

    def register_admin_url_finders(self) -> None:
        """There is no page of one mail."""

    def register_indexing(self) -> None:
        """The outbox stays out of Wagtail's reference index."""
