"""What happens in a demo case, step by step, until it stands where its row says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """`act`: a method of `stage.Stage`; `gap`: working days since the step before; `note`: key in the row."""

    act: str
    gap: float = 0.0
    note: str = ""


RECEIVE = Step("receive", 0.4)
CLASSIFY = Step("classify")
FORWARD = Step("forward", 0.3, "forward")
ASSIGN = Step("assign", 0.8, "assign")
DRAFT = Step("draft", 2.0)
SUBMIT = Step("submit", 1.0, "submit_answer")
APPROVE = Step("approve", 1.5, "approve_answer")
ASK = Step("ask_sender", 1.0, "request_supplement")
#: Whoever called, or stands there, hears at once what others get by mail.
TELL = Step("tell_sender", 0.0, "told")
PREPARE = Step("prepare_public_text", 1.0)
SEALED = ("complaint", "denunciation", "secret_hold")

TAKEN_IN = [RECEIVE, CLASSIFY]
IN_UNIT = [*TAKEN_IN, FORWARD, ASSIGN]
ANSWERED = [*IN_UNIT, DRAFT, SUBMIT, APPROVE]
_EXTENDED = [*IN_UNIT, Step("extend", 6.0, "extend_deadline")]
_TO_PUBLISH = [*ANSWERED, PREPARE, Step("request_publication")]
Row = dict[str, Any]


def steps_of(row: Row) -> list[Step]:
    """The steps of a row, in order; `script` names them where they do not follow from where it stands."""
    steps = _SCRIPTS[row.get("script") or row["state"]](row)
    is_heard = row["channel"] in ("phone", "in_person") and not row["sender"]["email"]
    return [*steps[:1], TELL, *steps[1:]] if is_heard and steps and row["state"] not in SEALED else steps


def stretched_after(row: Row) -> str:
    """The step after which work took until the last day: such a case has just come onto somebody's desk."""
    return {"draft_review": "assign", "reopened": "approve"}.get(row["state"], "")


def _need_info(row: Row) -> list[Step]:
    return (
        [*IN_UNIT, Step("ask_sender_as_officer", 1.0, "request_supplement")]
        if "assign" in row["notes"]
        else [
            *TAKEN_IN,
            ASK,
        ]
    )


def _processing(row: Row) -> list[Step]:
    asked = [ASK, Step("supplement", 2.0, "supplement")] if "supplement" in row["notes"] else []
    drafted = [DRAFT] if "answer" in row else []
    return [*TAKEN_IN, *asked, FORWARD, ASSIGN, *drafted]


def _draft_review(row: Row) -> list[Step]:
    if "reject_answer" not in row["notes"]:
        return [*IN_UNIT, DRAFT, SUBMIT]
    again = [Step("draft", 1.0), Step("submit", 1.0, "submit_answer_2")]
    return [*IN_UNIT, Step("first_draft", 2.0), SUBMIT, Step("reject", 1.0, "reject_answer"), *again]


def _published(row: Row) -> list[Step]:
    return [*_TO_PUBLISH, Step("publish", 1.0)]


def _closed_by(*steps: Step) -> Callable[[Row], list[Step]]:
    return lambda row: [*TAKEN_IN, *steps]


_SCRIPTS: dict[str, Callable[[Row], list[Step]]] = {
    "submitted": lambda row: [],
    "received": lambda row: TAKEN_IN,
    "need_info": _need_info,
    "routed": lambda row: [*TAKEN_IN, FORWARD],
    "recalled": lambda row: [*TAKEN_IN, Step("forward_wrongly", 0.2), Step("recall", 0.2, "recall"), FORWARD],
    "returned": lambda row: [*TAKEN_IN, FORWARD, Step("send_back", 0.8, "send_back")],
    "processing": _processing,
    "coordinating": lambda row: [*IN_UNIT, Step("ask_unit", 2.0, "request_opinion")],
    "draft_review": _draft_review,
    "extended": lambda row: [*IN_UNIT, Step("extend", 8.0, "extend_deadline")],
    "answered": lambda row: ANSWERED,
    "extended_answered": lambda row: [*_EXTENDED, DRAFT, SUBMIT, APPROVE],
    "text_prepared": lambda row: [*ANSWERED, PREPARE],
    "to_publish": lambda row: _TO_PUBLISH,
    "off_site": lambda row: [*_published(row), Step("unpublish", 2.0, "unpublish")],
    "opinion_given": lambda row: [
        *IN_UNIT,
        Step("ask_unit", 2.0, "request_opinion"),
        Step("give_opinion", 2.0, "give_opinion"),
    ],
    "reminded": lambda row: [*IN_UNIT, Step("remind", 5.0, "remind")],
    "published": _published,
    "rejected": _closed_by(Step("refuse", 0.6, "refuse")),
    "duplicate": _closed_by(Step("mark_duplicate", 0.6, "duplicate")),
    "out_of_scope": _closed_by(Step("guide", 1.0, "guide")),
    "forwarded": _closed_by(Step("refer", 1.0, "refer")),
    "complaint": _closed_by(Step("to_complaint", 0.6, "reclassify")),
    "complaint_settled": _closed_by(Step("to_complaint", 0.6, "reclassify"), Step("settle_guided", 3.0)),
    "denunciation": _closed_by(Step("to_denunciation", 0.6, "reclassify")),
    "noted": lambda row: [*IN_UNIT, Step("keep", 7.0, "note_case")],
    "withdrawn": lambda row: [*TAKEN_IN, FORWARD, Step("withdraw", 7.0)],
    "reopened": lambda row: [*ANSWERED, Step("reopen", 8.0, "reopen")],
    "secret_hold": lambda row: [Step("hold", 0.4, "hold_secret")],
}
