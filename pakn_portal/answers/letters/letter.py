"""What stands in an outgoing letter, before anybody draws it: the parts of Decree 30/2020/NĐ-CP, Annex I."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.files.listed import names_in
from pakn_portal.answers.letters.signing import Signer, approver_of, signer_of, title_of
from pakn_portal.answers.letters.templates import templates_for
from pakn_portal.answers.letters.values import CONTENT, is_words_alone, rendered, values_for
from pakn_portal.answers.models import OutgoingLetter, answer_of, public_text_of
from pakn_portal.answers.told.together import answer_told, words_told
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.files import asked_files
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.conf import content_language, portal_settings
from pakn_portal.languages import speaking
from pakn_portal.snippets.enums import LetterKind, Urgency
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.snippets.models.legal_basis import with_titles
from pakn_portal.snippets.starter_rows import read
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_sure

#: The stamps of Decree 30/2020; a letter of normal urgency has none.
STAMPS: Final = {Urgency.URGENT: "KHẨN", Urgency.VERY_URGENT: "THƯỢNG KHẨN", Urgency.EXPRESS: "HỎA TỐC"}
#: Letters of the title of what was sent that an abstract has.
_LONGEST_MATTER: Final = 80
#: The act that each kind of letter tells of.
ACTS: Final = {
    LetterKind.ANSWER: Verb.APPROVE_ANSWER,
    LetterKind.REFUSAL: Verb.REFUSE,
    LetterKind.SUPPLEMENT: Verb.REQUEST_SUPPLEMENT,
    LetterKind.FORWARDING: Verb.REFER,
    LetterKind.EXTENSION: Verb.EXTEND_DEADLINE,
    LetterKind.CORRECTION: Verb.CORRECT,
    LetterKind.GUIDANCE: Verb.GUIDE,
    LetterKind.KEPT: Verb.KEEP,
    LetterKind.COMPLAINT: Verb.MOVE_TO_COMPLAINT,
    LetterKind.DENUNCIATION: Verb.MOVE_TO_DENUNCIATION,
}
#: Signed by whoever signed the answer: what changes it is of the same rank (Decree 30/2020/NĐ-CP, art. 18).
_OF_THE_ANSWER: Final = frozenset({LetterKind.ANSWER, LetterKind.CORRECTION})
#: Of these a cover says neither the matter nor what kind of letter was sent.
_OF_OTHER_PROCEDURES: Final = frozenset({LetterKind.COMPLAINT, LetterKind.DENUNCIATION})
#: Stands in kept words where the sender's own go, for these are kept with the submission alone.
_SENT: Final = "\ue000"
#: Stands in kept words where the names of the sender's files and the way to reach the sender go; slips of
#: before had neither.
_ENCLOSURES: Final = "\ue001"
#: The parts of a letter that are kept as they stand.
_KEPT: Final = (
    "national_title", "motto", "superior", "issuer", "type_name", "abstract", "stamp", "recipients", "foot",
)  # fmt: skip
#: Where a letter of the kind has something to say.
_STANDS_IN: Final = {
    LetterKind.REFUSAL: {Status.REJECTED},
    LetterKind.SUPPLEMENT: {Status.NEED_INFO},
    LetterKind.FORWARDING: {Status.FORWARDED},
    LetterKind.EXTENSION: {Status.EXTENDED},
    LetterKind.GUIDANCE: {Status.OUT_OF_SCOPE},
    LetterKind.KEPT: {Status.NOTED},
    LetterKind.COMPLAINT: {Status.COMPLAINT},
    LetterKind.DENUNCIATION: {Status.DENUNCIATION},
}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Plain text throughout; an empty part is left out. Only a slip has a `type_name`."""

    national_title: str
    motto: str
    superior: str
    issuer: str
    number: str
    place_and_date: str
    type_name: str
    abstract: str
    stamp: str
    addressees: list[str]
    paragraphs: list[str]
    recipients: list[str]
    signature_title: list[str]
    signatory: str
    foot: list[str] = field(default_factory=list)
    #: Not approved yet: the letter says so, so that nobody sends it.
    is_draft: bool = False


def held_together(letter: Letter) -> Letter:
    """For whoever draws it: what ends the names of the agencies is no word alone on its line."""
    return replace(letter, issuer=_held(letter.issuer), superior=_held(letter.superior))


def _held(name: str) -> str:
    before, _blank, last = name.rpartition(" ")
    return f"{before}\u00a0{last}" if " " in before else name


