"""The doors to what senders without e-mail are to be told; each starts from the cases its visitor may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from pakn_portal.error_reports import keeps_quiet
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.people.scope import scope_of
from pakn_portal.staff.notices.many import LettersView
from pakn_portal.staff.notices.told import ToldLettersView
from pakn_portal.staff.notices.view import NoticeListView, NoticeView

BASE = "pakn/notices"


class NoticePermissions(PermissionHelper):
    """The list is for staff; rows are neither made nor changed nor deleted by hand."""

    def user_can_list(self, user: Any) -> bool:
        return scope_of(user).is_staff

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: ManualNotice) -> bool:
        return False

    user_can_delete_obj = user_can_inspect_obj = user_can_edit_obj


class NoticeAdmin(ModelAdmin):
    model = ManualNotice
    base_url_path = BASE
    menu_label = _("Senders to be told")
    menu_icon = "mail"
    add_to_admin_menu = False
    history_view_enabled = False
    permission_helper_class = NoticePermissions

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        index = self.url_helper.get_action_url_name("index")
        one = self.url_helper.get_action_url_name("inspect")
        many = self.url_helper.get_action_url_name("letters")
        told = self.url_helper.get_action_url_name("told")
        keys = r"(?P<instance_pk>\d{1,18})/(?P<notice_pk>\d{1,18})"
        return (
            re_path(rf"^{BASE}/$", keeps_quiet(self.index_view), name=index),
            re_path(rf"^{BASE}/letters/$", keeps_quiet(self.letters_view), name=many),
            re_path(rf"^{BASE}/told/$", keeps_quiet(self.told_view), name=told),
            re_path(rf"^{BASE}/{keys}/$", keeps_quiet(self.notice_view), name=one),
        )

    def index_view(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = NoticeListView.as_view(model_admin=self)(request)
        return response

    def notice_view(self, request: HttpRequest, instance_pk: str, notice_pk: str) -> HttpResponseBase:
        view = NoticeView.as_view(model_admin=self, instance_pk=instance_pk, notice_pk=notice_pk)
        response: HttpResponseBase = view(request)
        return response

    def letters_view(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = LettersView.as_view(model_admin=self)(request)
        return response

    def told_view(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = ToldLettersView.as_view(model_admin=self)(request)
        return response

    def register_admin_url_finders(self) -> None:
        """Wagtail's own lists name no notice."""

    def register_indexing(self) -> None:
        """Notices stay out of Wagtail's reference index."""
