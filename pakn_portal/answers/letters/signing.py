"""Who signs a letter, and how it is written: Decree 30/2020/NĐ-CP, Annex I part I, points 3 and 7."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps

from pakn_portal.answers.models import OutgoingLetter, answer_of
from pakn_portal.cases.enums import Right
from pakn_portal.cases.models import Case
from pakn_portal.cases.rights import rights_to
from pakn_portal.conf import portal_settings, unit_model_name
from pakn_portal.people.accounts import is_open
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


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Whoever is offered as signatory of a letter; nobody, where `user` is None."""

    user: Any = None
    #: The unit that they sign for as its head.
    unit: Any = None
    is_leader: bool = False

    @property
    def name(self) -> str:
        return without_titles(person(self.user)) if self.user is not None else ""


def signer_of(case: Case, done_by: Any) -> Signer:
    """Whoever did the act that the letter tells of, where they may sign: a ministry leader, or the head of
    the case's unit; else the head of the unit for which it was done. A few queries.
    """
    if done_by is None:
        return Signer()
    rights = rights_to(scope_of(done_by), case)
    if Right.HEAD in rights:
        return Signer(user=done_by, unit=case.lead_unit)
    if Right.LEADER in rights:
        return Signer(user=done_by, is_leader=True)
    unit = case.lead_unit if Right.OFFICER in rights else _unit_of(done_by)
    head = unit.head if unit is not None else None
    return Signer(user=head, unit=unit) if head is not None and is_open(head) else Signer()


def approver_of(case: Case) -> Signer:
    """Whoever approved the answer signs it, whatever they are to the case since; nobody, where nobody did."""
    answer = answer_of(case)
    approver = answer.approved_by if answer is not None else None
    if approver is None:
        return Signer()
    rights = rights_to(scope_of(approver), case)
    is_head = Right.HEAD in rights
    unit = case.lead_unit if is_head else None
    return Signer(user=approver, unit=unit, is_leader=not is_head and Right.LEADER in rights)


def title_of(signer: Signer) -> str:
    """Power and title of this person, not of the unit: as they signed last; else by what they are; else what
    the ministry set for all. Offered, never imposed: a deputy writes their own. One query.
    """
    signed = OutgoingLetter.objects.filter(signatory=signer.name).exclude(signature_title="")
    last = signed.order_by("-pk").values_list("signature_title", flat=True).first() if signer.name else None
    return last or _title_by_office(signer) or portal_settings.LETTERS["signature_title"]


def _title_by_office(signer: Signer) -> str:
    """Of a ministry alone: other agencies call their heads otherwise. One of the ministry's leaders is a
    deputy far more often than the minister.
    """
    if signer.user is None or not portal_settings.MINISTRY_NAME.startswith("Bộ "):
        return ""
    if signer.is_leader:
        return "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG"
    name = f"{signer.unit or ''} "
    head = next((title for begins, title in _HEADS.items() if name.startswith(f"{begins} ")), "")
    return f"TL. BỘ TRƯỞNG\n{head}" if head else ""


def _unit_of(user: Any) -> Any:
    """Of whose staff they are, where it is one alone."""
    units = apps.get_model(unit_model_name())._default_manager.filter(staff_group__in=user.groups.all())
    found = list(units.select_related("head")[:2])
    return found[0] if len(found) == 1 else None
