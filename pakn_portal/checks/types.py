"""Is each value of `PAKN_PORTAL` of the kind that its default is?"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from pakn_portal.conf import DEFAULTS

#: Told by a check of their own, which knows more than the type.
_OWN_CHECK = ("ARCHIVE_PAGE_SIZE", "OFFICE_HOURS_END")
#: May be a `pathlib.Path` too.
_PATHS = ("folder", "address", "docx")
_WORDS = {
    str: "a text, such as {!r}",
    int: "a whole number, such as {!r}",
    float: "a number, such as {!r}",
    list: "a list, such as {!r}",
    dict: "a dict",
    bool: "True or False",
}


def types_of_settings() -> Iterator[CheckMessage]:
    given = getattr(settings, "PAKN_PORTAL", {})
    if not isinstance(given, dict):
        yield _wrong("PAKN_PORTAL", given, {})
        return
    for name, default in DEFAULTS.items():
        if name in _OWN_CHECK:
            continue
        where, value = f'PAKN_PORTAL["{name}"]', given.get(name, default)
        if not _fits(value, default):
            yield _wrong(where, value, default)
        elif isinstance(default, dict):
            yield from _types_within(name, value, default)


def _types_within(name: str, given: dict[str, Any], known: dict[str, Any]) -> Iterator[CheckMessage]:
    for key, default in known.items():
        value = given.get(key, default)
        is_off = name == "RATE_LIMITS" and value is None
        is_path = key in _PATHS and isinstance(value, PathLike)
        if not (is_off or is_path or _fits(value, default)):
            yield _wrong(f'PAKN_PORTAL["{name}"]["{key}"]', value, default)


def _fits(value: Any, default: Any) -> bool:
    """No text for a number, no number below zero, and no bare text for a list of texts."""
    if default is None:
        return True
    if isinstance(default, list):
        return isinstance(value, list | tuple)
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, int | float):
        return isinstance(value, int if isinstance(default, int) else int | float) and value >= 0
    return isinstance(value, type(default))


def _wrong(where: str, value: Any, default: Any) -> CheckMessage:
    words = _WORDS[type(default)].format(_meant(value, default))
    return Error(f"{where} is {value!r}.", hint=f"It must be {words}.", id="pakn_portal.E022")


def _meant(value: Any, default: Any) -> Any:
    """The site's own value in the right type where that can be told, else the default."""
    if isinstance(default, list) and isinstance(value, str) and value:
        return [part.strip() for part in value.split(",")]
    is_number = isinstance(default, int | float) and not isinstance(default, bool)
    if is_number and isinstance(value, str):
        try:
            number = type(default)(value)
        except ValueError:
            return default
        return number if number >= 0 else default
    if isinstance(default, str) and isinstance(value, int | float | PathLike) and not isinstance(value, bool):
        return str(value)
    return default
