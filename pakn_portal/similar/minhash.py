"""Texts that are nearly the same, found without reading each: keyed MinHash in bands.

A text is the set of its shingles, three folded tokens in a row. Of a keyed hash of each, one permutation
gives the least of every bin (Li, Owen, Zhang: One Permutation Hashing, NIPS 2012); a bin that stays empty
takes the least of another (Shrivastava: Optimal Densification, ICML 2017). The bins form bands: two texts
that share a band are worth comparing, and the more of their shingles they share, the more bands (Leskovec,
Rajaraman, Ullman: Mining of Massive Datasets, §3.4). Without the key a band tells nothing of its text.
"""

from __future__ import annotations

import hashlib
from typing import Final

from pakn_portal.text import fold, syllables

#: Bands of so many bins: of two texts with 45 of 100 shingles in common 9 in 10 share a band, with 2 of 100
#: one in 5,000.
BANDS: Final = 24
_BINS_OF_BAND: Final = 3
_BINS: Final = BANDS * _BINS_OF_BAND
_WORDS: Final = 3
_EMPTY: Final = 1 << 64


def shingles(text: str) -> set[str]:
    """Each three tokens in a row, without marks and capitals; of a shorter text all that it has."""
    tokens = syllables(fold(text))
    if len(tokens) < _WORDS:
        return {" ".join(tokens)} if tokens else set()
    return {" ".join(tokens[at : at + _WORDS]) for at in range(len(tokens) - _WORDS + 1)}


def bands(text: str, *, key: bytes) -> list[int]:
    """`BANDS` whole numbers of 63 bits; texts without a token are all the same. `key`: 16 to 64 bytes."""
    least = [_EMPTY] * _BINS
    for shingle in shingles(text) or {""}:
        number = _hash(shingle.encode(), key)
        rest, at = divmod(number, _BINS)
        least[at] = min(least[at], rest)
    filled = _densify(least, key)
    return [_hash_of_band(band, filled, key) for band in range(BANDS)]


def likeness(one: set[str], other: set[str]) -> int:
    """In percent: of the shingles that either has, the share that both have (Jaccard)."""
    either = len(one | other)
    return 100 * len(one & other) // either if either else 0


def _densify(least: list[int], key: bytes) -> list[int]:
    """An empty bin asks others in an order that only its own number and the key decide."""
    filled = list(least)
    for at, number in enumerate(least):
        attempt = 0
        while number == _EMPTY:
            number = least[_hash(b"%d.%d" % (at, attempt), key) % _BINS]
            attempt += 1
        filled[at] = number
    return filled


def _hash_of_band(band: int, filled: list[int], key: bytes) -> int:
    bins = filled[band * _BINS_OF_BAND : (band + 1) * _BINS_OF_BAND]
    return _hash(b"%d:" % band + b",".join(b"%d" % number for number in bins), key) >> 1


def _hash(data: bytes, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8, key=key).digest(), "big")
