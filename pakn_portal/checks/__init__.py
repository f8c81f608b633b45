"""System checks: what is wrong with the site's set-up, and the exact mend.

Each has an identifier that keeps its meaning for good; docs/reference/checks.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from pakn_portal import clock
from pakn_portal.checks import database, letters, portal, register_keys, sign_in, storage
from pakn_portal.checks.templates import base_template
from pakn_portal.checks.types import types_of_settings
from pakn_portal.checks.values import values
from pakn_portal.conf import DEFAULTS, portal_settings
from pakn_portal.search.engines import SearchEngine
from pakn_portal.submissions.captcha import Captcha
from pakn_portal.submissions.files import reader
from pakn_portal.submissions.files.scanner import Scanner, TestPatternScanner
from pakn_portal.submissions.files.types import TYPES

NEEDED_APPS = (
    "wagtail_modeladmin",
    "django_filters",
    "django_altcha",
    "django.contrib.admin",
    "django.contrib.messages",
    "django.contrib.sessions",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
)
#: module → the extra of setup.cfg that brings it
EXTRAS = {"elasticsearch": "elasticsearch", "elastic_transport": "elasticsearch"}
#: what `wagtail start` writes, and what stays from development
PLACEHOLDERS = ("example.com", "localhost", "127.0.0.1")
ZONE = "Asia/Ho_Chi_Minh"
#: Results on one page of the archive; a search server is asked for them all at once.
LARGEST_PAGE = 100


@register
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if mistyped := list(types_of_settings()):
        return mistyped
    return [
        *_unknown_names(),
        *_missing_apps(),
        *_formats(),
        *_time_zone(),
        *_forms(),
        *_archive(),
        *portal.languages(),
        *values(),
        *sign_in.who_is_told(),
        *sign_in.order_of_sessions(),
        *register_keys.keys(),
        *letters.document(),
    ]


@register
def check_portal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What stands around the section."""
    if _is_mistyped():
        return []
    return [
        *portal.order_of_apps(),
        *portal.middleware(),
        *portal.csrf_failure_view(),
        *portal.handler_of_bad_requests(),
        *portal.limits_of_requests(),
        *portal.addresses(),
        *portal.unit_model(),
        *portal.user_model(),
        *base_template(),
    ]


