"""The boards of the roles: the day, the unit, the Ministry Office, the leaders, the publishers.

A constant number of queries for each, whatever the number of cases. A number is counted over the rows of the
list that it leads to; a board without anything says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pakn_portal import clock
from pakn_portal.answers import figures
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.step_limits import publisher_days
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import IS_OPEN
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.names import person
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.models import Sector
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.leaders import Asked, Board, unit_names
from pakn_portal.staff.boards.sections import BoardNumber, Section, Table, TableRow
from pakn_portal.staff.boards.views import board_url
from pakn_portal.staff.cases.list.counted import LABELS
from pakn_portal.staff.cases.list.rows import TAKEN_OFF, rows_of
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.cases.waiting.next_case import next_of
from pakn_portal.staff.lists.replaced_bases import count_of_answers, replaced_bases_url

#: So many cases stand on the first page; the list has all.
SHOWN: Final = 8
#: So many rows of a table.
MOST_ROWS: Final = 20

ListQuery = Mapping[str, str | int]


def of_leader(scope: Scope, calendar: Calendar) -> Section:
    board = Board(scope, Asked.read({}))
    flows = {"came_in": 0, "done": 1, "late": 3, "overdue": 4}
    rows = [
        TableRow(row.name, "", [BoardNumber("", *row.numbers[at]) for at in flows.values()])
        for row in board.worst()
    ]
    heads = [*(str(LABELS[name]) for name in list(flows)[:3]), pgettext("figure", "overdue now")]
    return Section(
        "leader",
        _("This month in the ministry"),
        numbers=[
            BoardNumber(
                tile.label,
                tile.number,
                tile.url,
                tile.said,
                is_bad=tile.name == worklists.OVERDUE and tile.number > 0,
            )
            for tile in board.tiles()
        ],
        tables=[Table(_("The units with most that is overdue"), heads, rows)],
        more=(_("Units, months and the oldest cases"), board_url()),
    )


def my_day(scope: Scope, calendar: Calendar) -> Section:
    """The first of the list of what needs this person, in its order and with its days."""
    cases = list(next_of(scope)[:SHOWN])
    days = publisher_days(case.pk for case in cases) if scope.is_publisher else None
    return Section(
        "day",
        _("My day"),
        cases=rows_of(cases, back="scope=mine", calendar=calendar, days=days, scope=scope),
        more=(_("All that wait for you"), addresses.list_url(scope=worklists.MINE)),
        empty=_("Nothing waits for you. New work appears here by itself; “All cases” has the rest."),
    )


def of_office(scope: Scope, calendar: Calendar) -> Section:
    """What came since the last worked day, what nobody touched since, and what is about to be late. What did
    not go out stands beneath the figures of work.
    """
    today = clock.today()
    since = calendar.worked_before(today)
    visible = Case.objects.within(scope).order_by()
    came = visible.filter(registered_on__gte=since).count()
    untouched = visible.filter(figures.untouched(today, calendar)).count()
    numbers = [
        BoardNumber(
            _("came since %(day)s") % {"day": f"{since:%d/%m}"},
            came,
            addresses.list_url(scope=worklists.ALL, registered_from=f"{since:%d/%m/%Y}"),
        ),
        BoardNumber(
            _("untouched since the last working day"),
            untouched,
            addresses.list_url(scope=worklists.ALL, untouched="true"),
            is_bad=untouched > 0,
        ),
    ]
    return Section(
        "office",
        _("Ministry Office"),
        numbers=numbers,
        tables=[_late_by_unit(visible, scope, calendar)],
        empty=_("No unit has a case that is overdue or due soon."),
    )


def _late_by_unit(visible: Any, scope: Scope, calendar: Calendar) -> Table:
    today, keeper = clock.today(), scope.reads_sealed
    soon = figures.overdue(today, keeper=keeper) | figures.due_soon(today, calendar, keeper=keeper)
    rows = (
        visible.filter(soon, lead_unit__isnull=False)
        .values("lead_unit_id")
        .annotate(**_by_due(scope, calendar))
    )
    rows = list(rows.order_by("-overdue", "-soon", "lead_unit_id")[:MOST_ROWS])
    names = unit_names(row["lead_unit_id"] for row in rows)
    return _due_table(
        _("Late, or about to be, by unit"),
        rows,
        {"scope": worklists.ALL},
        lambda row: (names.get(row["lead_unit_id"], ""), {"lead_unit": row["lead_unit_id"]}),
    )


def of_unit(scope: Scope, calendar: Calendar) -> Section:
    """By officer and by sector; what is due, and what waits for approval."""
    keeper = scope.reads_sealed
    cases = worklists.cases_in(scope, worklists.UNIT).filter(figures.unfinished(keeper)).order_by()
    counts = {
        **_by_due(scope, calendar),
        **_BESIDE_DUE,
        "later": Count("pk", filter=figures.due_later(clock.today(), calendar, keeper=keeper)),
    }
    whole = cases.aggregate(**counts)
    link = _link(scope=worklists.UNIT)
    numbers = [
        BoardNumber(_("waiting for approval"), whole["approval"], link(status="draft_review")),
        BoardNumber(_("overdue"), whole["overdue"], link(due=worklists.OVERDUE), is_bad=whole["overdue"] > 0),
        BoardNumber(_("due soon"), whole["soon"], link(due=worklists.SOON)),
        BoardNumber(_("due later"), whole["later"], link(later="true")),
        BoardNumber(_("not assigned"), whole["nobody"], link(status="open", no_officer="true")),
        _asked(scope),
    ]
    return Section(
        "unit",
        _("My unit"),
        numbers=numbers,
        tables=[_by_officer(cases, scope, calendar), _by_sector(cases, scope, calendar)],
        more=(_("Units, months and the oldest cases"), board_url()),
        empty=_("Your unit has no open case."),
    )


def _asked(scope: Scope) -> BoardNumber:
    """The cases of others, so it stands apart from the table of one's own."""
    asked = Case.objects.within(scope).filter(worklists.asked_for_opinion(scope)).count()
    url = addresses.list_url(scope=worklists.ALL, opinion="true")
    return BoardNumber(_("waiting for your unit's opinion"), asked, url)


