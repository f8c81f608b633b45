"""What the ministry's own words of a mail may name; docs/reference/mails.md has the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pakn_portal.notifications.petition.rules import (
    ANSWERED_TOGETHER,
    DIGEST,
    DUPLICATES,
    HANDED_OVER,
    HIDDEN,
    REOPENED_TOGETHER,
    SENT_BACK,
)
from pakn_portal.notifications.rule_sets import MailVariable

_NUMBER: Final = MailVariable("mã hồ sơ", "number", "PAKN-2026-000123", fits_subject=True)
#: In no mail that a sender alone brings about: until staff have looked at it, nothing of it leaves the house
#: (H74).
_TITLE: Final = MailVariable("tiêu đề", "title", "Hỏi về thời hạn nộp hồ sơ trợ cấp thất nghiệp")
_MINISTRY: Final = MailVariable("tên cơ quan", "ministry", "Bộ Mẫu", fits_subject=True)
_PHONE: Final = MailVariable("điện thoại", "phone", "1900 0000")
_HOURS: Final = MailVariable("giờ làm việc", "hours", "8:00–17:00, thứ Hai đến thứ Sáu")
_DUE: Final = MailVariable("hạn trả lời", "due_on", "thứ Hai 14/12/2026", fits_subject=True)
#: For conditions: the day that the ministry gave is over.
_LATE: Final = MailVariable("chậm trễ", "is_late", "")
_PAGE: Final = MailVariable("địa chỉ công khai", "page_link", "https://bo.example/hoi-dap/cau-tra-loi/")
#: The words that staff write to this sender.
_NOTE: Final = MailVariable(
    "lời của Bộ", "note", "Đề nghị ông/bà gửi bản chụp quyết định nghỉ việc.", is_needed=True
)

#: For conditions: it came by post or in person, the forms that the law has for it.
_IN_LAWFUL_FORM: Final = MailVariable("đúng hình thức", "is_in_lawful_form", "")

#: What the case was joined to; empty where that one is sealed.
_MASTER: Final = MailVariable("hồ sơ chính", "master", "PAKN-2026-000100", fits_subject=True)
#: For conditions: the case that others are joined to has an answer already.
_IS_ANSWERED: Final = MailVariable("đã trả lời", "is_answered", "")
_ANSWER: Final = (
    MailVariable(
        "câu trả lời", "answer", "Ông/bà nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc.", is_needed=True
    ),
    MailVariable("kết quả", "outcome_told", "Đã giải thích quy định"),
    MailVariable("căn cứ", "bases", "- Luật Việc làm số 38/2013/QH13", is_needed=True),
)

_SIGNED: Final = (_MINISTRY, _PHONE, _HOURS)
_ALWAYS: Final = (_NUMBER, _TITLE, *_SIGNED)
#: Mail is not secret, so one about a complaint or a denunciation carries nothing of it; not its title either.
_SEALED: Final = (_NUMBER, *_SIGNED)


def _needed(variable: MailVariable) -> MailVariable:
    return replace(variable, is_needed=True)


VARIABLES: Final[dict[str, tuple[MailVariable, ...]]] = {
    "receipt": (
        _needed(_NUMBER),
        MailVariable("mã tra cứu", "secret", "7K4F-B6QE-2MXA-9TRD", is_needed=True),
        _DUE,
        *_SIGNED,
    ),
    "received": (*_ALWAYS, _DUE),
    "refused": (
        *_ALWAYS,
        MailVariable(
            "lý do từ chối",
            "case.refusal_reason.public_text",
            "Vụ việc đã được Tòa án giải quyết bằng bản án có hiệu lực pháp luật.",
            is_needed=True,
        ),
        MailVariable("quyền gửi lại", "case.refusal_reason.may_resubmit", ""),
        _NOTE,
    ),
    "supplement_requested": (
        *_ALWAYS,
        _NOTE,
        MailVariable(
            "hạn bổ sung", "supplement_due_on", "thứ Sáu 11/12/2026", is_needed=True, fits_subject=True
        ),
        _LATE,
    ),
    "deadline_extended": (*_ALWAYS, _needed(_DUE), _NOTE),
    "referred": (
        *_ALWAYS,
        MailVariable("cơ quan nhận", "case.agency.name", "Bộ Y tế", is_needed=True),
        MailVariable("nơi liên hệ", "case.agency.note", "138A Giảng Võ, Hà Nội"),
        _NOTE,
    ),
    "guided": (*_ALWAYS, _NOTE),
    "duplicate": (
        *_ALWAYS,
        _MASTER,
        _PAGE,
        _IS_ANSWERED,
        _NOTE,
    ),
    "duplicate_published": (*_ALWAYS, _needed(_PAGE)),
    **dict.fromkeys(("complaint", "denunciation"), (*_SEALED, _NOTE, _IN_LAWFUL_FORM)),
    "guided_again": (*_SEALED, _NOTE),
    HANDED_OVER: (*_SEALED, MailVariable("nơi nhận", "receiver", "Thanh tra Bộ")),
    "kept": (*_ALWAYS, _NOTE),
    "answered": (*_ALWAYS, *_ANSWER),
    ANSWERED_TOGETHER: (*_ALWAYS, *_ANSWER, _MASTER, _PAGE, replace(_NOTE, is_needed=False)),
    "published": (*_ALWAYS, _needed(_PAGE)),
    "corrected": (
        *_ALWAYS,
        replace(_NOTE, sample="Sửa thời hạn nộp hồ sơ: 03 tháng, không phải 30 ngày."),
        _needed(_PAGE),
    ),
    "reopened": (*_ALWAYS, _DUE, _NOTE),
    REOPENED_TOGETHER: (*_ALWAYS, _DUE, _NOTE),
    "withdrawn": (_NUMBER, *_SIGNED),
    "progress": (*_ALWAYS, _DUE, _LATE, MailVariable("khoảng báo lại", "every", "7 ngày")),
}

#: What a colleague wrote for colleagues.
_INNER_NOTE: Final = MailVariable("ghi chú", "note", "Đề nghị bổ sung căn cứ pháp lý.", is_needed=True)
_CASE: Final = (_NUMBER, _MINISTRY)
_CASE_DUE: Final = (*_CASE, _DUE, _LATE)

#: Many cases, a line each; what each reader may not see is left out of it as the mail leaves.
_LISTED: Final = MailVariable(
    "danh sách hồ sơ", "listed", "Đã quá hạn\n- PAKN-2026-000123: thứ Hai 14/12/2026", is_needed=True
)

#: Of mails to colleagues, which say nothing of the sender.
STAFF_VARIABLES: Final[dict[str, tuple[MailVariable, ...]]] = {
    **dict.fromkeys(
        ("case_forwarded", "case_reminded", "urgency_changed", "case_assigned"), (*_CASE_DUE, _INNER_NOTE)
    ),
    **dict.fromkeys(
        (
            *("case_recalled", "opinion_requested", "opinion_not_awaited"),
            *("answer_submitted", "answer_rejected", "public_text_returned"),
        ),
        (*_CASE, _INNER_NOTE),
    ),
    # words of before may have it; it is empty
    SENT_BACK: (*_CASE, replace(_INNER_NOTE, sample="", is_needed=False)),
    **dict.fromkeys(("case_supplemented", "case_reopened", "case_unlocked"), _CASE_DUE),
    **dict.fromkeys(("opinion_given", "publication_requested", "case_withdrawn", "answer_doubted"), _CASE),
    DIGEST: (_MINISTRY, _LISTED),
    DUPLICATES: (
        MailVariable("hồ sơ chính", "of", "PAKN-2026-000100", fits_subject=True),
        _MINISTRY,
        _IS_ANSWERED,
        _LISTED,
    ),
    HIDDEN: (_MINISTRY, MailVariable("tên trang", "page", "Hỏi đáp chính sách", is_needed=True)),
}
