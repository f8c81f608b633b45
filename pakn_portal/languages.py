"""Speaking a language turns the addresses too, where a portal's are beneath `i18n_patterns`.

So words are made within `speaking`, and addresses within `addressing`: the section says Vietnamese words at
the address of the visitor, also in a portal that has no address in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.urls import ResolverMatch, get_script_prefix, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path, get_supported_language_variant

from pakn_portal.conf import section_language

#: Within `speaking`: the language of its words, and the one that addresses had before it.
_spoken: ContextVar[tuple[str, str]] = ContextVar("pakn_spoken", default=("", ""))


@contextmanager
def speaking(words: str = "", *, addresses: str = "") -> Iterator[None]:
    """Words in this language, else in the section's. Addresses are in the other one, else as they were."""
    spoken = words or section_language()
    token = _spoken.set((spoken, addresses or _language_of_addresses()))
    try:
        with translation.override(spoken):
            yield
    finally:
        _spoken.reset(token)


@contextmanager
def addressing() -> Iterator[None]:
    """Around `reverse` and a page's `get_url`: in a language that the portal has addresses in."""
    with translation.override(_language_of_addresses()):
        yield


def resolved(address: str) -> ResolverMatch:
    """What answers there; `address` as a browser shows it, with the path of the portal and a language.

    Raises Resolver404.
    """
    path = "/" + address.removeprefix(get_script_prefix()).lstrip("/")
    with translation.override(get_language_from_path(path) or _language_of_addresses()):
        return resolve(path)


def portal_language() -> str:
    """That of the portal's own addresses, for what no visitor asked for, such as a mail.

    `LANGUAGE_CODE`, or the one of `LANGUAGES` that answers for it; the first of them where none does.
    """
    _is_used, is_default_prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    if not is_default_prefixed:
        return settings.LANGUAGE_CODE
    return _known(settings.LANGUAGE_CODE) or next(iter(dict(settings.LANGUAGES)), settings.LANGUAGE_CODE)


def _language_of_addresses() -> str:
    active = translation.get_language() or settings.LANGUAGE_CODE
    words, addresses = _spoken.get()
    # whoever chose another one within, such as a switch of languages, means it
    if active == words:
        return addresses
    return (active != settings.LANGUAGE_CODE and _known(active)) or portal_language()


def _known(code: str) -> str:
    """The one of `LANGUAGES` that answers for this code, else empty."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return ""