def _by_officer(cases: Any, scope: Scope, calendar: Calendar) -> Table:
    rows = cases.values("officer_id").annotate(**_OPEN, **_by_due(scope, calendar))
    rows = list(rows.order_by("-overdue", "-open", "officer_id")[:MOST_ROWS])
    people = get_user_model()._default_manager.in_bulk(
        [row["officer_id"] for row in rows if row["officer_id"]]
    )
    return _due_table(
        _("Open cases by officer"),
        rows,
        {"scope": worklists.UNIT},
        lambda row: (
            (person(people.get(row["officer_id"])), {"officer": row["officer_id"]})
            if row["officer_id"]
            else (_("not assigned"), {"no_officer": "true"})
        ),
    )


def _by_sector(cases: Any, scope: Scope, calendar: Calendar) -> Table:
    rows = cases.values("sector_id").annotate(**_OPEN, **_by_due(scope, calendar))
    rows = list(rows.order_by("-open", "sector_id")[:MOST_ROWS])
    sectors = Sector.objects.in_bulk({row["sector_id"] for row in rows} - {None})
    return _due_table(
        _("Open cases by sector"),
        rows,
        {"scope": worklists.UNIT},
        lambda row: (
            (str(sectors.get(row["sector_id"], "")), {"sector": row["sector_id"]})
            if row["sector_id"]
            else (_("without a sector"), {"no_sector": "true"})
        ),
    )


