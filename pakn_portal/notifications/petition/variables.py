"""What the ministry's own words of a mail to a sender may name; docs/reference/mails.md has the table."""

from __future__ import annotations

from typing import Final

from pakn_portal.notifications.rule_sets import MailVariable

_NUMBER: Final = MailVariable("mã hồ sơ", "number", "PAKN-2026-000123")
#: Not in the receipt: until staff have looked at it, nothing of it leaves the house (H74).
_TITLE: Final = MailVariable("tiêu đề", "title", "Hỏi về thời hạn nộp hồ sơ trợ cấp thất nghiệp")
_MINISTRY: Final = MailVariable("tên cơ quan", "ministry", "Bộ Mẫu")
_PHONE: Final = MailVariable("điện thoại", "phone", "1900 0000")
_HOURS: Final = MailVariable("giờ làm việc", "hours", "8:00–17:00, thứ Hai đến thứ Sáu")
_DUE: Final = MailVariable("hạn trả lời", "due_on", "thứ Hai 14/12/2026")
_PUBLIC: Final = "https://bo.example/hoi-dap/cau-tra-loi/"
_PAGE: Final = MailVariable("địa chỉ công khai", "page_link", _PUBLIC)

_ALWAYS: Final = (_NUMBER, _TITLE, _MINISTRY, _PHONE, _HOURS)
#: Mail is not secret, so one about a complaint or a denunciation carries nothing of it; not its title either.
_SEALED: Final = (_NUMBER, _MINISTRY, _PHONE, _HOURS)


def _note(*, is_needed: bool = False) -> MailVariable:
    """The words that staff write to this sender."""
    return MailVariable("lời của Bộ", "note", "Đề nghị ông/bà gửi bản chụp quyết định nghỉ việc.", is_needed)


VARIABLES: Final[dict[str, tuple[MailVariable, ...]]] = {
    "receipt": (
        MailVariable("mã hồ sơ", "number", "PAKN-2026-000123", is_needed=True),
        MailVariable("mã tra cứu", "secret", "7K4F-B6QE-2MXA-9TRD", is_needed=True),
        _DUE,
        _MINISTRY,
        _PHONE,
        _HOURS,
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
        _note(is_needed=True),
    ),
    "supplement_requested": (
        *_ALWAYS,
        _note(is_needed=True),
        MailVariable("hạn bổ sung", "supplement_due_on", "thứ Sáu 11/12/2026", is_needed=True),
    ),
    "deadline_extended": (
        *_ALWAYS,
        MailVariable("hạn trả lời", "due_on", "thứ Hai 14/12/2026", is_needed=True),
        _note(is_needed=True),
    ),
    "referred": (
        *_ALWAYS,
        MailVariable("cơ quan nhận", "case.agency.name", "Bộ Y tế", is_needed=True),
        _note(is_needed=True),
    ),
    "guided": (*_ALWAYS, _note(is_needed=True)),
    "duplicate": (
        *_ALWAYS,
        MailVariable("hồ sơ chính", "master", "PAKN-2026-000100"),
        _PAGE,
        _note(is_needed=True),
    ),
    "duplicate_published": (
        *_ALWAYS,
        MailVariable(
            "địa chỉ công khai", "page_link", "https://bo.example/hoi-dap/cau-tra-loi/", is_needed=True
        ),
    ),
    "complaint": (*_SEALED, _note(is_needed=True)),
    "denunciation": (*_SEALED, _note(is_needed=True)),
    "guided_again": (*_SEALED, _note(is_needed=True)),
    "kept": (*_ALWAYS, _note(is_needed=True)),
    "answered": (
        *_ALWAYS,
        MailVariable(
            "câu trả lời", "answer", "Ông/bà nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc.", is_needed=True
        ),
        MailVariable("căn cứ", "legal_bases", "Luật Việc làm số 38/2013/QH13", is_needed=True),
    ),
    "published": (
        *_ALWAYS,
        MailVariable(
            "địa chỉ công khai", "page_link", "https://bo.example/hoi-dap/cau-tra-loi/", is_needed=True
        ),
    ),
    "reopened": (*_ALWAYS, _DUE, _note(is_needed=True)),
    "withdrawn": _ALWAYS,
    "progress": (*_ALWAYS, _DUE, MailVariable("khoảng báo lại", "every", "7 ngày")),
}
