"""What the variables of a letter template stand for in one case; `snippets/letter_variables.py` has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pakn_portal import clock
from pakn_portal.answers.finds import masked
from pakn_portal.answers.models import OutgoingLetter, answer_of, public_text_of
from pakn_portal.cases.due_dates import is_late
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.conf import portal_settings
from pakn_portal.languages import speaking
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.letter_variables import names_of
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.submissions.enums import Channel
from pakn_portal.submissions.known import known_values
from pakn_portal.submissions.models import Submission
from pakn_portal.text import mask_sure
from pakn_portal.text.variables import name_key, render_variables, variable_names

#: What staff wrote at the act that the letter tells of: its variable, and the verb whose line has the words.
_WRITTEN: Final = {
    LetterKind.REFUSAL: ("lời của Bộ", Verb.REFUSE),
    LetterKind.SUPPLEMENT: ("nội dung cần bổ sung", Verb.REQUEST_SUPPLEMENT),
    LetterKind.FORWARDING: ("lời của Bộ", Verb.REFER),
    LetterKind.EXTENSION: ("lý do gia hạn", Verb.EXTEND_DEADLINE),
    LetterKind.CORRECTION: ("nội dung sửa đổi", Verb.CORRECT),
    LetterKind.GUIDANCE: ("lời của Bộ", Verb.GUIDE),
    LetterKind.KEPT: ("lời của Bộ", Verb.KEEP),
    LetterKind.COMPLAINT: ("lời của Bộ", Verb.MOVE_TO_COMPLAINT),
    LetterKind.DENUNCIATION: ("lời của Bộ", Verb.MOVE_TO_DENUNCIATION),
}
#: The variable of what the sender wrote.
CONTENT: Final = "nội dung phản ánh"
#: Kinds of letters whose words staff write at the act, and may take from a template.
WORDS_TO_TAKE: Final = frozenset({LetterKind.REFUSAL, LetterKind.SUPPLEMENT})


def is_words_alone(template: LetterTemplate) -> bool:
    """Words that staff may take over into what they write to the sender. A template with a place for what
    staff write is the letter around it, which comes by itself.
    """
    kind = LetterKind(template.kind)
    if kind not in WORDS_TO_TAKE:
        return False
    return name_key(_WRITTEN[kind][0]) not in variable_names(template.body)


def rendered(template: LetterTemplate, values: Mapping[str, str]) -> str:
    """The words of the template with the values of a case."""
    return render_variables(template.body, values).strip()


@speaking()
def values_for(case: Case, kind: str, line: CaseEvent | None = None) -> dict[str, str]:
    """Every variable that a template of this kind may use, in the section's language, whoever reads; empty
    for what the case does not have. `line`: that of the act, while it is not saved yet. A few queries.
    """
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
        "xưng hô": _addressed(sent),
        "tên cơ quan": portal_settings.MINISTRY_NAME,
        "kết quả": answer.get_outcome_display() if answer and answer.outcome else "",
        "lý do từ chối": case.refusal_reason or "",
        "nội dung lý do": case.refusal_reason.public_text if case.refusal_reason else "",
        "hạn bổ sung": _day(case.supplement_due_on),
        "thời hạn trong khi chờ": _while_waiting(case),
        "cơ quan nhận": case.agency or "",
        "nguồn nội dung": _whose_words(sent),
        CONTENT: sent.content,
        "hạn mới": _day(case.due_on),
        "cách nộp đơn": _how_to_lodge(sent, kind),
    }
    if kind == LetterKind.CORRECTION:
        values.update(_of_correction(case))
    for of_kind, (name, verb) in _WRITTEN.items():
        if kind == of_kind:
            values[name] = _last_words(case, verb, line)
    return {name: str(values[name]) for name in names_of(kind)}


def _of_correction(case: Case) -> dict[str, str]:
    """What the sender was told before, and what holds now. Three queries."""
    told = case.lead or case
    approved = told.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    text = public_text_of(told)
    if approved is None or text is None:
        return {"ngày trả lời": "", "văn bản đã trả lời": "", "nội dung trả lời mới": ""}
    letters = OutgoingLetter.objects.filter(case=case, kind=LetterKind.ANSWER, lead=case.lead)
    letter = letters.filter(act=approved.sequence).first()
    return {
        "ngày trả lời": _day(clock.local_date(approved.at)),
        "văn bản đã trả lời": _named(letter),
        "nội dung trả lời mới": masked(text, "answer", text.answer),
    }


def _named(letter: OutgoingLetter | None) -> str:
    """Empty where it has no number or no date yet: the clerk alone gives them."""
    if letter is None or not letter.reference_number or letter.dated_on is None:
        return ""
    told = {"number": letter.reference_number, "day": _day(letter.dated_on)}
    return _("letter no. %(number)s of %(day)s") % told


def _how_to_lodge(sent: Submission, kind: str) -> str:
    """What came by letter or in person is in the form of the law already; otherwise where to bring it."""
    if sent.is_in_lawful_form:
        return _(
            "The ministry has what you brought or sent and passes it on to that procedure. You need not send "
            "it again."
        )
    if kind == LetterKind.COMPLAINT:
        return _(
            "Please send the complaint in writing, or bring it in person, to whoever took the decision you "
            "complain of, or ask at the ministry's reception of citizens."
        )
    return _(
        "Please send it as a signed letter, or bring it in person, to the office of the ministry that "
        "receives denunciations."
    )


def _addressed(sent: Submission) -> str:
    if sent.sender.organisation:
        return _("your organisation")
    return pgettext("how a sender is addressed", "you")


def _whose_words(sent: Submission) -> str:
    """What staff wrote down of a call or a letter is not quoted as the sender's own words."""
    if sent.entered_by_id is None:
        return _("What the sender wrote (word for word)")
    if sent.channel in (Channel.PHONE, Channel.IN_PERSON):
        return _("What the sender told, as the receiving officer wrote it down")
    return _("What the sender wrote, as the receiving officer entered it")


def _while_waiting(case: Case) -> str:
    """A term that is over does not stand still, so no letter says so."""
    told = _("While we wait for it, the time limit of the answer stands still.")
    if is_late(case):
        told = _("We apologise that the answer is late already.")
    if case.supplement_due_on is None:
        return told
    end = _("If nothing was added by the end of %(day)s, the case will be closed.")
    return f"{told} {end % {'day': _day(case.supplement_due_on)}}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _last_words(case: Case, verb: Verb, line: CaseEvent | None) -> str:
    """Those for the reader of the letter: what the other agency is told stands in a line of its own, but in
    lines of before.
    """
    if verb == Verb.CORRECT:
        case = case.lead or case
    line = line or case.events.filter(verb=verb).order_by("sequence").last()
    if line is not None and line.data.get("slip_note") is not None:
        line = case.events.filter(sequence=line.data["slip_note"]).first()
    return line.note if line is not None else ""