def of_publisher(scope: Scope, calendar: Calendar) -> Section:
    """How many wait, were taken off, and are being prepared by units. Which ones wait stands in the day."""
    visible = Case.objects.within(scope)
    waiting = visible.filter(figures.waiting_for_publisher()).count()
    counts = {state: visible.filter(figures.with_public_text(state)).count() for state in _TEXTS}
    everything = addresses.list_url(scope=worklists.ALL, to_publish="true")
    numbers = [BoardNumber(_("waiting for publication"), waiting, everything)]
    numbers += [
        BoardNumber(
            str(label),
            counts[state],
            addresses.list_url(scope=worklists.ALL, public_text=state.value),
            _longest_off(visible) if state == PublicTextState.UNPUBLISHED else "",
        )
        for state, label in ((state, _TEXTS[state]()) for state in _TEXTS)
    ]
    to_correct = visible.filter(figures.waiting_for_correction()).count()
    numbers += [
        BoardNumber(
            _("corrections to release"),
            to_correct,
            addresses.list_url(scope=worklists.ALL, to_correct="true"),
            is_bad=to_correct > 0,
        ),
        BoardNumber(
            _("answers that rest on replaced documents"), count_of_answers(scope), replaced_bases_url()
        ),
    ]
    return Section(
        "publisher",
        _("Publication"),
        numbers=numbers,
        empty=""
        if waiting
        else _("No answer waits for you. Units send them when their public text is ready."),
    )


def _longest_off(visible: Any) -> str:
    """Of the answers that were taken off."""
    off = AnswerPage.objects.filter(TAKEN_OFF, public_text__case__in=visible.values("pk"))
    since = off.aggregate(since=Min("unpublished_on"))["since"]
    if since is None:
        return ""
    days = (clock.today() - since).days
    told = ngettext("the longest for %(count)s day", "the longest for %(count)s days", days)
    return told % {"count": days}


_TEXTS: Final[dict[PublicTextState, Callable[[], str]]] = {
    PublicTextState.UNPUBLISHED: lambda: _("taken off the site, to be corrected"),
    PublicTextState.DRAFT: lambda: _("being prepared by units"),
}
#: Beside those of `_by_due`.
_BESIDE_DUE: Final[dict[str, Any]] = {
    "approval": Count("pk", filter=figures.WAITING_FOR_APPROVAL),
    "nobody": Count("pk", filter=IS_OPEN & Q(officer=None)),
}
_OPEN: Final[dict[str, Any]] = {"open": Count("pk", filter=IS_OPEN)}


def _by_due(scope: Scope, calendar: Calendar) -> dict[str, Any]:
    today, keeper = clock.today(), scope.reads_sealed
    return {
        "overdue": Count("pk", filter=figures.overdue(today, keeper=keeper)),
        "today": Count("pk", filter=figures.due_today(today, keeper=keeper)),
        "soon": Count("pk", filter=figures.due_soon(today, calendar, keeper=keeper)),
    }


def _due_table(
    caption: str,
    rows: list[dict[str, Any]],
    base: ListQuery,
    told: Callable[[dict[str, Any]], tuple[str, ListQuery]],
) -> Table:
    """A row for each, with what is open (where it was counted), overdue, due today and due soon."""
    columns = [("open", pgettext("figure", "open")), ("overdue", _("overdue")), ("today", _("due today"))]
    columns = [
        pair
        for pair in [*columns, ("soon", _("due soon"))]
        if pair[0] != "open" or "open" in (rows or [{}])[0]
    ]
    lines = []
    for row in rows:
        name, query = told(row)
        link = _link(**base, **query)
        urls = {key: link(status="open") if key == "open" else link(due=key) for key, _label in columns}
        lines.append(TableRow(name, "", [BoardNumber("", row[key], urls[key]) for key, _label in columns]))
    return Table(caption, [label for _key, label in columns], lines)


def _link(**base: str | int) -> Callable[..., str]:
    return lambda **more: addresses.list_url(**{**base, **more})
