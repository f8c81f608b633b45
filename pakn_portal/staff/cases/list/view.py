"""The list of cases: three tabs, filters in the address, pages, download."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import IndexView

from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.list import worklists
from pakn_portal.staff.cases.list.export import CSV, XLSX, as_spreadsheet
from pakn_portal.staff.cases.list.filters import CaseFilterSet
from pakn_portal.staff.cases.list.rows import Row, rows_of
from pakn_portal.staff.paging import CappedPaginator

PAGE_SIZE = 30
ORDERS = {
    "due": (F("due_on").asc(nulls_last=True), "-pk"),
    "newest": ("-pk",),
    "oldest": ("pk",),
}


class CaseListView(IndexView):
    """Replaces what modeladmin does with the query string: no look-ups but those of the filter set."""

    page_kwarg = "p"

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        return [], False, {}, False

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet[Case]:
        request = request or self.request
        found = worklists.cases_in(scope_of(request.user), self.tab_of(request)).with_names()
        self.filterset = CaseFilterSet(request.GET, queryset=found, request=request)
        if not self.filterset.is_valid():
            return found.none()
        order = ORDERS.get(request.GET.get("order", ""), ORDERS["newest"])
        cases: QuerySet[Case] = self.filterset.qs.order_by(*order)
        return cases

    def as_spreadsheet(self, queryset: QuerySet[Case], spreadsheet_format: str) -> HttpResponseBase:
        return as_spreadsheet(queryset, spreadsheet_format)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self._page()
        return {
            "view": self,
            "tabs": self._tabs(),
            "filterset": self.filterset,
            "active_filters": self._active_filters(),
            "page_obj": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
            "page_query": self._query("p"),
            "rows": self._rows(page),
            "scope": self.scope,
            "export_urls": [(kind.upper(), self._link(export=kind)) for kind in (XLSX, CSV)],
            "entry_url": addresses.entry_url() if self.scope.is_intake else "",
            "orders": self._orders(),
            "breadcrumbs_items": [{"url": "", "label": _("Cases")}],
            "page_title": _("Cases"),
            "header_icon": self.header_icon,
            **kwargs,
        }

    @property
    def scope(self) -> Scope:
        return scope_of(self.request.user)

    @staticmethod
    def tab_of(request: HttpRequest) -> str:
        tab = request.GET.get("scope", "")
        return tab if tab in (worklists.MINE, worklists.UNIT) else worklists.ALL

    @cached_property
    def _given(self) -> QueryDict:
        """The query string without what is empty: it stays short and can be sent to a colleague."""
        given: QueryDict = self.request.GET.copy()
        for name in list(given):
            given.setlist(name, [value for value in given.getlist(name) if value])
            if not given.getlist(name):
                del given[name]
        given.pop("export", None)
        return given

    def _query(self, *without: str, **changes: str) -> str:
        query = self._given.copy()
        for name in without:
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return query.urlencode()

    def _link(self, *without: str, **changes: str) -> str:
        return f"{addresses.list_url()}?{self._query('p', *without, **changes)}"

    def _page(self) -> Page[Case]:
        paginator = CappedPaginator(self.queryset, PAGE_SIZE)
        return paginator.get_page(self.request.GET.get(self.page_kwarg))

    def _rows(self, page: Page[Case]) -> list[Row]:
        """Keys first, then names and titles of these few: a database sorts narrow rows far faster."""
        back = self._given.urlencode()
        shown: Any = page.object_list
        keys = list(shown.values_list("pk", flat=True))
        found = Case.objects.with_names().in_bulk(keys)
        cases = [found[key] for key in keys if key in found]
        return rows_of(cases, back=back if len(back) <= addresses.LONGEST_BACK else "")

    def _tabs(self) -> list[tuple[str, str, bool]]:
        """Label, address, whether it is open. Filters stay when the tab changes."""
        current = self.tab_of(self.request)
        tabs = [(worklists.MINE, _("Mine")), (worklists.UNIT, _("My unit's")), (worklists.ALL, _("All"))]
        if not self.scope.unit_ids:
            del tabs[1]
        return [(label, self._link(scope=tab), tab == current) for tab, label in tabs]

    def _orders(self) -> list[tuple[str, str, bool]]:
        current = self.request.GET.get("order", "newest")
        names = [("newest", _("newest first")), ("oldest", _("oldest first")), ("due", _("due first"))]
        return [(label, self._link(order=order), order == current) for order, label in names]

    def _active_filters(self) -> list[tuple[str, str, str]]:
        """Label, value and the address without it, for each filter in use."""
        return [
            (label, value, self._link(*_parameters(name))) for label, value, name in self.filterset.active
        ]


def _parameters(name: str) -> list[str]:
    return [name, f"{name}_from", f"{name}_to"]


def tab_url(tab: str) -> str:
    """The address of a tab with nothing filtered, for the menu."""
    return f"{addresses.list_url()}?{urlencode({'scope': tab})}"
