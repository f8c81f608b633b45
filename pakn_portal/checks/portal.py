"""What the section asks of the portal around it: apps, middleware, addresses, accounts, languages, mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning
from django.urls import NoReverseMatch, Resolver404, get_resolver, reverse
from django.utils.module_loading import import_string
from django.utils.translation import check_for_language

from pakn_portal.conf import portal_settings, unit_model_name
from pakn_portal.languages import addressing, resolved
from pakn_portal.people.accounts import email_column
from pakn_portal.people.names import has_column
from pakn_portal.snippets.models import AbstractUnit

#: An address of ours, and one that Wagtail's own addresses would swallow if they came first.
OUR_ADDRESS: Final = "pakn_portal:suggestions"
#: Backends that send nothing.
SILENT_MAIL: Final = ("dummy", "console", "locmem", "filebased")
CSRF_FAILURE_VIEW: Final = "pakn_portal.pages.views.csrf.csrf_failure"
HANDLER_400: Final = "pakn_portal.pages.views.too_much.too_much_sent"
#: What our forms need at least of Django's limits; the script of the form counts on the same.
LEAST_OF_A_FORM: Final = {
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 500,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 100,
}
DJANGO_SENDER: Final = "webmaster@localhost"


def order_of_apps() -> Iterator[CheckMessage]:
    names = [config.name for config in apps.get_app_configs()]
    first_of_wagtail = min(place for place, name in enumerate(names) if name.split(".")[0] == "wagtail")
    for ours in ("pakn_portal", "pakn_portal.wagtail_vietnamese"):
        if ours not in names or names.index(ours) < first_of_wagtail:
            continue
        yield Warning(
            f"{ours!r} stands after Wagtail's apps: its words and admin templates lose against theirs.",
            hint=f"Put it before {names[first_of_wagtail]!r} in INSTALLED_APPS.",
            id="pakn_portal.W020",
        )


def middleware() -> Iterator[CheckMessage]:
    if not apps.is_installed("wagtail.contrib.redirects"):  # E002 tells
        return
    if not any(_is_redirects(path) for path in settings.MIDDLEWARE):
        yield Error(
            "Old addresses of moved answers would not be found.",
            hint="Add 'wagtail.contrib.redirects.middleware.RedirectMiddleware' to MIDDLEWARE.",
            id="pakn_portal.E023",
        )


def csrf_failure_view() -> Iterator[CheckMessage]:
    if settings.CSRF_FAILURE_VIEW != CSRF_FAILURE_VIEW:
        yield Warning(
            "Whoever sends a form without its token, as happens without cookies, loses what they wrote.",
            hint=f"Set CSRF_FAILURE_VIEW = {CSRF_FAILURE_VIEW!r}. A view of your own may call that one; then "
            "silence this check.",
            id="pakn_portal.W030",
        )


def handler_of_bad_requests() -> Iterator[CheckMessage]:
    handler = get_resolver().resolve_error_handler(400)
    if f"{handler.__module__}.{handler.__name__}" != HANDLER_400:
        yield Warning(
            "Whoever sends more than Django takes reads two English words, and no way back.",
            hint=f"Write handler400 = {HANDLER_400!r} into {settings.ROOT_URLCONF}. A view of your own may "
            "call that one; then silence this check.",
            id="pakn_portal.W035",
        )


def limits_of_requests() -> Iterator[CheckMessage]:
    for name, least in LEAST_OF_A_FORM.items():
        most = getattr(settings, name)
        if most is not None and most < least:
            yield Warning(
                f"{name} = {most} is less than the section's forms may send; such a form is lost unread.",
                hint=f"Set {name} to {least} or more.",
                id="pakn_portal.W036",
            )


def _is_redirects(path: str) -> bool:
    from wagtail.contrib.redirects.middleware import RedirectMiddleware  # inside: optional app

    try:
        found = import_string(path)
    except ImportError:  # Django tells it by itself
        return False
    return isinstance(found, type) and issubclass(found, RedirectMiddleware)


def addresses() -> Iterator[CheckMessage]:
    hint = (
        'Put path("pakn-he-thong/", include("pakn_portal.urls")) into the site\'s urlpatterns, before '
        "the line of wagtail_urls."
    )
    try:
        with addressing():
            address = reverse(OUR_ADDRESS)
    except NoReverseMatch:
        yield Error("The addresses of pakn_portal are not included.", hint=hint, id="pakn_portal.E024")
        return
    try:
        reached = resolved(address).view_name
    except Resolver404:
        reached = ""
    if reached != OUR_ADDRESS:
        yield Error(
            f"{address} does not reach pakn_portal: other addresses stand before it.",
            hint=hint,
            id="pakn_portal.E024",
        )


def unit_model() -> Iterator[CheckMessage]:
    name = unit_model_name()
    if not issubclass(apps.get_model(name), AbstractUnit):
        yield Error(
            f"PAKN_PORTAL_UNIT_MODEL names {name}, which is no organisational unit.",
            hint="Derive it from pakn_portal.snippets.models.AbstractUnit.",
            id="pakn_portal.E025",
        )


def languages() -> Iterator[CheckMessage]:
    if not settings.USE_I18N:
        yield Error(
            "Without translations the section would speak English.",
            hint="Set USE_I18N = True.",
            id="pakn_portal.E026",
        )
    wanted = portal_settings.LANGUAGE
    if wanted and not check_for_language(wanted):
        yield Error(
            f'PAKN_PORTAL["LANGUAGE"] {wanted!r} is no language that is known here.',
            hint='Choose "vi" or "en", or "" to follow the portal.',
            id="pakn_portal.E029",
        )


def user_model() -> Iterator[CheckMessage]:
    model = get_user_model()
    lacking = [name for name in ("is_active", "groups", "user_permissions") if not _has_field(model, name)]
    if lacking:
        yield Error(
            f"The user model {model._meta.label} lacks {', '.join(lacking)}, by which roles are given.",
            hint="Derive it from django.contrib.auth.models.PermissionsMixin, with a field is_active.",
            id="pakn_portal.E027",
        )
    if not has_column(email_column()):
        yield Warning(
            f"The user model {model._meta.label} has no field {email_column()!r}, so staff get no mail.",
            hint="Name its field for the e-mail address in EMAIL_FIELD.",
            id="pakn_portal.W021",
        )


def _has_field(model: Any, name: str) -> bool:
    return name in {field.name for field in model._meta.get_fields()}


def name_of_ministry() -> Iterator[CheckMessage]:
    if not portal_settings.MINISTRY_NAME:
        yield Warning(
            "Mails and pages do not say whose they are.",
            hint='Set PAKN_PORTAL["MINISTRY_NAME"], such as "Bộ Mẫu".',
            id="pakn_portal.W022",
        )


def telephone_of_ministry() -> Iterator[CheckMessage]:
    if not (portal_settings.MINISTRY_PHONE and portal_settings.MINISTRY_HOURS):
        yield Warning(
            "Mails ask senders not to reply, and do not say whom to call and when.",
            hint='Set PAKN_PORTAL["MINISTRY_PHONE"] and ["MINISTRY_HOURS"], such as "1900 0000" and '
            '"8:00–17:00, thứ Hai đến thứ Sáu".',
            id="pakn_portal.W042",
        )


def mail() -> Iterator[CheckMessage]:
    if not portal_settings.MAIL_FROM and settings.DEFAULT_FROM_EMAIL == DJANGO_SENDER:
        yield Warning(
            f"Mails would come from {DJANGO_SENDER}, which receivers refuse.",
            hint="Set DEFAULT_FROM_EMAIL to an address of the ministry.",
            id="pakn_portal.W024",
        )
    backend = _mail_backend()
    if any(f".backends.{name}." in backend for name in SILENT_MAIL):
        yield Warning(
            f"EMAIL_BACKEND {backend!r} sends nothing, and our mails would count as sent.",
            hint="Name a backend that sends, such as 'django.core.mail.backends.smtp.EmailBackend'.",
            id="pakn_portal.W025",
        )


def _mail_backend() -> str:
    """Django 6.1 knows `MAILERS` beside the older setting."""
    mailers = getattr(settings, "MAILERS", None) or {}
    return str(mailers.get("default", {}).get("BACKEND") or settings.EMAIL_BACKEND)
