"""The list of cases: tabs, filters in the address, orders and columns to choose, saved views, download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail_modeladmin.views import IndexView

from pakn_portal.answers.step_limits import publisher_days
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.bulk.table import bulk_acts, label_of_act
from pakn_portal.staff.cases.list import columns, saved
from pakn_portal.staff.cases.list.export import CSV, XLSX, as_spreadsheet
from pakn_portal.staff.cases.list.filters import STILL_OPEN, CaseFilterSet
from pakn_portal.staff.cases.list.rows import Row, rows_of
from pakn_portal.staff.cases.waiting import orders, worklists
from pakn_portal.staff.models import SavedView
from pakn_portal.staff.paging import CappedPaginator

PAGE_SIZE = 30
#: The tab of the entry in the menu that was chosen.
OPENED = "opened"
TABS = (worklists.MINE, worklists.ELSEWHERE, worklists.UNIT, worklists.ALL)


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    url: str
    is_open: bool
    #: "1000+" beyond what is counted; empty where nobody counts.
    count: str = ""


@dataclass(frozen=True)
class Heading:
    """Of a column. `url`: sorts by it, empty where it cannot be; `sorted`: as `aria-sort` has it."""

    name: str
    label: Any
    url: str = ""
    sorted: str = ""


def found_in(lists: worklists.Worklists, query: QueryDict, request: HttpRequest) -> CaseFilterSet:
    """The filter set over the cases of the tab that the query names; its `qs` is in no order yet."""
    tab = tab_of(query)
    found = CaseFilterSet(query, queryset=lists.cases_in(tab).with_names(), request=request)
    found.tab = tab
    return found


def ordered(found: CaseFilterSet, query: QueryDict, scope: Scope) -> QuerySet[Case]:
    """Of a filter set that is valid."""
    order = orders.in_order(query.get("order", ""), scope, is_desk=found.is_desk)
    if found.is_taken_off and not query.get("order"):
        order = ("public_text__page__unpublished_on", "pk")
    cases: QuerySet[Case] = found.qs.order_by(*order)
    return cases


def tab_of(query: QueryDict) -> str:
    tab = query.get("scope") or query.get(OPENED, "")
    return tab if tab in TABS else worklists.ALL


def is_opened_anew(query: QueryDict) -> bool:
    """Whether nothing but an entry of the menu says what to show."""
    return not set(query) - {OPENED} or query.urlencode() == urlencode(_entry(worklists.UNIT))


def entry_of(view: SavedView) -> str:
    """The tab whose entry in the menu opens the view. What waits for others has no entry, and is mine."""
    tab = tab_of(QueryDict(view.query))
    return worklists.MINE if tab == worklists.ELSEWHERE else tab


class CaseListView(IndexView):
    """Replaces what modeladmin does with the query string: no look-ups but those of the filter set."""

    page_kwarg = "p"
    #: The address that answers a change of the filters: only what is below the header.
    is_partial = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_partial and is_opened_anew(request.GET) and (first := self._first_view(request)):
            return redirect(self._view_url(first))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @staticmethod
    def _first_view(request: HttpRequest) -> SavedView | None:
        """One's own that opens first, unless the entry of the menu is that of another tab."""
        scope, tab = scope_of(request.user), request.GET.get(OPENED, "")
        view = saved.own_views(scope).filter(opens_first=True).first() if scope.is_staff else None
        return view if view is not None and tab in ("", entry_of(view)) else None

    def get_template_names(self) -> list[str]:
        return (
            ["pakn_portal/staff/includes/results.html"] if self.is_partial else super().get_template_names()
        )

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        return [], False, {}, False

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet[Case]:
        request = request or self.request
        self.filterset = found_in(self._lists, request.GET, request)
        if not self.filterset.is_valid():
            return Case.objects.none()
        return ordered(self.filterset, request.GET, self._lists.scope)

    @staticmethod
    def _order_of(request: HttpRequest) -> str:
        return orders.order_of(request.GET.get("order", ""))

    def as_spreadsheet(self, queryset: QuerySet[Case], spreadsheet_format: str) -> HttpResponseBase:
        return as_spreadsheet(queryset, spreadsheet_format)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self._page()
        return {
            "view": self,
            "tabs": self._tabs(),
            "filterset": self.filterset,
            "drawer": {"form": self.filterset.drawer},
            "active_filters": self._active_filters(),
            "pills": self._pills(),
            "clear_url": self._link(*_FILTERS),
            "page_obj": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
            "page_query": self._query("p"),
            "rows": self._rows(page),
            "columns": self._columns,
            "headings": self._headings(),
            "choosable": [(each, each in self._columns) for each in columns.COLUMNS.values()],
            "carried": [(name, value) for name in self._given for value in self._given.getlist(name)],
            "views": [(each, self._view_url(each)) for each in self._views],
            "view_here": self._view_here,
            "view_name": self._view_name,
            "droppable": [each for each in self._views if saved.may_drop(self.scope, each)],
            "units": self._units_to_share_with(),
            "scope": self.scope,
            "export_urls": [(kind.upper(), self._link(export=kind)) for kind in (XLSX, CSV)],
            "entry_url": addresses.entry_url() if self.scope.is_intake else "",
            "results_url": addresses.results_url(),
            "views_url": addresses.views_url(),
            "bulk_url": addresses.bulk_url(),
            "bulk_verbs": [(name, label_of_act(name)) for name in bulk_acts(self.scope)],
            "back": self._given.urlencode()[: addresses.LONGEST_BACK],
            "breadcrumbs_items": [{"url": "", "label": _("Cases")}],
            "page_title": _("Cases"),
            "header_icon": self.header_icon,
            **kwargs,
        }

    @property
    def scope(self) -> Scope:
        return scope_of(self.request.user)

    @cached_property
    def _lists(self) -> worklists.Worklists:
        return worklists.Worklists(self.scope)

    @cached_property
    def _given(self) -> QueryDict:
        """The query string without what is empty: it stays short and can be sent to a colleague."""
        given: QueryDict = self.request.GET.copy()
        for name in list(given):
            given.setlist(name, [value for value in given.getlist(name) if value])
            if not given.getlist(name):
                del given[name]
        for name in ("export", OPENED, saved.TYPED):
            given.pop(name, None)
        if OPENED in self.request.GET:
            given["scope"] = tab_of(self.request.GET)
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
        days = publisher_days(keys) if self.filterset.is_desk or self.scope.is_publisher else None
        back = back if len(back) <= addresses.LONGEST_BACK else ""
        return rows_of(cases, back=back, days=days, scope=self.scope)

    @cached_property
    def _columns(self) -> list[columns.Column]:
        return columns.columns_of(self.request.GET.getlist("cols"))

    def _headings(self) -> list[Heading]:
        due = pgettext("heading of a column", "Due")
        if self.filterset.is_to_publish:
            due = pgettext("heading of a column", "Publish by")
        named: list[tuple[str, Any]] = [
            (columns.DUE, due),
            (columns.CASE, " · ".join([pgettext("of a case", "Number"), _("Title")])),
            *((column.name, column.label) for column in self._columns),
        ]
        return [self._heading(name, label) for name, label in named]

    def _heading(self, name: str, label: Any) -> Heading:
        if name not in orders.OF_COLUMN:
            return Heading(name, label)
        first, other = orders.OF_COLUMN[name]
        now = self._order_of(self.request)
        url = self._link(order=other if now == first else first)
        is_sorted = now in (first, other)
        direction = "descending" if orders.is_falling(now) else "ascending"
        return Heading(name, label, url, direction if is_sorted else "")

    def _tabs(self) -> list[Tab]:
        """Filters stay when the tab changes."""
        current = tab_of(self.request.GET)
        labels = {
            worklists.MINE: _("Needs me"),
            worklists.ELSEWHERE: _("Waits for others"),
            worklists.UNIT: _("My unit's"),
            worklists.ALL: _("All"),
        }
        # of whoever is in no unit it is empty, and open where the address asks for it
        if not self.scope.unit_ids and current != worklists.UNIT:
            del labels[worklists.UNIT]
        return [
            Tab(name, label, self._tab_link(name), name == current, self._count(name))
            for name, label in labels.items()
        ]

    def _tab_link(self, tab: str) -> str:
        """The unit's opens with what its number counts: the open cases. That filter goes no further with it:
        what waits for a person may be an answered case.
        """
        if tab == worklists.UNIT:
            status = self._given.get("status", STILL_OPEN)
            return self._link("view", scope=tab, status=status)
        is_of_unit = tab_of(self.request.GET) == worklists.UNIT
        taken_along = is_of_unit and self._given.get("status") == STILL_OPEN
        return self._link("view", *(["status"] if taken_along else []), scope=tab)

    def _count(self, tab: str) -> str:
        """Of a tab with nothing filtered."""
        if tab == worklists.ALL:
            return ""
        found = self._lists.cases_in(tab)
        if tab == worklists.UNIT:
            found = found.open()
        return worklists.told_count(worklists.count_of(found))

    @cached_property
    def _views(self) -> list[SavedView]:
        """One's own, however many a unit has, and the first of the others."""
        own, me = saved.own_views(self.scope), self.scope.user.pk
        others = saved.views_of(self.scope).exclude(owner=me)
        return [*own[: saved.MOST], *others[: saved.MOST]]

    @property
    def _view_here(self) -> SavedView | None:
        wanted = self.request.GET.get(saved.VIEW, "")
        return next((each for each in self._views if str(each.pk) == wanted), None)

    @property
    def _view_name(self) -> str:
        """What stands in the box of the name: what was typed and not saved, or the view that is open."""
        here = self._view_here
        typed = self.request.GET.get(saved.TYPED, "")[: saved.LONGEST_NAME]
        return typed or (here.name if here is not None and here.owner_id == self.scope.user.pk else "")

    @staticmethod
    def _view_url(view: SavedView) -> str:
        query = QueryDict(view.query, mutable=True)
        query[saved.VIEW] = str(view.pk)
        return f"{addresses.list_url()}?{query.urlencode()}"

    def _units_to_share_with(self) -> list[Any]:
        return list(saved.units_of(self.scope)) if self.scope.unit_ids else []

    def _active_filters(self) -> list[tuple[str, str, str]]:
        """Label, value and the address without it, for each filter in use."""
        return [
            (label, value, self._link(*_parameters(name))) for label, value, name in self.filterset.active
        ]

    def _pills(self) -> list[dict[str, str]]:
        """The same as Wagtail's pills have it, each with its field in the drawer where it has one."""
        hidden = {field.name for field in self.filterset.form.hidden_fields()}
        named = zip(self._active_filters(), self.filterset.active, strict=True)
        return [
            {"label": label, "value": value, "url": url, "auto_id": "" if name in hidden else f"id_{name}"}
            for (label, value, url), (_label, _value, name) in named
        ]


class CaseResultsView(CaseListView):
    """What is below the header alone: the filters of the drawer ask for it as they change."""

    is_partial = True


def _parameters(name: str) -> list[str]:
    return [name, f"{name}_from", f"{name}_to"]


_FILTERS = [each for name in CaseFilterSet.base_filters for each in _parameters(name)]


def tab_url(tab: str) -> str:
    """The address of a tab, for the menu: the person's first view if it is one of this tab, or else nothing
    filtered.
    """
    return f"{addresses.list_url()}?{urlencode(_entry(tab))}"


def _entry(tab: str) -> dict[str, str]:
    """A unit is shown what is still open, as the number of its tab counts; the pill takes that away."""
    return {OPENED: tab, "status": STILL_OPEN} if tab == worklists.UNIT else {OPENED: tab}
