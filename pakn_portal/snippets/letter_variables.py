"""Which variables a letter template of each kind may use; their values: `answers/letters/values.py`.

None of them tells who the sender is: what a template brings into an answer names nobody. The salutation and
the address are added to the letter when it leaves.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from pakn_portal.snippets.enums import LetterKind


class Variable(NamedTuple):
    """`name` is written in the templates, so it is Vietnamese and stays; `example` is for previews."""

    name: str
    meaning: Any
    example: str


_OF_EVERY_CASE: Final = (
    Variable("mã hồ sơ", _("number of the case"), "PAKN-2026-000039"),
    Variable("tiêu đề", _("title as it was sent"), "Nghỉ việc phải báo trước bao nhiêu ngày"),
    Variable("loại", _("feedback, petition or question"), "hỏi đáp chính sách"),
    Variable("ngày gửi", _("day on which it was sent"), "20/11/2026"),
    Variable("ngày vào sổ", _("day on which it was registered"), "20/11/2026"),
    Variable("lĩnh vực", _("sector, once it is classified"), "Lao động, tiền lương"),
    Variable("đơn vị chủ trì", _("lead unit, once there is one"), "Cục Quan hệ lao động và Tiền lương"),
    Variable("hạn trả lời", _("due date; empty while the clock stands still"), "14/12/2026"),
    Variable("hôm nay", _("the day on which the letter is made"), "28/11/2026"),
    Variable("xưng hô", _("how the sender is addressed: a person, or an organisation"), "ông/bà"),
    Variable("tên cơ quan", _("the ministry, as its letters name it"), "Bộ Nội vụ"),
)
_WORDS_TO_SENDER: Final = Variable(
    "lời của Bộ",
    _("what staff wrote to the sender; empty where they wrote nothing"),
    "Việc này đã được trả lời tại Công văn số 15/BNV-VP ngày 02/03/2026.",
)
_HOW_TO_LODGE: Final = Variable(
    "cách nộp đơn",
    _("where to bring it; of a letter, or of who came in person, that it need not be sent again"),
    "Đơn ông/bà đã gửi hoặc nộp trực tiếp được Bộ chuyển sang thủ tục đó; ông/bà không phải gửi lại.",
)
_OF_KIND: Final[dict[str, tuple[Variable, ...]]] = {
    LetterKind.ANSWER: (Variable("kết quả", _("outcome, once it is chosen"), "đã giải trình"),),
    LetterKind.REFUSAL: (
        Variable("lý do từ chối", _("name of the reason"), "Nội dung chưa rõ"),
        Variable(
            "nội dung lý do", _("what the list tells the sender of this reason"), "Chúng tôi chưa hiểu rõ."
        ),
        _WORDS_TO_SENDER,
    ),
    LetterKind.SUPPLEMENT: (
        Variable("nội dung cần bổ sung", _("what the sender was asked for"), "Bản chụp hợp đồng lao động."),
        Variable("hạn bổ sung", _("day until which the sender may add"), "12/12/2026"),
        Variable(
            "thời hạn trong khi chờ",
            _(
                "that the time limit stands still, or an apology where the answer is late already; and what "
                "happens when nothing is added"
            ),
            "Trong thời gian chờ bổ sung, thời hạn trả lời được tạm dừng. Hết ngày 12/12/2026, nếu không "
            "nhận được nội dung bổ sung, hồ sơ sẽ được kết thúc.",
        ),
    ),
    LetterKind.FORWARDING: (
        Variable("cơ quan nhận", _("agency to which it is referred"), "Bộ Y tế"),
        Variable(
            "nguồn nội dung",
            _("whose words the content is: the sender's, or of a call or a letter what staff wrote down"),
            "Nội dung do người gửi viết (nguyên văn)",
        ),
        Variable(
            "nội dung phản ánh",
            _("what was sent; of a call or a letter, as staff wrote it down"),
            "Tôi nghỉ việc từ tháng 5.",
        ),
        _WORDS_TO_SENDER,
    ),
    LetterKind.EXTENSION: (
        Variable("lý do gia hạn", _("reason of the extension"), "Cần lấy ý kiến của Bộ Tài chính."),
        Variable("hạn mới", _("new due date"), "28/12/2026"),
    ),
    LetterKind.CORRECTION: (
        Variable("ngày trả lời", _("day on which the answer was approved"), "02/12/2026"),
        Variable(
            "văn bản đã trả lời",
            _("number and date of the answer's letter, where it has them"),
            "Công văn số 05/BNV-VP ngày 03/12/2026",
        ),
        Variable("nội dung sửa đổi", _("what was corrected"), "Mức trợ cấp là 60%."),
        Variable(
            "nội dung trả lời mới", _("the answer as it stands now"), "Mức trợ cấp bằng 60% tiền lương."
        ),
    ),
    LetterKind.GUIDANCE: (_WORDS_TO_SENDER,),
    LetterKind.KEPT: (_WORDS_TO_SENDER,),
    LetterKind.COMPLAINT: (_HOW_TO_LODGE, _WORDS_TO_SENDER),
    LetterKind.DENUNCIATION: (_HOW_TO_LODGE, _WORDS_TO_SENDER),
}


def variables_of(kind: str) -> tuple[Variable, ...]:
    """In the order of the help beside the form."""
    return (*_OF_EVERY_CASE, *_OF_KIND.get(kind, ()))


def names_of(kind: str) -> list[str]:
    """What may stand between the braces."""
    return [variable.name for variable in variables_of(kind)]


def examples_of(kind: str) -> dict[str, str]:
    """Values for a preview without a case."""
    return {variable.name: variable.example for variable in variables_of(kind)}
