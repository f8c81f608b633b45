"""Who signs a letter, and how it is written: Decree 30/2020/NĐ-CP, Annex I part I, points 3 and 7."""

from __future__ import annotations

import re
from typing import Any, Final

from pakn_portal.answers.models import OutgoingLetter, answer_of
from pakn_portal.cases.enums import Right
from pakn_portal.cases.models import Case
from pakn_portal.cases.rights import rights_to
from pakn_portal.conf import portal_settings
from pakn_portal.people.names import person
from pakn_portal.people.scope import scope_of

#: What a head of a unit is called, by how the name of the unit begins; the longer beginning first.
_HEADS: Final = {
    "Tổng cục": "TỔNG CỤC TRƯỞNG",
    "Cục": "CỤC TRƯỞNG",
    "Vụ": "VỤ TRƯỞNG",
    "Văn phòng": "CHÁNH VĂN PHÒNG",
    "Thanh tra": "CHÁNH THANH TRA",
    "Viện": "VIỆN TRƯỞNG",
    "Trung tâm": "GIÁM ĐỐC",
    "Ban": "TRƯỞNG BAN",
}
_ACADEMIC: Final = (
    r"(?:PGS|GS|TSKH|TS|ThS|CN|KS|BSCK(?:II|I)|BS|DS|LS|NGND|NGƯT|TTND|TTƯT)\b[.,]?"
    r"|(?i:phó giáo sư|giáo sư|tiến sĩ khoa học|tiến sĩ|tiến sỹ|thạc sĩ|thạc sỹ|cử nhân|kỹ sư|bác sĩ|luật sư"
    r"|nhà giáo nhân dân|nhà giáo ưu tú)\b[.,]?"
)
_TITLES: Final = re.compile(rf"(?:(?:{_ACADEMIC})\s*[,.-]?\s*)+(?=\S)")
_BEHIND: Final = re.compile(rf"\s*,\s*(?:(?:{_ACADEMIC})\s*[,.]?\s*)+$")
_POWER: Final = re.compile(r"^(KT|TL|TUQ|TM|Q)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)


def without_titles(name: str) -> str:
    """The name alone: before it stand no academic degrees and no titles of honour. Ranks of the armed forces
    stay.
    """
    leading = _TITLES.match(name)
    bare = name[leading.end() :] if leading else name
    return _BEHIND.sub("", bare).strip()


def titled(signature_title: str) -> str:
    """With the full stop behind the power: “KT. BỘ TRƯỞNG”."""
    lines = (line.strip() for line in signature_title.splitlines())
    return "\n".join(_POWER.sub(lambda power: f"{power[1].upper()}. ", line) for line in lines if line)


def signatory_of(case: Case) -> str:
    """Who approved the answer, as it is signed; empty where nobody did."""
    approver = _approver(case)
    return without_titles(person(approver)) if approver is not None else ""


def title_of(case: Case, signatory: str) -> str:
    """Power and title of this person, not of the unit: as they signed last; else by what whoever approved is
    to the case; else what the ministry set for all. Offered, never imposed: a deputy writes their own. One
    query, and a few for an approver who has not signed yet.
    """
    signed = OutgoingLetter.objects.filter(signatory=signatory).exclude(signature_title="")
    last = signed.order_by("-pk").values_list("signature_title", flat=True).first() if signatory else None
    return last or _title_of_approver(case) or portal_settings.LETTERS["signature_title"]


def _approver(case: Case) -> Any:
    answer = answer_of(case)
    return answer.approved_by if answer is not None else None


def _title_of_approver(case: Case) -> str:
    """Of a ministry alone: other agencies call their heads otherwise. An approver with the ministry's leaders
    is a deputy far more often than the minister.
    """
    approver = _approver(case)
    if approver is None or not portal_settings.MINISTRY_NAME.startswith("Bộ "):
        return ""
    rights = rights_to(scope_of(approver), case)
    if Right.HEAD in rights:
        name = str(case.lead_unit or "")
        head = next((title for begins, title in _HEADS.items() if name.startswith(f"{begins} ")), "")
        return f"TL. BỘ TRƯỞNG\n{head}" if head else ""
    return "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG" if Right.LEADER in rights else ""
