"""Values of the right type that cannot work, told before a sender or the worker meets them."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pakn_portal.cases.models import Case
from pakn_portal.conf import DEFAULTS, ENGLISH, VIETNAMESE, base_language, portal_settings
from pakn_portal.text.identifiers import read_case_number

#: Below these numbers nothing would be sent, shown or let through.
LEAST: Final = {"MAIL_MAX_ATTEMPTS": 1, "MAIL_LINK_DAYS": 1, "PUBLIC_FIGURES_MINIMUM": 1}
#: Fewer tries than the wrong ones that are borne would lock senders out of their own case.
LEAST_TRIES_PER_NUMBER: Final = 20
OUR_BASE: Final = "pakn_portal/base.html"


def values() -> Iterator[CheckMessage]:
    yield from _numbers()
    yield from _sizes()
    yield from _case_number()
    yield from _addresses()
    if (key := getattr(settings, "ALTCHA_HMAC_KEY", None)) and not isinstance(key, str):
        yield _wrong(f"ALTCHA_HMAC_KEY is of the type {type(key).__name__}.", "Write it as a text.")
    if portal_settings.BASE_TEMPLATE == OUR_BASE:
        yield _wrong(
            f"BASE_TEMPLATE {OUR_BASE!r} is our own, which builds upon yours.",
            "Name the base template of the portal, such as 'base.html'.",
        )
    wanted = portal_settings.LANGUAGE
    if wanted and base_language(wanted) not in (VIETNAMESE, ENGLISH):
        yield Warning(
            f'PAKN_PORTAL["LANGUAGE"] {wanted!r} has no words here, so the section would speak English.',
            hint='Choose "vi" or "en", or "" to follow the portal.',
            id="pakn_portal.W038",
        )


def _numbers() -> Iterator[CheckMessage]:
    for name, least in LEAST.items():
        if getattr(portal_settings, name) < least:
            yield _wrong(f"{name} is less than {least}.", f"Choose {least} or more, or leave it out.")
    tries = portal_settings.RATE_LIMITS["track_per_number_hour"]
    if tries and tries < LEAST_TRIES_PER_NUMBER:  # None and 0 disable it
        yield _wrong(
            f'RATE_LIMITS["track_per_number_hour"] {tries} would keep senders from their own case.',
            f"Choose {LEAST_TRIES_PER_NUMBER} or more, or 0 for no limit.",
        )


def _sizes() -> Iterator[CheckMessage]:
    one, total = portal_settings.ATTACHMENT_MAX_BYTES, portal_settings.ATTACHMENTS_MAX_TOTAL_BYTES
    if total < one:
        yield _wrong(
            f"ATTACHMENTS_MAX_TOTAL_BYTES {total} is less than ATTACHMENT_MAX_BYTES {one}: the form "
            "promises a file that it refuses.",
            "Raise the former or lower the latter.",
        )
    if not portal_settings.ATTACHMENT_TYPES and portal_settings.ATTACHMENT_MAX_COUNT:
        yield _wrong(
            "ATTACHMENT_TYPES is empty, so the form asks for files and refuses each.",
            f"Name types, as in {DEFAULTS['ATTACHMENT_TYPES']!r}.",
        )


def _case_number() -> Iterator[CheckMessage]:
    """By making one and reading it, as a sender would who types it. E003 tells what makes none."""
    layout, longest = portal_settings.CASE_NUMBER_FORMAT, _field(Case, "number").max_length
    try:
        number = layout.format(year=2026, sequence=999_999)
    except (KeyError, IndexError, ValueError):
        return
    hint = f"Use a short prefix, {{year}} and {{sequence}}, as in {DEFAULTS['CASE_NUMBER_FORMAT']!r}."
    if len(number) > longest:
        yield _wrong(
            f"CASE_NUMBER_FORMAT makes {number!r}, longer than the {longest} signs of the column.", hint
        )
    elif read_case_number(number, layout) != number:
        yield _wrong(
            f"CASE_NUMBER_FORMAT makes {number!r}, which the tracking page could not read again.", hint
        )


def _addresses() -> Iterator[CheckMessage]:
    root = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "")
    if root and (urlsplit(root).scheme not in ("http", "https") or not urlsplit(root).netloc):
        yield _wrong(
            f"WAGTAILADMIN_BASE_URL {root!r} is no address, so links in mails to staff lead nowhere.",
            'Write it whole, such as "https://cong.example.vn".',
        )
    if (sender := portal_settings.MAIL_FROM) and not _is_address(parseaddr(sender)[1]):
        yield _wrong(
            f"MAIL_FROM {sender!r} is no e-mail address.",
            'Write "pakn@example.vn", or "Bộ Mẫu <pakn@example.vn>".',
        )
    for address in portal_settings.REGISTER_HEADS["mail_to"]:
        # blanks of an empty environment variable are nobody
        if not isinstance(address, str) or (address.strip() and not _is_address(address.strip())):
            yield _wrong(
                f'REGISTER_HEADS["mail_to"] has {address!r}, which is no e-mail address.',
                'Write each as "luutru@example.vn".',
            )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _field(model: Any, name: str) -> Any:
    return model._meta.get_field(name)


def _wrong(message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id="pakn_portal.E036")