def kinds_of(case: Case) -> list[LetterKind]:
    """The letters that this case has now."""
    if case.lead is not None:
        return _kinds_of_joined(case, case.lead)
    answer = answer_of(case)
    has_answer = answer is not None and answer.state in (AnswerState.SUBMITTED, AnswerState.APPROVED)
    found = [LetterKind.ANSWER] if has_answer else []
    found += [LetterKind.CORRECTION] if _is_amended(case) else []
    return [*found, *(kind for kind, statuses in _STANDS_IN.items() if case.status in statuses)]


def kinds_addressed(case: Case) -> list[LetterKind]:
    """Of its letters now, those that a keeper of sealed cases makes, who sees no contacts: what the act that
    sealed it writes to the sender, with the postal address. A slip to another agency has all ways to them.
    """
    return [kind for kind in kinds_of(case) if kind in _OF_OTHER_PROCEDURES]


def told_case(case: Case) -> Case:
    """The case whose acts the sender of this one is told of: of a joined one, that which it is joined to."""
    return case.lead or case


def _kinds_of_joined(case: Case, lead: Case) -> list[LetterKind]:
    """What everybody who wrote about the matter is told goes to each under their own name and number."""
    if answer_told(case) is None:
        return []
    text = public_text_of(lead)
    is_released = text is not None and text.content_hash == text.released_hash != ""
    return [LetterKind.ANSWER, *([LetterKind.CORRECTION] if is_released and _is_amended(lead) else [])]


def _is_amended(case: Case) -> bool:
    """The answer that the sender was told was corrected since, and what is to be told them of it was kept."""
    if case.status != Status.PUBLISHED:
        return False
    told = case.events.filter(verb__in=(Verb.APPROVE_ANSWER, Verb.CORRECT)).order_by("sequence").last()
    if told is None or told.verb != Verb.CORRECT:
        return False
    letters = OutgoingLetter.objects.filter(case=case, kind=LetterKind.CORRECTION, lead=None)
    return letters.filter(act=told.sequence).exists()


def letter_of(case: Case, kind: LetterKind, record: OutgoingLetter | None, *, with_sender: bool) -> Letter:
    """`record`: what is kept of it; what was kept at the act is said again word for word, whatever became of
    templates, settings and names since. Without `with_sender` a label stands where the sender's name and
    address go.
    """
    words = (record.words if record is not None else None) or words_of(case, kind)
    is_numbered = record is not None and record.is_numbered
    title = record.signature_title if record is not None and is_numbered else words["signature_title"]
    parts = {name: words[name] for name in _KEPT}
    return Letter(
        **parts,
        number=record.reference_number if record is not None else "",
        place_and_date=_place_and_date(words["place"], record.dated_on if record is not None else None),
        addressees=words["addressees"] or [_sender(case, with_sender)],
        paragraphs=_whole(case, words, with_sender),
        signature_title=title.splitlines(),
        signatory=record.signatory if record is not None else "",
        is_draft=kind == LetterKind.ANSWER and not words["is_approved"],
    )


@speaking()
def words_of(case: Case, kind: LetterKind, line: CaseEvent | None = None) -> dict[str, Any]:
    """What a letter about the case says now, as JSON keeps it: all but number, day, signatory, and what the
    sender told of themselves and wrote. In the section's language, whoever reads. `line`: that of the act,
    while it is not saved yet.
    """
    settings, is_slip = portal_settings.LETTERS, kind == LetterKind.FORWARDING
    signer = approver_of(told_case(case)) if kind in _OF_THE_ANSWER else _signer_of_act(case, kind, line)
    return {
        "national_title": settings["national_title"],
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "superior": settings["superior"],
        "issuer": portal_settings.MINISTRY_NAME,
        "place": settings["place"],
        "type_name": "PHIẾU CHUYỂN" if is_slip else "",
        "abstract": _abstract(kind, case),
        "stamp": STAMPS.get(Urgency(case.urgency), "") if is_slip else "",
        "addressees": [str(case.agency or "")] if is_slip else [],
        "paragraphs": _body(case, kind, line),
        "recipients": _recipients(case, is_slip),
        "signature_title": title_of(signer),
        "signatory": signer.name,
        "foot": settings["foot"].splitlines(),
        "is_approved": kind != LetterKind.ANSWER or not _is_unapproved(told_case(case)),
        # of acts that stand in the register of another case
        **({"is_joined": True, "lead": case.lead.number} if case.lead is not None else {}),
    }


def _signer_of_act(case: Case, kind: LetterKind, line: CaseEvent | None) -> Signer:
    acts = case.events.filter(verb=ACTS[kind]).select_related("by").order_by("sequence")
    act = acts.last() if line is None else line
    return signer_of(case, act.by if act is not None else None)


def _is_unapproved(case: Case) -> bool:
    answer = answer_of(case)
    return answer is None or answer.state != AnswerState.APPROVED