@register
def check_backends(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [] if _is_mistyped() else [*_dotted_paths(), *_search_server(), *storage.private_storage()]


@register
def check_databases(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return list(database.engine())


@register(deploy=True)
def check_deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if _is_mistyped():
        return []
    return [
        *_scanner(),
        *_reader(),
        *_cache(),
        *_mail(),
        *_proxies(),
        *portal.name_of_ministry(),
        *portal.telephone_of_ministry(),
        *letters.drawing(),
        *storage.private_folder(),
        *portal.mail(),
        *sign_in.guessing(),
        *sign_in.sessions(),
        *sign_in.second_factor(),
        *sign_in.content_policy(),
        *register_keys.own_key(),
        *register_keys.place_outside(),
    ]


@register(Tags.database)
def check_migrations(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return list(database.migrations()) if databases else []


@register(Tags.database)
def check_calendar(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return list(database.years()) if databases and _is_sound() else []


@register(Tags.database)
def check_visitors(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return list(database.unread_addresses()) if databases and _is_sound() else []


@register(Tags.database)
def check_site(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return list(database.host_of_site()) if databases else []


@register(Tags.database)
def check_cache(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return list(database.cache()) if databases else []


def _is_sound() -> bool:
    """Whether rows can be read with these settings; where not, the basic checks have told why."""
    return not _is_mistyped() and not any(message.is_serious() for message in _time_zone())


def _is_mistyped() -> bool:
    """A value of the wrong type is told alone: whatever else reads it would only stumble."""
    return any(types_of_settings())


def _unknown_names() -> Iterator[CheckMessage]:
    given = getattr(settings, "PAKN_PORTAL", {})
    yield from _unknown_in("PAKN_PORTAL", given, DEFAULTS)
    for name, default in DEFAULTS.items():
        if isinstance(default, dict):
            yield from _unknown_in(f'PAKN_PORTAL["{name}"]', given.get(name, {}), default)


def _unknown_in(where: str, given: dict[str, Any], known: dict[str, Any]) -> Iterator[CheckMessage]:
    for name in given:
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"Did you mean {close[0]!r}?" if close else f"Known are {', '.join(known)}."
            yield Error(f"{where} has no setting {name!r}.", hint=hint, id="pakn_portal.E001")


def _missing_apps() -> Iterator[CheckMessage]:
    for name in NEEDED_APPS:
        if not apps.is_installed(name):
            hint = f"Add {name!r} to INSTALLED_APPS, after 'pakn_portal'."
            yield Error(f"The app {name!r} is not installed.", hint=hint, id="pakn_portal.E002")


def _formats() -> Iterator[CheckMessage]:
    number = portal_settings.CASE_NUMBER_FORMAT
    try:
        numbers = {number.format(year=year, sequence=last) for year in (2026, 2027) for last in (1, 2)}
    except (KeyError, IndexError, ValueError):
        numbers = set()
    if len(numbers) != 4:
        yield Error(
            f"CASE_NUMBER_FORMAT {number!r} does not give each case a number of its own.",
            hint=f"Use both {{year}} and {{sequence}}, as in {DEFAULTS['CASE_NUMBER_FORMAT']!r}.",
            id="pakn_portal.E003",
        )
    closes = portal_settings.OFFICE_HOURS_END
    try:
        time.fromisoformat(closes)
    except (TypeError, ValueError):
        hint = 'Write hours and minutes, such as "17:00".'
        yield Error(f"OFFICE_HOURS_END {closes!r} is no time.", hint=hint, id="pakn_portal.E004")


def _time_zone() -> Iterator[CheckMessage]:
    if not settings.USE_TZ:
        yield Error("Deadlines need aware times.", hint="Set USE_TZ = True.", id="pakn_portal.E005")
    wanted = portal_settings.TIME_ZONE
    try:
        clock.zone()
    except (ZoneInfoNotFoundError, ValueError):
        hint = f'Name a zone such as {ZONE!r} in PAKN_PORTAL["TIME_ZONE"].'
        yield Error(f"There is no time zone {wanted!r}.", hint=hint, id="pakn_portal.E028")
        return
    if wanted != ZONE:
        yield Warning(
            f"Days are counted in {wanted}.",
            hint=f'Set PAKN_PORTAL["TIME_ZONE"] = {ZONE!r} or leave it out, or a deadline may be a day off. '
            "The portal's own TIME_ZONE may be any.",
            id="pakn_portal.W001",
        )


def _forms() -> Iterator[CheckMessage]:
    own_captcha = DEFAULTS["CAPTCHA"]
    if own_captcha == portal_settings.CAPTCHA and not getattr(settings, "ALTCHA_HMAC_KEY", None):
        yield Error(
            "The check against mass mailing has no key.",
            hint="Set ALTCHA_HMAC_KEY to a long random text, and keep it as secret as SECRET_KEY.",
            id="pakn_portal.E011",
        )
    for kind in portal_settings.ATTACHMENT_TYPES:
        if kind not in TYPES:
            yield Error(
                f"ATTACHMENT_TYPES names {kind!r}, a type of file we cannot check.",
                hint=f"Choose among {', '.join(TYPES)}.",
                id="pakn_portal.E012",
            )


def _archive() -> Iterator[CheckMessage]:
    size = portal_settings.ARCHIVE_PAGE_SIZE
    if type(size) is not int or not 1 <= size <= LARGEST_PAGE:
        yield Error(
            f"ARCHIVE_PAGE_SIZE {size!r} is no number of results for one page.",
            hint=f"Choose a whole number from 1 to {LARGEST_PAGE}.",
            id="pakn_portal.E013",
        )


def _dotted_paths() -> Iterator[CheckMessage]:
    for name, base in {"CAPTCHA": Captcha, "FILE_SCANNER": Scanner, "SEARCH_ENGINE": SearchEngine}.items():
        path = getattr(portal_settings, name)
        hint = f"Name a subclass of {base.__module__}.{base.__qualname__}."
        try:
            loaded = portal_settings.load(name)
        except ImportError as error:
            # a package that an extra brings is missing, and no other class would mend that
            extra = EXTRAS.get((error.name or "").partition(".")[0])
            hint = f"Run “pip install 'pakn_portal[{extra}]'”." if extra else hint
            yield Error(f"{name} {path!r} cannot be imported: {error}", hint=hint, id="pakn_portal.E006")
            continue
        if not (isinstance(loaded, type) and issubclass(loaded, base)):
            yield Error(f"{name} {path!r} is of the wrong kind.", hint=hint, id="pakn_portal.E006")


def _search_server() -> Iterator[CheckMessage]:
    is_wanted = portal_settings.SEARCH_ENGINE.endswith(".ElasticsearchEngine")
    if is_wanted and not portal_settings.ELASTICSEARCH["hosts"]:
        yield Error(
            "SEARCH_ENGINE names Elasticsearch, but no server is set.",
            hint='Set PAKN_PORTAL["ELASTICSEARCH"]["hosts"], or leave SEARCH_ENGINE out.',
            id="pakn_portal.E007",
        )


def _scanner() -> Iterator[CheckMessage]:
    try:
        scanner = portal_settings.load("FILE_SCANNER")
    except ImportError:  # E006 tells
        return
    if scanner is TestPatternScanner:
        yield Warning(
            "Attachments are scanned for a test pattern only.",
            hint="Name your antivirus program in FILE_SCANNER; for ClamAV that is "
            "'pakn_portal.submissions.files.clamd.ClamdScanner', with the address of clamd in CLAMD.",
            id="pakn_portal.W003",
        )


def _reader() -> Iterator[CheckMessage]:
    if problem := reader.problem():
        yield Error(
            f"The process that looks into senders' files does not work: {problem}. No file can be sent.",
            hint="See the log pakn_portal.submissions.files.reader. It needs a Python of this version in "
            "the site's environment, Pillow, and a folder for temporary files that can be written to.",
            id="pakn_portal.E030",
        )


def _cache() -> Iterator[CheckMessage]:
    backend = settings.CACHES.get("default", {}).get("BACKEND", "")
    if backend.endswith((".LocMemCache", ".DummyCache")):
        told = (
            "The cache keeps nothing, so the archive and the section's figures are counted anew each time."
            if backend.endswith(".DummyCache")
            else "Each process keeps the counts of the archive and the section's figures by itself, so one "
            "may show older ones than another."
        )
        yield Warning(
            told,
            hint='Let CACHES["default"] be a cache that all processes share.',
            id="pakn_portal.W004",
        )


def _mail() -> Iterator[CheckMessage]:
    address = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or ""
    is_left = urlsplit(address).hostname in PLACEHOLDERS and not settings.DEBUG
    if not address or is_left:
        yield Warning(
            f"Mails to staff would link to {address}."
            if is_left
            else "Mails to staff cannot link to their case.",
            hint='Set WAGTAILADMIN_BASE_URL, such as "https://cong.example.vn".',
            id="pakn_portal.W005",
        )


def _proxies() -> Iterator[CheckMessage]:
    """Said to be 0 by the site itself, it is believed."""
    is_set = "TRUSTED_PROXY_COUNT" in getattr(settings, "PAKN_PORTAL", {})
    hint_of_proxy = settings.SECURE_PROXY_SSL_HEADER or settings.USE_X_FORWARDED_HOST
    if hint_of_proxy and not is_set and not settings.DEBUG:
        yield Warning(
            "There seems to be a proxy before the site, so all visitors would share one limit.",
            hint="Set TRUSTED_PROXY_COUNT to the number of your own proxies that append to X-Forwarded-For; "
            "0 if none does.",
            id="pakn_portal.W007",
        )
