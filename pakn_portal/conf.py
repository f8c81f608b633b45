"""The app's settings: one dict, `PAKN_PORTAL`, read through `portal_settings`.

docs/reference/settings.md documents each name; a test compares the two.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

#: Languages for which shipped content exists: what `pakn_setup` creates and what the worker writes.
VIETNAMESE: Final = "vi"
ENGLISH: Final = "en"

DEFAULTS: dict[str, Any] = {
    # Look
    "BASE_TEMPLATE": "base.html",
    "MINISTRY_NAME": "",
    "MINISTRY_CONTACT": "",
    "MINISTRY_PHONE": "",
    "MINISTRY_HOURS": "",
    "LANGUAGE": "vi",
    "LETTERS": {
        "superior": "",
        "place": "Hà Nội",
        "national_title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "signature_title": "",
        "foot": "",
        "docx": "",
    },
    "PERSONAL_DATA": {"url": "", "contact": "", "kept_for": ""},
    # Staff
    "MENU_ORDER": 90,
    "HOME_PANEL_ORDER": 50,
    "ROLE_CHANGES_TOLD_TO": "inspector",
    "FAMILY_NAME_FIELD": "last_name",
    "STAFF_IDLE_MINUTES": 30,
    "STAFF_SESSION_HOURS": 12,
    # Cases
    "CASE_NUMBER_FORMAT": "PAKN-{year}-{sequence:06d}",
    "TIME_ZONE": "Asia/Ho_Chi_Minh",
    "OFFICE_HOURS_END": "17:00",
    "DUE_SOON_WORKING_DAYS": 2,
    "PUBLIC_FIGURES_MINIMUM": 30,
    # The register
    "REGISTER_KEYS": [],
    "REGISTER_HEADS": {"folder": "", "mail_to": []},
    # Submissions
    "ATTACHMENT_TYPES": ["pdf", "jpg", "png", "docx", "xlsx", "doc", "xls"],
    "ATTACHMENT_MAX_BYTES": 20 * 1024 * 1024,
    "ATTACHMENT_MAX_COUNT": 5,
    "ATTACHMENTS_MAX_TOTAL_BYTES": 50 * 1024 * 1024,
    "UPLOADS_WAITING_MAX_BYTES": 10 * 1024 * 1024 * 1024,
    "STAFF_UPLOADS_WAITING_MAX_BYTES": 20 * 1024 * 1024 * 1024,
    "PRIVATE_STORAGE": "private",
    "FORM_MIN_SECONDS": 3,
    "CAPTCHA": "pakn_portal.submissions.captcha.ProofOfWork",
    "FILE_SCANNER": "pakn_portal.submissions.files.scanner.TestPatternScanner",
    "CLAMD": {"address": "/run/clamav/clamd.ctl", "timeout_seconds": 20.0},
    "TRUSTED_PROXY_COUNT": 0,
    "RATE_LIMITS": {
        "submit_per_address_hour": 10,
        "submit_per_address_day": 30,
        "submit_plain_per_address_hour": 5,
        "wrong_sum_per_address_hour": 5,
        "receipt_again_per_form_hour": 30,
        "answered_per_address_hour": 20,
        "upload_per_address_hour": 60,
        "upload_bytes_per_address_hour": 200 * 1024 * 1024,
        "upload_bytes_per_address_day": 500 * 1024 * 1024,
        "staff_upload_bytes_per_account_hour": 500 * 1024 * 1024,
        "left_words_per_account_hour": 60,
        "left_words_per_address_hour": 600,
        "track_per_number_hour": 30,
        "track_wrong_per_number_15_minutes": 5,
        "track_wrong_before_proof_15_minutes": 20,
        "track_wrong_per_address_hour": 20,
        "track_wrong_alarm_hour": 500,
        "receipt_mails_per_recipient_day": 3,
        "sign_in_wrong_per_account_15_minutes": 5,
        "sign_in_wrong_before_proof_15_minutes": 20,
        "sign_in_proved_wrong_per_account_15_minutes": 20,
        "sign_in_wrong_per_address_hour": 50,
        "sign_in_wrong_per_ipv6_site_hour": 200,
    },
    # Search
    "SEARCH_ENGINE": "pakn_portal.search.engines.DatabaseEngine",
    "ELASTICSEARCH": {"hosts": [], "index": "pakn_archive", "timeout_seconds": 1.0, "options": {}},
    "ARCHIVE_PAGE_SIZE": 10,
    # Mail
    "MAIL_FROM": "",
    "MAIL_MAX_ATTEMPTS": 40,
    "MAIL_LINK_DAYS": 180,
    "RECEIPT_MAIL_REPEATS": False,
}


class PortalSettings:
    """`portal_settings.NAME` is the site's value, or else the default; a dict is merged over its default."""

    def __getattr__(self, name: str) -> Any:
        if name not in DEFAULTS:
            raise AttributeError(f"Unknown PAKN_PORTAL setting: {name!r}")
        default = deepcopy(DEFAULTS[name])
        portal = getattr(settings, "PAKN_PORTAL", {})
        given = portal.get(name, default) if isinstance(portal, dict) else default  # E022 reports it
        value = {**default, **given} if isinstance(default, dict) else given
        self.__dict__[name] = value
        return value

    def load(self, name: str) -> Any:
        """The object that a dotted-path setting names."""
        return import_string(getattr(self, name))

    def reload(self) -> None:
        """Drop the cached values, for `override_settings` in tests."""
        self.__dict__.clear()


portal_settings = PortalSettings()


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == "PAKN_PORTAL":
        portal_settings.reload()


setting_changed.connect(_forget)


def unit_model_name() -> str:
    """`app_label.Model` of the organisational unit, the only swappable model (`PAKN_PORTAL_UNIT_MODEL`)."""
    return getattr(settings, "PAKN_PORTAL_UNIT_MODEL", "pakn_portal.Unit")


def section_language() -> str:
    """The language of mails and of the texts that the section writes by itself."""
    return str(portal_settings.LANGUAGE or settings.LANGUAGE_CODE)


def content_language() -> str:
    """The language of the shipped content: Vietnamese where the section is Vietnamese, English elsewhere."""
    return VIETNAMESE if base_language(section_language()) == VIETNAMESE else ENGLISH


def base_language(code: str) -> str:
    """The language without its region: `en` for `en-gb`, as in Django's own fallback."""
    return code.lower().replace("_", "-").partition("-")[0]