def _place_and_date(place: str, day: date | None) -> str:
    """A zero before days below 10, and before the months 1 and 2 only."""
    if day is None:
        blank = "\u00a0" * 6  # to be filled in by hand
        return f"{place}, ngày{blank}tháng{blank}năm{blank}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def _abstract(kind: LetterKind, case: Case) -> str:
    """What it is about, with the matter in brief: Decree 30/2020/NĐ-CP, Annex I part I, point 5."""
    if kind in _OF_OTHER_PROCEDURES:
        return f"V/v xử lý đơn (mã hồ sơ {case.number})"
    sent = case.submission
    matter = Truncator(mask_sure(sent.title, known_values(sent.sender))).chars(_LONGEST_MATTER)
    told = {
        LetterKind.ANSWER: "trả lời {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.REFUSAL: "không tiếp nhận {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.SUPPLEMENT: "bổ sung thông tin cho {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.EXTENSION: "gia hạn trả lời {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.CORRECTION: "sửa đổi nội dung trả lời {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.GUIDANCE: "hướng dẫn {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.KEPT: "ghi nhận {kind} “{matter}” (mã hồ sơ {number})",
        LetterKind.FORWARDING: "Về việc chuyển {kind} “{matter}” (mã hồ sơ {number})",
    }[kind].format(kind=sent.get_kind_display(), matter=matter, number=case.number)
    return told if kind == LetterKind.FORWARDING else f"V/v {told}"


def _sender(case: Case, with_sender: bool) -> str:
    sender = case.submission.sender
    if not with_sender:
        instead = _("name and address of the sender")
        return f"[{instead}]"
    name = sender.organisation or f"Ông/bà {sender.full_name}"
    address = ", ".join(part for part in (sender.address, sender.province) if part)
    return f"{name} ({address})" if address else name


def _whole(case: Case, words: dict[str, Any], with_sender: bool) -> list[str]:
    """With what stands with the submission alone."""
    kept = words["paragraphs"]
    told = "\n".join(line for line in kept if line != _ENCLOSURES)
    paragraphs = _paragraphs(told.replace(_SENT, case.submission.content))
    if not words["addressees"]:
        return paragraphs
    if _ENCLOSURES not in kept:
        return [*paragraphs, f"Người gửi: {_sender(case, with_sender)}."]
    sent = case.submission.attachments.exclude(state=FileState.UNREADABLE)
    reached = _reached(case) if with_sender else ""
    return [
        *paragraphs,
        f"Người gửi: {_sender(case, with_sender)}{reached}.",
        *_enclosed(file.name for file in sent),
    ]


def _reached(case: Case) -> str:
    """How the other agency answers a sender who gave no address."""
    sender = case.submission.sender
    if sender.address:
        return ""
    ways = {"điện thoại": sender.phone, "thư điện tử": sender.email}
    return "".join(f"; {name}: {value}" for name, value in ways.items() if value)


def _body(case: Case, kind: LetterKind, line: CaseEvent | None) -> list[str]:
    if kind != LetterKind.ANSWER:
        values = values_for(case, kind, line)
        if values.get(CONTENT, "").strip():
            values[CONTENT] = _SENT
        words = rendered(_template(case, kind), values)
        asked = asked_files(case, line) if kind == LetterKind.SUPPLEMENT else []
        enclosures = [_ENCLOSURES] if kind == LetterKind.FORWARDING else []
        return [*_paragraphs(words), *_enclosed(file.name for file in asked), *enclosures]
    answer: Any = answer_of(told_case(case))
    told = words_told(case, answer)
    bases = with_titles(_paragraphs(told.legal_bases))
    return [
        *_paragraphs(told.body),
        *([f"Căn cứ pháp lý: {'; '.join(bases)}."] if bases else []),
        *_enclosed(names_in(told.files)),
    ]


def _enclosed(names: Iterable[str]) -> list[str]:
    told = "; ".join(names)
    return [f"Tài liệu gửi kèm: {told}."] if told else []


def _template(case: Case, kind: LetterKind) -> LetterTemplate:
    """The first of the list for the case's sector; where the list has none, the one that ships. What is
    words to take over comes last.
    """
    if fitting := templates_for(case, kind):
        return min(fitting, key=is_words_alone)
    shipped = read("letter_templates", content_language())
    return LetterTemplate(**next(row for row in shipped if row["kind"] == kind))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _recipients(case: Case, is_slip: bool) -> list[str]:
    unit = told_case(case).lead_unit
    kept = f"VT, {unit.short_name or unit.name}" if unit is not None else "VT"
    return ["Như trên;", *(["Người gửi (để biết);"] if is_slip else []), f"Lưu: {kept}."]
