"""What the variables of a letter template stand for in one case; `snippets/letter_variables.py` has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pakn_portal import clock
from pakn_portal.answers.models import answer_of
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.snippets.letter_variables import names_of
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_sure
from pakn_portal.text.variables import render_variables


def rendered(template: LetterTemplate, case: Case) -> str:
    """The words of the template for this case. A few queries, for the letter's own variables."""
    return render_variables(template.body, values_for(case, template.kind)).strip()


def values_for(case: Case, kind: str) -> dict[str, str]:
    """Every variable that a template of this kind may use; empty for what the case does not have."""
    answer, sent = answer_of(case), case.submission
    values: dict[str, Any] = {
        "mã hồ sơ": case.number,
        # what a sender wrote may name people; an answer names nobody
        "tiêu đề": mask_sure(sent.title, known_values(sent.sender)),
        "loại": sent.get_kind_display(),
        "ngày gửi": _day(clock.local_date(sent.received_at)),
        "ngày vào sổ": _day(case.registered_on),
        "lĩnh vực": case.sector or "",
        "đơn vị chủ trì": case.lead_unit or "",
        "hạn trả lời": _day(case.due_on),
        "hôm nay": _day(clock.today()),
        "tên cơ quan": portal_settings.MINISTRY_NAME,
        "kết quả": answer.get_outcome_display() if answer and answer.outcome else "",
        "lý do từ chối": case.refusal_reason or "",
        "nội dung lý do": case.refusal_reason.public_text if case.refusal_reason else "",
        "hạn bổ sung": _day(case.supplement_due_on),
        "cơ quan nhận": case.agency or "",
        "nội dung phản ánh": sent.content,
        "hạn mới": _day(case.due_on),
    }
    names = names_of(kind)
    if "nội dung cần bổ sung" in names:
        values["nội dung cần bổ sung"] = _last_note(case, Verb.REQUEST_SUPPLEMENT)
    if "lý do gia hạn" in names:
        values["lý do gia hạn"] = _last_note(case, Verb.EXTEND_DEADLINE)
    return {name: str(values[name]) for name in names}


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _last_note(case: Case, verb: Verb) -> str:
    line = case.events.filter(verb=verb).order_by("sequence").last()
    return line.note if line is not None else ""
