"""Two years of closed cases: so that leaders have figures, and officers something that was answered before.

Their words are those of the demo's published answers, asked again by other people; nobody asks before the law
that the answer cites was there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from example_site.demo import content
from example_site.demo.desks import answer_of
from example_site.demo.senders import sender_of

MONTHS = 24
#: Of each month in the middle of the two years.
PER_MONTH = 38
#: What came later than so many working days ago is told case by case in `content/cases.jsonl`.
LEAVES_OUT = 26
#: January to December: few write around Tết, many when the year ends.
SEASON = (0.85, 0.6, 1.1, 1.0, 1.05, 1.0, 1.1, 1.0, 1.05, 1.1, 1.1, 1.05)
#: Share of answers on time in the middle of the two years; each unit grows better.
ON_TIME = {
    "cuc-nguoi-co-cong": 0.72,
    "cuc-qlldnn": 0.78,
    "cuc-atld": 0.82,
    "cuc-bao-tro": 0.85,
    "cuc-gdnn": 0.87,
    "vu-bhxh": 0.88,
    "cuc-pctnxh": 0.8,
}
USUALLY_ON_TIME = 0.91
#: A feedback about one place is not sent by many.
MOST_TIMES = {"question": 99, "petition": 4, "feedback": 2}
#: For whom the deadline rules have an extension.
EXTENDED = ("citizen", "business")
FORMS = (
    "{title}",
    "Xin hỏi: {lower}",
    "{title} ({province})",
    "Nhờ Bộ giải đáp: {lower}",
    "{title} – đề nghị hướng dẫn cụ thể",
    "Cần được hướng dẫn: {lower}",
    "Hỏi thêm: {lower}",
)


@dataclass(frozen=True)
class Past:
    """One case to load: its row, the day it is registered, and how its answer goes."""

    row: dict[str, Any]
    day: date
    is_late: bool
    rng: random.Random


@dataclass
class _Sources:
    """The published answers; the one that was asked longest ago comes next."""

    rows: list[dict[str, Any]] = field(default_factory=content.answers)
    used: dict[str, tuple[int, int]] = field(default_factory=dict)
    turn: int = 0

    def next(self, day: date) -> tuple[dict[str, Any], int]:
        """The row, and how often it was asked before."""
        known = [row for row in self.rows if row["asked_on"] <= day.isoformat()] or self.rows
        fitting = [row for row in known if self._times(row) < MOST_TIMES[row["kind"]]]
        row = min(fitting, key=lambda one: self.used.get(one["id"], (0, 0))[1])
        times = self._times(row)
        self.turn += 1
        self.used[row["id"]] = (times + 1, self.turn)
        return row, times

    def _times(self, row: dict[str, Any]) -> int:
        return self.used.get(row["id"], (0, 0))[0]


def two_years(days: list[date], per_month: int = PER_MONTH) -> list[Past]:
    """The plan, the oldest first; the same whenever it is made on the same day. `days`: working days back
    from that day, as of `calendar_days.working_days_back`.
    """
    sources, outside, notes, found = _Sources(), content.outside(), content.notes(), []
    for number, (day, months_ago) in enumerate(_days_of_sending(days, per_month)):
        rng = random.Random(f"history-{number}")
        if rng.random() < 0.13:
            row = _outside_row(outside[number % len(outside)], rng)
            found.append(Past(_completed(row, number, rng), day, False, rng))
            continue
        source, times = sources.next(day)
        row = _asked_again(source, times, notes, rng)
        share = ON_TIME.get(source["unit"], USUALLY_ON_TIME) + 0.006 * (MONTHS / 2 - months_ago)
        # what was extended went on beyond its first day
        is_late = row["script"] == "extended_answered" or rng.random() > min(share, 0.97)
        found.append(Past(_completed(row, number, rng), day, is_late, rng))
    return found


def _days_of_sending(days: list[date], per_month: int) -> Iterator[tuple[date, int]]:
    today = days[0]
    rng = random.Random("days")
    by_month: dict[tuple[int, int], list[date]] = {}
    for day in reversed(days):
        by_month.setdefault((day.year, day.month), []).append(day)
    for back in range(MONTHS, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        working = by_month.get((year, month + 1), [])
        growth = 1 + 0.012 * (MONTHS / 2 - back)
        count = round(per_month * SEASON[month] * growth * rng.uniform(0.92, 1.08))
        for day in sorted(rng.choice(working) for _ in range(count if working else 0)):
            if day < days[LEAVES_OUT]:
                yield day, back


def _asked_again(
    source: dict[str, Any], times: int, notes: dict[str, list[str]], rng: random.Random
) -> dict[str, Any]:
    sender = sender_of(source["sender_kind"], rng)
    title = source["title"]
    lower = title if title.split()[0].isupper() else title[0].lower() + title[1:]
    words = {"title": title, "lower": lower, "province": sender["province"]}
    state = rng.choices(["answered", "extended_answered", "noted", "withdrawn"], [89, 6, 3, 2])[0]
    if state == "noted" and source["kind"] == "question":
        state = "answered"
    if state == "extended_answered" and source["sender_kind"] not in EXTENDED:
        state = "answered"
    unit = _unit_names()[source["unit"]]
    row = {
        "kind": source["kind"],
        "sender": sender,
        "title": FORMS[times % len(FORMS)].format(**words),
        "content": f"{rng.choice(notes['opening'])} {source['question']} {rng.choice(notes['closing'])}",
        "sector": source["sector"],
        "unit": source["unit"],
        "urgency": rng.choices(["normal", "urgent"], [94, 6])[0],
        "state": state.removeprefix("extended_"),
        "script": state,
        "answer": answer_of(source, unit),
        "outcome": source.get("outcome", "explained"),
    }
    picked = {key: rng.choice(notes[key]).format(unit=unit) for key in notes}
    return {**row, "notes": picked}


def _outside_row(source: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    state = {"guide": "out_of_scope", "refer": "forwarded", "refuse": "rejected", "to_complaint": "complaint"}
    key = {"to_complaint": "reclassify"}.get(source["act"], source["act"])
    return {
        "kind": "petition" if source["act"] in ("refer", "to_complaint") else "question",
        "sender": sender_of("citizen", rng),
        "title": source["title"],
        "content": source["content"],
        "sector": "khac",
        "unit": "van-phong",
        "urgency": "normal",
        "state": state[source["act"]],
        "script": "complaint_settled" if source["act"] == "to_complaint" else state[source["act"]],
        "agency": source.get("agency"),
        "refusal_reason": source.get("reason"),
        "notes": {key: source["note"]},
    }


def _completed(row: dict[str, Any], number: int, rng: random.Random) -> dict[str, Any]:
    channels = ["web", "email", "government_portal", "post", "in_person"]
    channel = rng.choices(channels, [70, 14, 10, 4, 2])[0]
    return {
        **row,
        "id": f"history-{number:04d}",
        "channel": channel,
        "wants_name_published": rng.random() < 0.2,
    }


def _unit_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in content.units()}
