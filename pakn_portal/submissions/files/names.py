"""The sender's name for a file, made harmless. It is only displayed; the storage uses random names."""

from __future__ import annotations

from typing import Final

from pakn_portal.text import normalize

LONGEST: Final = 120
_MOST_BYTES: Final = 240
_RESERVED: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
)
_UNSAFE: Final = str.maketrans(dict.fromkeys('<>:"|?*\\/;', "_"))


def clean_name(raw: str) -> str:
    """Composed (NFC), on one line, without folders, invisible characters or characters that
    file systems forbid (H37).

    The extension stays as it is, because it must agree with the content.
    """
    last = normalize(raw).replace("\\", "/").rsplit("/", 1)[-1]
    tidy = " ".join(last.split()).translate(_UNSAFE).strip(". ")
    stem, dot, extension = tidy.rpartition(".")
    if not dot:
        stem, extension = tidy, ""
    if stem.split(".")[0].strip().upper() in _RESERVED or not stem:
        stem = f"_{stem}"
    ending = f"{dot}{extension}"[:20]
    return _cut(stem, LONGEST - len(ending), _MOST_BYTES - len(ending.encode())) + ending


def extension_of(name: str) -> str:
    """The extension in lower case, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def with_extension(name: str, extension: str) -> str:
    """A clean name with another extension."""
    stem = name.rpartition(".")[0]
    return f"{_cut(stem, LONGEST - len(extension) - 1, _MOST_BYTES - len(extension) - 1)}.{extension}"


def _cut(stem: str, characters: int, size: int) -> str:
    short = stem[:characters]
    while len(short.encode()) > size:
        short = short[:-1]
    return short.rstrip()
