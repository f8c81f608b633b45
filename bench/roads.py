"""The roads of a petition walked under a tracer: how much of the house each of them enters.

`python -m bench.roads`, and a block of the table of `make bench`. Files and functions of ours, steps from
file to file, calls, database queries, those of them that are literal repeats, calls of the finder of personal
data. Nothing of it depends on the machine.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pakn_portal
from bench.site import open_site

Row = tuple[str, str, str]
_HOUSE: Final = str(Path(pakn_portal.__file__).parent)
_FINDER: Final = "find_personal_data"
_NO_QUERIES: Final = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
_WORDS: Final = "Ông/bà nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc."
_VERSION: Final = re.compile(r'name="version" value="(\d+)"')
_COLUMNS: Final = ("files", "functions", "steps", "calls", "queries", "repeats", "finder")


@dataclass
class Walk:
    """What was entered between the beginning of a road and its end."""

    name: str
    files: set[str] = field(default_factory=set)
    functions: set[tuple[str, str]] = field(default_factory=set)
    steps: int = 0
    calls: int = 0
    finder: int = 0
    queries: int = 0
    repeats: int = 0
    _last: str = ""

    def enter(self, frame: Any, event: str, _argument: Any) -> None:
        """A profiler for `sys.setprofile`."""
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(_HOUSE):
            return
        self.files.add(code.co_filename)
        self.functions.add((code.co_filename, code.co_qualname))
        self.calls += 1
        self.finder += code.co_name == _FINDER
        if self._last != code.co_filename:
            self.steps, self._last = self.steps + 1, code.co_filename

    def count(self, statements: list[str]) -> None:
        asked = [sql for sql in statements if not sql.startswith(_NO_QUERIES)]
        self.queries, self.repeats = len(asked), len(asked) - len(Counter(asked))

    @property
    def numbers(self) -> list[int]:
        return [
            len(self.files), len(self.functions), self.steps, self.calls, self.queries, self.repeats,
            self.finder,
        ]  # fmt: skip

    def __str__(self) -> str:
        return ", ".join(f"{number} {what}" for what, number in zip(_COLUMNS, self.numbers, strict=True))


class Roads:
    """The walks of one petition, in the order in which they were taken."""

    def __init__(self) -> None:
        self.walks: list[Walk] = []

    @contextmanager
    def walk(self, name: str) -> Iterator[None]:
        walk = Walk(name)
        with CaptureQueriesContext(connection) as captured:
            sys.setprofile(walk.enter)
            try:
                yield
            finally:
                sys.setprofile(None)
        walk.count([query["sql"] for query in captured.captured_queries])
        self.walks.append(walk)

    def get(self, name: str, client: Client, address: str) -> Any:
        """Once before, so that only what every opening costs is told."""
        client.get(address)
        with self.walk(name):
            response = client.get(address)
        assert response.status_code == 200, f"{name}: {response.status_code}"
        return response


def walk_all() -> list[Walk]:
    """In an open site; makes the section, a ministry and one case, from its form to the archive."""
    from django.core.management import call_command

    from bench.sending import FORM, filled_in, let_everything_in, visitor
    from pakn_portal.cases.models import Case
    from pakn_portal.notifications.outbox.sending import send_due_mails
    from pakn_portal.staff import addresses
    from tests.factories import make_ministry

    call_command("pakn_setup", verbosity=0)
    let_everything_in()
    who, roads = make_ministry(), Roads()
    reader = Client(headers={"x-forwarded-for": visitor(1)})
    page = roads.get("GET form", reader, FORM).content.decode()
    with roads.walk("POST form → receipt"):
        receipt = reader.post(FORM, filled_in(page, 1))
    case = Case.objects.get()
    assert case.number in receipt.content.decode()
    with roads.walk("outbox → mails"):
        send_due_mails()
    roads.get("GET case page, intake", _signed_in(who.intake), addresses.case_url(case.pk))
    _answer(roads, case, who)
    _publish(roads, case, who, reader)
    return roads.walks


def _answer(roads: Roads, case: Any, who: Any) -> None:
    from pakn_portal.cases.enums import Verb

    _press(roads, "receive", who.intake, case, Verb.RECEIVE)
    _press(roads, "forward", who.intake, case, Verb.FORWARD, to_unit=who.unit.pk)
    _press(roads, "assign", who.focal, case, Verb.ASSIGN, officer=who.officer.pk)
    written = {"body": _WORDS, "legal_bases": "38/2013/QH13", "outcome": "explained"}
    _press(roads, "draft", who.officer, case, Verb.DRAFT_ANSWER, **written)
    _press(roads, "submit", who.officer, case, Verb.SUBMIT_ANSWER)
    _press(roads, "approve", who.head, case, Verb.APPROVE_ANSWER)


def _publish(roads: Roads, case: Any, who: Any, reader: Client) -> None:
    from pakn_portal.answers.actions import prepare_public_text
    from pakn_portal.pages.answers.actions import publish_answer, request_publication
    from pakn_portal.pages.models import AnswerPage
    from pakn_portal.search.page.models import ArchivePage
    from pakn_portal.staff import addresses

    words = {
        "title": "Nghỉ việc hai tháng còn được nộp hồ sơ trợ cấp thất nghiệp không?",
        "question": "Nghỉ việc đã hai tháng thì còn được nộp hồ sơ không?",
        "answer": "Người lao động nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc.",
    }
    steps: list[tuple[str, Callable[[], object]]] = [
        ("prepare_public_text", lambda: prepare_public_text(case, **words, by=who.officer)),
        ("request_publication", lambda: request_publication(case, by=who.officer)),
        ("publish_answer → archive", lambda: publish_answer(case, by=who.publisher)),
    ]
    for name, step in steps:
        if name.startswith("publish"):
            roads.get("GET case page, publisher", _signed_in(who.publisher), addresses.case_url(case.pk))
        case.refresh_from_db()
        with roads.walk(name):
            step()
    archive = ArchivePage.objects.get().url
    roads.get("search → highlighted hit", reader, f"{archive}?q=trợ cấp thất nghiệp")
    roads.get("answer page", reader, AnswerPage.objects.get().url)


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _press(roads: Roads, name: str, user: Any, case: Any, verb: Any, **data: object) -> None:
    """Open the form of an action and send it, as its screen does."""
    from pakn_portal.staff import addresses

    client, address = _signed_in(user), addresses.move_url(case.pk, verb)
    page = roads.get(f"GET {name}", client, address).content.decode()
    version = _VERSION.findall(page)[0]
    with roads.walk(f"POST {name}"):
        response = client.post(address, {"version": version, **data})
    assert response.status_code == 302, response.content.decode()
    case.refresh_from_db()


def rows() -> list[Row]:
    """In an open site without a ministry."""
    return [("any", f"road: {walk.name}", str(walk)) for walk in walk_all()]


def main() -> int:
    with open_site("sqlite"):
        walks = walk_all()
    print(f"| road | {' | '.join(_COLUMNS)} |\n| --- |{' ---: |' * len(_COLUMNS)}")
    for walk in walks:
        print(f"| {walk.name} | {' | '.join(map(str, walk.numbers))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
