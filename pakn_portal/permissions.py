"""The permissions, and the roles that have them.

Rights that depend on the unit (officer, head, focal person) come from `Unit`, see `people/scope.py`; those
here apply to the whole ministry. `pakn_setup` creates a group for each role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from pakn_portal.conf import ENGLISH, VIETNAMESE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

INTAKE = "pakn_portal.intake_case"
HANDLE = "pakn_portal.handle_case"
LEAD = "pakn_portal.lead_case"
PUBLISH = "pakn_portal.publish_case"
AUDIT = "pakn_portal.audit_case"
READ_SEALED = "pakn_portal.read_sealed_case"
MAILS = "pakn_portal.retry_mail"
CONFIRM = "pakn_portal.confirm_rule"
#: Of Wagtail's: whoever may change the holidays keeps the reference lists.
KEEPS_LISTS = "pakn_portal.change_holiday"

#: Custom permissions of the Case model: (codename, English name).
CASE_PERMISSIONS: list[tuple[str, StrOrPromise]] = [
    ("intake_case", _("Can receive, classify and forward cases")),
    ("handle_case", _("Can handle the cases of their own unit")),
    ("lead_case", _("Can oversee all cases as a ministry leader")),
    ("publish_case", _("Can publish, correct and unpublish answers")),
    ("audit_case", _("Can read all cases and verify the register")),
    ("read_sealed_case", _("Can read complaints, denunciations and cases on hold")),
]
#: Custom permission of the OutgoingMail model. It shows no case that its holder may not see, and no address.
MAIL_PERMISSIONS: list[tuple[str, StrOrPromise]] = [
    ("retry_mail", _("Can see which mails did not leave and try them again"))
]

#: Custom permission of the DeadlineRule model; it holds for refusal reasons and days off too.
RULE_PERMISSIONS: list[tuple[str, StrOrPromise]] = [
    ("confirm_rule", _("Can confirm rules, reasons and days off for the Legal Department"))
]

#: Role code → (Vietnamese group name, rights). Administrators see the name in the group editor.
ROLES: dict[str, tuple[str, list[str]]] = {
    "intake": ("PAKN – Văn phòng Bộ", [INTAKE, MAILS]),
    "unit": ("PAKN – Đơn vị xử lý", [HANDLE]),
    "publisher": ("PAKN – Biên tập công khai", [PUBLISH]),
    "leader": ("PAKN – Lãnh đạo Bộ", [LEAD]),
    "inspector": ("PAKN – Tiếp nhận khiếu nại, tố cáo", [READ_SEALED]),
    "auditor": ("PAKN – Kiểm soát nhật ký", [AUDIT]),
    "legal": ("PAKN – Vụ Pháp chế", [CONFIRM]),
    "administrator": ("PAKN – Quản trị danh mục", [MAILS]),
}

#: Role code → group name where `pakn_setup` writes English.
ENGLISH_ROLE_NAMES: dict[str, str] = {
    "intake": "PAKN – Ministry Office",
    "unit": "PAKN – Handling units",
    "publisher": "PAKN – Publishers",
    "leader": "PAKN – Ministry leaders",
    "inspector": "PAKN – Complaints and denunciations",
    "auditor": "PAKN – Auditors of the register",
    "legal": "PAKN – Legal Department",
    "administrator": "PAKN – Keepers of the lists",
}


#: What groups were called before, by the language of the name; `pakn_setup` renames them. Ministries have no
#: inspectorate since 01/07/2025 (Law 84/2025/QH15).
FORMER_ROLE_NAMES: dict[str, dict[str, str]] = {
    "inspector": {"PAKN – Thanh tra Bộ": VIETNAMESE, "PAKN – Inspectorate": ENGLISH},
}


def role_names(code: str) -> dict[str, str]:
    """The names that a role's group may have, by language: a group set up in one language is found in all."""
    return {VIETNAMESE: ROLES[code][0], ENGLISH: ENGLISH_ROLE_NAMES[code]}


def known_names(code: str) -> list[str]:
    """Every name by which a role's group is found, also those it had before."""
    return [*role_names(code).values(), *FORMER_ROLE_NAMES.get(code, {})]


def all_role_names() -> set[str]:
    """The names of all groups that have a role, in every language, and those they had before."""
    return {name for code in ROLES for name in known_names(code)}
