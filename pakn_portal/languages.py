"""The language of texts and the language of URLs, which `i18n_patterns` otherwise ties together.

Texts are made within `speaking`, URLs within `addressing`: the section writes Vietnamese at the visitor's
URL, even in a portal that has no Vietnamese URLs.
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

#: Within `speaking`: the language of its texts, and the language that URLs had before it.
_spoken: ContextVar[tuple[str, str]] = ContextVar("pakn_spoken", default=("", ""))


@contextmanager
def speaking(words: str = "", *, addresses: str = "") -> Iterator[None]:
    """Texts in `words`, or else in the section's language; URLs in `addresses`, or else unchanged."""
    spoken = words or section_language()
    token = _spoken.set((spoken, addresses or _language_of_addresses()))
    try:
        with translation.override(spoken):
            yield
    finally:
        _spoken.reset(token)


@contextmanager
def addressing() -> Iterator[None]:
    """Wrap `reverse` and a page's `get_url` in this: uses a language for which the portal has URLs."""
    with translation.override(_language_of_addresses()):
        yield


def resolved(address: str) -> ResolverMatch:
    """The view at this URL; `address` as a browser shows it, with the prefixes of the
    portal and of a language.

    Raises Resolver404.
    """
    path = "/" + address.removeprefix(get_script_prefix()).lstrip("/")
    with translation.override(get_language_from_path(path) or _language_of_addresses()):
        return resolve(path)


def portal_language() -> str:
    """The language of the portal's own URLs, for texts without a visitor, such as a mail.

    `LANGUAGE_CODE`, or the entry of `LANGUAGES` that Django uses for it; the first entry if there is none.
    """
    _is_used, is_default_prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    if not is_default_prefixed:
        return settings.LANGUAGE_CODE
    return _known(settings.LANGUAGE_CODE) or next(iter(dict(settings.LANGUAGES)), settings.LANGUAGE_CODE)


def _language_of_addresses() -> str:
    active = translation.get_language() or settings.LANGUAGE_CODE
    words, addresses = _spoken.get()
    # a language activated inside the block, such as by a language switch, is intended
    if active == words:
        return addresses
    return (active != settings.LANGUAGE_CODE and _known(active)) or portal_language()


def _known(code: str) -> str:
    """The entry of `LANGUAGES` that Django uses for this code; empty if there is none."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return ""
