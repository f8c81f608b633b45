"""Nobody's desk in the demo is empty, leaders have two years, and its words are a ministry's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from example_site.demo import archive, at_work, content, help_desk, ministry
from example_site.demo.calendar_days import working_days_back
from example_site.demo.history import two_years
from example_site.demo.petitions import WORKING_DAYS_BACK, Loader
from example_site.demo.stage import case_of
from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.figures import waiting_for_publisher, with_public_text
from pakn_portal.cases.enums import SEALED, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.pages.models import SectionPage
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.reports import daily
from pakn_portal.reports.periods import YEAR, last_months, same_days_before, until_today
from pakn_portal.reports.sums import SECTOR, UNIT, Figures, Reach, total
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.audit.figures import counted
from pakn_portal.staff.boards.audit.filters import in_days, usual_days, visible_lines
from pakn_portal.staff.boards.audit.kinds import FOREMOST, WATCHED
from pakn_portal.staff.boards.leaders import Asked, Board
from pakn_portal.staff.cases.list.saved import views_of
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.help.models import Difficulty
from pakn_portal.staff.lists.replaced_bases import replaced
from pakn_portal.staff.mails.rows import stuck_mails
from tests.fixtures.rows import Kept

#: A Tuesday afternoon.
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
#: Closed cases of a month: fewer than the demo has.
FEW = 5
LEADING = {row["unit"] for row in content.people() if row["role"] == "focal"}
#: How the sentences of a machine, or of a developer, are told apart from a ministry's.
FOREIGN = re.compile(
    r"\b(?:the|and|with|your|please|test|demo|lorem|ipsum|todo|foo|bar|hello|case|click|email|ok)\b", re.I
)
MARKS = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.I)


def load_desks() -> None:
    ministry.make_units()
    ministry.make_people()
    ministry.name_lead_units()
    Loader(NOW, per_month=FEW).load_desks(lambda done, total: None)
    help_desk.report_difficulties()
    assert (at_work.save_views(), at_work.keep_drafts()) == (4, 2)
    assert at_work.read_contacts() == len(content.at_work()["contacts"])
    assert at_work.read_contacts() == 0


_desks = Kept(load_desks)


@pytest.fixture
def desks(section: SectionPage) -> Iterator[None]:
    """What `load_demo --first` makes of people and cases."""
    with clock.acting_at(NOW):
        _desks()
        yield


def scope(name: str) -> Scope:
    return scope_of(get_user_model().objects.get(username=name))


def person(unit: str, role: str) -> Scope:
    [row] = [row for row in content.people() if (row["unit"], row["role"]) == (unit, role)]
    return scope(row["username"])


def figures(of: Scope) -> dict[str, int]:
    return worklists.figures(of, clock.today(), current_calendar())


@pytest.mark.slow
def test_everybody_finds_work_of_their_kind(desks: None) -> None:
    empty = []
    for unit in sorted(LEADING):
        officer, focal = person(unit, "officer"), person(unit, "focal")
        head = scope("lanhdaobo") if unit == "cuc-pctnxh" else person(unit, "head")
        found = {
            "the focal person has a case to assign": worklists.cases_in(focal, worklists.MINE).count(),
            "the officer has a case": worklists.cases_in(officer, worklists.MINE).count(),
            "the officer waits for somebody": worklists.cases_in(officer, worklists.ELSEWHERE).count(),
            "the head has an answer to approve": worklists.cases_in(head, worklists.MINE).count(),
            "something is late or will be": figures(head)[worklists.OVERDUE] + figures(head)[worklists.SOON],
        }
        empty += [(unit, what) for what, count in found.items() if not count]
    assert empty == []
    people = {row["username"] for row in content.people() if row["role"] not in ("admin", "auditor")}
    idle = {name for name in people if not worklists.cases_in(scope(name), worklists.MINE).exists()}
    assert idle == set()
    office, leader = figures(scope("vanphong")), scope("lanhdaobo")
    assert {name for name, count in office.items() if not count} == set()
    assert worklists.cases_in(scope("vanphong"), worklists.ELSEWHERE).exists()
    assert {name for name in (worklists.OVERDUE, worklists.SOON) if not figures(leader)[name]} == set()
    assert_special_roles_have_work()


def assert_special_roles_have_work() -> None:
    notices = ManualNotice.objects
    assert notices.for_work_of(scope("vanphong")).count() < 25
    for name in ("vanphong", "thanhtra", "daumoi.vu-bhxh", "daumoi.cuc-nguoi-co-cong"):
        assert notices.for_work_of(scope(name)).exists(), name
    for name in ("bientap", "bientap2"):
        assert worklists.cases_in(scope(name), worklists.MINE).filter(waiting_for_publisher()).count() > 2
    for state in (PublicTextState.DRAFT, PublicTextState.UNPUBLISHED):
        assert Case.objects.filter(with_public_text(state)).exists(), state
    sealed = Case.objects.within(scope("thanhtra")).filter(status__in=SEALED)
    assert Counter(sealed.values_list("status", flat=True)).keys() == {
        str(status) for status in SEALED - {Status.ON_PAPER}
    }
    assert worklists.cases_in(scope("thanhtra"), worklists.MINE).count() > 1
    assert worklists.cases_in(scope("phapche"), worklists.MINE).exists()
    assert DeadlineRule.objects.filter(is_verified=False).exists()
    assert set(Difficulty.objects.values_list("remedy", flat=True)) > {""}
    assert {view.name for view in views_of(scope("chuyenvien"))} == {
        "Sắp đến hạn của tôi",
        "Quá hạn cần xử lý ngay",
    }
    for name, row_id, verb in (
        ("chuyenvien", "case-24", Verb.DRAFT_ANSWER),
        ("phapche", "case-37", Verb.GIVE_OPINION),
    ):
        client = Client()
        client.force_login(scope(name).user)
        page = client.get(addresses.move_url(case_of(row_id).pk, verb)).content.decode()
        offered = re.search(r'href="([^"]*kept=[^"]*)"', page)
        assert offered, name
        assert "Cục Việc làm có ý kiến như sau" in (
            text := client.get(unescape(offered[1])).content.decode()
        ) or ("Vụ Pháp chế có ý kiến bước đầu" in text)
    assert (at_work.save_views(), at_work.keep_drafts()) == (0, 0)


@pytest.mark.django_db
def test_answers_of_the_first_look_cite_a_document_that_was_replaced(
    section: SectionPage, django_capture_on_commit_callbacks: Any
) -> None:
    with clock.acting_at(NOW), django_capture_on_commit_callbacks(execute=True):
        ministry.make_units()
        ministry.make_people()
        assert at_work.replace_documents() == 2
        archive.load_latest_answers(lambda done, total: None)
    found = replaced(scope("lanhdaobo"))
    assert found
    assert min(one.count for one in found) > 0


@pytest.mark.slow
def test_two_years_are_told_in_figures_and_everything_holds(
    desks: None, settings: Any, tmp_path: Path
) -> None:
    """With fewer cases a month than the demo has: what is played is the same."""
    Loader(NOW, per_month=FEW).load_history(lambda done, total: None)
    settings.EMAIL_BACKEND = "example_site.portal.outbox.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path
    send_due_mails()
    assert stuck_mails().exists()
    in_time = Case.objects.filter(
        submission__backdating_reason=""
    )  # what was entered late has a later number
    numbers = in_time.order_by("submission__received_at").values_list("number", flat=True)
    assert list(numbers) == sorted(numbers)
    daily.rebuild()
    cells = Figures(Reach(), clock.today()).by_month(last_months(clock.today(), 24))
    for month in last_months(clock.today(), 24):
        of_month = total(sums for (first, _unit), sums in cells.items() if first == month.first)
        assert (of_month.came_in > 0, of_month.done > 0) == (True, True), month
    assert_leaders_see_both_years()
    said = StringIO()
    call_command("pakn_verify", stdout=said)
    assert said.getvalue().endswith("0 offences.\n")
    assert Loader(NOW, per_month=FEW).load_history(lambda done, total: None) == 0


def assert_leaders_see_both_years() -> None:
    span = until_today(YEAR, clock.today())
    [year, before] = Figures(Reach(), clock.today()).of_spans(span, same_days_before(YEAR, span))
    assert min(year.on_time, year.late, before.on_time, before.late) > 0
    for by in (UNIT, SECTOR):
        shown = Board(scope("lanhdaobo"), Asked("year", by, None)).context()
        shares = {row.sums.share for row in shown["rows"] if row.sums.answered}
        assert (len(shares) > 3, len(shown["oldest"])) == (True, 10)
        assert min(tile.number for tile in shown["tiles"]) > 0
        assert min(tile.before for tile in shown["tiles"] if tile.name != "overdue") > 0


@pytest.mark.django_db
def test_the_plan_of_two_years_is_plausible(section: SectionPage) -> None:
    days = working_days_back(NOW.date(), WORKING_DAYS_BACK, current_calendar())
    plan = two_years(days)
    assert [past.day for past in plan] == sorted(past.day for past in plan)
    assert (NOW.date() - plan[0].day).days > 2 * 365
    *months, _the_last_is_told_case_by_case = Counter(past.day.strftime("%Y-%m") for past in plan).values()
    assert (min(months) > 12, max(months) < 70, len(plan) > 700) == (True, True, True)
    late = sum(past.is_late for past in plan) / len(plan)
    assert 0.08 < late < 0.3
    titles = [past.row["title"] for past in plan]
    for place in range(len(titles) - 20):
        assert len(set(titles[place : place + 20])) > 17, titles[place : place + 20]
    told = [(past.row, past.day, past.is_late) for past in plan]
    assert [(past.row, past.day, past.is_late) for past in two_years(days)] == told


def written() -> Iterator[tuple[str, str]]:
    """Every text that officials of the demo write, with where it stands."""
    for row in content.cases():
        yield from ((f"{row['id']} {key}", text) for key, text in row["notes"].items())
        yield from ((f"{row['id']} {key}", row[key]) for key in row if key in ("answer", "public_answer"))
        yield f"{row['id']} title", row["title"]
    for step, texts in content.notes().items():
        yield from ((step, text) for text in texts)
    for row in content.outside():
        yield from ((row["title"], row[key]) for key in ("title", "content", "note"))
    for row in content.at_work()["drafts"]:
        yield from (
            (f"draft {row['case']}", text) for text in (row["words"].get(k) for k in ("body", "note")) if text
        )
    yield from (("view", row["name"]) for row in content.at_work()["views"])
    yield from (("difficulty", row["words"]) for row in content.difficulties())


#: Written on a keyboard without Vietnamese letters, as some senders do.
WITHOUT_MARKS = {"case-54 title"}


def test_everything_is_written_in_vietnamese() -> None:
    texts = [(place, text) for place, text in written() if place not in WITHOUT_MARKS]
    assert [(place, text) for place, text in texts if FOREIGN.search(text)] == []
    assert [(place, text) for place, text in texts if not MARKS.search(text)] == []
    assert len(texts) > 900


def test_no_two_desks_read_the_same() -> None:
    """Titles are all different, and a note that one sees in a list is not everywhere."""
    rows = content.cases()
    assert [title for title, times in Counter(row["title"] for row in rows).items() if times > 1] == []
    published = {row["title"] for row in content.answers()}
    assert [row["id"] for row in rows if row["title"] in published] == []
    own = Counter(row["notes"].get("forward") for row in rows if row["id"].startswith("case-"))
    del own[None]
    assert max(own.values()) == 1


def test_the_auditor_finds_something_worth_a_look(desks: None) -> None:
    days = usual_days()
    lines = visible_lines(scope("kiemtoan")).filter(in_days(days.first, days.last))
    found = counted(lines)
    assert all(found.of(code) for code in FOREMOST), {kind.code: found.of(kind.code) for kind in WATCHED}
    assert len(found.actors) > 5
