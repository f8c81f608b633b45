"""The Case in wagtail-modeladmin, hardened: every door starts from the cases its visitor may see.

Of the views that modeladmin offers only list and case page exist; there is no address for edit, delete,
history or create, because a case is changed by verbs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.urls.resolvers import RegexPattern
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.error_reports import keeps_quiet
from pakn_portal.people.scope import scope_of
from pakn_portal.staff.addresses import BASE, case_url
from pakn_portal.staff.cases.bulk.view import BulkView, ReadView
from pakn_portal.staff.cases.entry.look import LookView
from pakn_portal.staff.cases.entry.view import EntryView, ReceiptAgainView
from pakn_portal.staff.cases.letters import LetterView
from pakn_portal.staff.cases.list.saving import SavedViewsView
from pakn_portal.staff.cases.list.view import PAGE_SIZE, CaseListView, CaseResultsView
from pakn_portal.staff.cases.moves.form_view import FormView
from pakn_portal.staff.cases.moves.view import MoveView
from pakn_portal.staff.cases.page import CasePageView, ContactsView
from pakn_portal.staff.cases.redaction import RedactionView
from pakn_portal.staff.cases.taking_in import IntakeView, NextIntakeView
from pakn_portal.staff.cases.writing.telling import KINDS as TELLING
from pakn_portal.staff.cases.writing.telling import TellingView
from pakn_portal.staff.cases.writing.view import VERBS as WRITING
from pakn_portal.staff.cases.writing.view import WritingView
from pakn_portal.staff.kept_words import FormAddress


class CasePermissions(PermissionHelper):
    """Asks the scope, never a permission of the model. One object for the process, so it keeps nothing."""

    def user_can_list(self, user: Any) -> bool:
        return scope_of(user).is_staff

    def user_can_create(self, user: Any) -> bool:
        return scope_of(user).is_intake

    def user_can_inspect_obj(self, user: Any, obj: Case) -> bool:
        return Case.objects.visible_to(user).filter(pk=obj.pk).exists()

    def user_can_edit_obj(self, user: Any, obj: Case) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Case) -> bool:
        return False


class CaseURLFinder:
    """The address that Wagtail's own lists link a case to, for whoever may open it."""

    def __init__(self, user: Any = None) -> None:
        self.user = user

    def get_edit_url(self, instance: Case) -> str | None:
        if self.user is None or not Case.objects.visible_to(self.user).filter(pk=instance.pk).exists():
            return None
        return case_url(instance.pk)


class CaseAdmin(ModelAdmin):
    model = Case
    base_url_path = BASE
    menu_label = _("Cases")
    menu_icon = "clipboard-list"
    list_display = ("number",)
    list_export = ("number",)
    list_per_page = PAGE_SIZE
    inspect_view_enabled = True
    history_view_enabled = False
    add_to_admin_menu = False
    permission_helper_class = CasePermissions
    index_view_class = CaseListView
    inspect_view_class = CasePageView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.visible_to(request.user)

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        case = r"(?P<instance_pk>\d{1,18})"
        return (
            self._url(rf"^{BASE}/$", self.index_view, "index"),
            self._url(rf"^{BASE}/results/$", self.results_view, "results"),
            self._url(rf"^{BASE}/views/$", self.views_view, "views"),
            self._url(rf"^{BASE}/inspect/{case}/$", self.inspect_view, "inspect"),
            self._url(rf"^{BASE}/contacts/{case}/$", self.contacts_view, "contacts"),
            self._url(rf"^{BASE}/intake/$", self.next_intake_view, "next_intake"),
            self._form(rf"^{BASE}/intake/{case}/$", IntakeView, "intake"),
            self._form(rf"^{BASE}/bulk/$", BulkView, "bulk"),
            self._url(rf"^{BASE}/read/{case}/$", self.read_view, "read"),
            self._url(rf"^{BASE}/letter/{case}/(?P<kind>[a-z]{{1,20}})/$", self.letter_view, "letter"),
            self._url(
                rf"^{BASE}/letter/{case}/(?P<kind>[a-z]{{1,20}})/(?P<act>[0-9]{{1,9}})"
                rf"(?:-(?P<lead>[0-9]{{1,18}}))?/$",
                self.letter_view,
                "past_letter",
            ),
            self._form(rf"^{BASE}/move/{case}/(?P<verb>[a-z_]{{1,30}})/$", MoveView, "move", _VIEWS),
            self._form(rf"^{BASE}/entry/$", EntryView, "entry"),
            self._url(rf"^{BASE}/entry/look/$", self.look_view, "look"),
            self._url(rf"^{BASE}/entry/receipt/$", self.receipt_view, "receipt"),
        )

    def _url(self, pattern: str, view: Any, action: str) -> URLPattern:
        name = self.url_helper.get_action_url_name(action)
        url: URLPattern = re_path(pattern, keeps_quiet(view), name=name)
        return url

    def _form(
        self,
        pattern: str,
        view: type[FormView],
        action: str,
        of_verbs: Mapping[str, type[FormView]] = MappingProxyType({}),
    ) -> URLPattern:
        """`of_verbs`: the views that some verbs have in place of `view`."""

        def answer(request: HttpRequest, **given: Any) -> HttpResponseBase:
            return _answer(of_verbs.get(given.get("verb", ""), view), request, model_admin=self, **given)

        name = self.url_helper.get_action_url_name(action)
        return FormAddress(RegexPattern(pattern, name=name, is_endpoint=True), answer, name=name)

    def results_view(self, request: HttpRequest) -> HttpResponseBase:
        return _answer(CaseResultsView, request, model_admin=self)

    def views_view(self, request: HttpRequest) -> HttpResponseBase:
        return _answer(SavedViewsView, request)

    def contacts_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        return _answer(ContactsView, request, model_admin=self, instance_pk=instance_pk)

    def next_intake_view(self, request: HttpRequest) -> HttpResponseBase:
        return _answer(NextIntakeView, request)

    def read_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        return _answer(ReadView, request, model_admin=self, instance_pk=instance_pk)

    def letter_view(self, request: HttpRequest, instance_pk: str, kind: str, **past: str) -> HttpResponseBase:
        return _answer(LetterView, request, model_admin=self, instance_pk=instance_pk, kind=kind, **past)

    def look_view(self, request: HttpRequest) -> HttpResponseBase:
        return _answer(LookView, request)

    def receipt_view(self, request: HttpRequest) -> HttpResponseBase:
        return _answer(ReceiptAgainView, request, model_admin=self)

    def register_admin_url_finders(self) -> None:
        register_admin_url_finder(Case, CaseURLFinder)

    def register_indexing(self) -> None:
        """Cases stay out of Wagtail's reference index: its usage lists know nothing of units."""


#: Of the verbs that have a screen of their own.
_VIEWS: dict[str, type[FormView]] = {
    Verb.PREPARE_PUBLIC_TEXT: RedactionView,
    **dict.fromkeys(WRITING, WritingView),
    **dict.fromkeys(TELLING, TellingView),
}


def _answer(view: type[View], request: HttpRequest, **given: Any) -> HttpResponseBase:
    return view.as_view(**given)(request)
