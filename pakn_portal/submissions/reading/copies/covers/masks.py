"""What the mask of a picture in a PDF hides, and what a stencil paints over.

Scanners write a page in layers: the paper below, and the letters as a stencil over it. Those stay; a bar does
not, nor words that a mask takes away.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageChops, ImageFilter
from pypdf.generic import DictionaryObject, StreamObject

from pakn_portal.submissions.reading.bounds import MOST_PIXELS
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Of what is hidden: so far from its ground, and so much of it, that somebody could read it.
_CONTRAST: Final = 64
_LEAST_WORDS: Final = 0.005
_LEAST_HIDDEN: Final = 0.002
#: Of a mask that shows nothing, and of a stencil that paints all.
_NOTHING: Final = 26
_ALL: Final = 250
_SIDE: Final = 1200
#: A bar is so many cells wide and high, or high and wide; a cell has so many points. Letters are thinner.
_CELL: Final = 3
_LONG, _THICK = 6, 2
#: At its edges a scan is black.
_EDGE: Final = 0.03
#: Of colours that a mask names, from the least to the most.
_NARROW: Final = 64
_OPENED: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
_WRAPPED: Final = frozenset({"/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"})
_JPEG: Final = frozenset({"/DCTDecode", "/DCT"})
_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}


def is_masked(picture: Any) -> bool:
    return any(isinstance(_of(picture, name), StreamObject) for name in ("/SMask", "/Mask"))


def takes_away(picture: StreamObject) -> bool:
    """Whether the mask of a picture hides something that could be read, or nobody here can tell."""
    colours = _of(picture, "/Mask")
    if isinstance(colours, list):
        pairs = [int(each) for each in colours]
        return any(most - least > _NARROW for least, most in zip(pairs[::2], pairs[1::2], strict=False))
    if _of(picture, "/SMaskInData"):
        return True
    if not is_masked(picture):
        return False
    shown = _shown(picture)
    if shown is None:
        return True
    hidden = ImageChops.invert(shown.filter(ImageFilter.MaxFilter(5))).point(
        lambda dot: 255 if dot > 255 - _NOTHING else 0
    )
    much = hidden.histogram()[255]
    if much < _LEAST_HIDDEN * shown.width * shown.height:
        return False
    below = _grey(picture)
    return below is None or _could_be_read(below.resize(shown.size, Image.Resampling.NEAREST), hidden, much)


def _could_be_read(dots: Image.Image, hidden: Image.Image, much: int) -> bool:
    counts = dots.histogram(hidden)
    ground = max(range(256), key=counts.__getitem__)
    away = sum(count for dot, count in enumerate(counts) if abs(dot - ground) > _CONTRAST)
    return away > _LEAST_WORDS * much


def bars(picture: StreamObject, wide: float, high: float) -> Iterator[tuple[float, float, float, float]]:
    """What a stencil, or a picture with a mask, paints in one piece, in parts of the picture's side from
    below left; `wide` and `high`: as it is drawn, in points. What cannot be opened is taken for letters.
    """
    painted = _shown(picture) if is_masked(picture) else _stencil(picture)
    columns, rows = int(wide / _CELL), int(high / _CELL)
    if painted is None or not (0 < columns <= _SIDE and 0 < rows <= _SIDE):
        return
    cells = painted.resize((columns, rows), Image.Resampling.BOX)
    full = [[cells.getpixel((x, y)) >= _ALL for x in range(columns)] for y in range(rows)]  # type: ignore[operator]
    for across, down in ((_LONG, _THICK), (_THICK, _LONG)):
        for y in range(int(rows * _EDGE), rows - down - int(rows * _EDGE) + 1):
            for x in range(int(columns * _EDGE), columns - across - int(columns * _EDGE) + 1):
                if all(all(full[y + step][x : x + across]) for step in range(down)):
                    yield x / columns, 1 - (y + down) / rows, (x + across) / columns, 1 - y / rows


def _shown(picture: StreamObject) -> Image.Image | None:
    """White where a picture with a mask is seen; small."""
    soft, hard = _of(picture, "/SMask"), _of(picture, "/Mask")
    if isinstance(soft, StreamObject):
        found = _grey(soft)
        return _small(ImageChops.invert(found) if found is not None and _is_turned(soft) else found)
    return _small(_stencil(hard))


def _stencil(mask: Any) -> Image.Image | None:
    """White where it paints, or lets a picture be seen: at its zeros."""
    found = _grey(mask)
    return found if found is None or _is_turned(mask) else ImageChops.invert(found)


def _is_turned(mask: Any) -> bool:
    decode = _of(mask, "/Decode")
    return isinstance(decode, list) and len(decode) > 1 and float(decode[0]) > float(decode[1])


def _small(found: Image.Image | None) -> Image.Image | None:
    if found is None or max(found.size) <= _SIDE:
        return found
    part = _SIDE / max(found.size)
    return found.resize((max(1, int(found.width * part)), max(1, int(found.height * part))))


def _grey(picture: Any) -> Image.Image | None:
    """Its dots; None where they are packed as is not opened here."""
    size = tuple(_of(picture, name) for name in ("/Width", "/Height"))
    if not all(isinstance(side, int) and side > 0 for side in size):
        return None
    wide, high = (int(side) for side in size)
    if wide * high > MOST_PIXELS:
        raise Refused(Reason.COMPLEX)
    filters = _of(picture, "/Filter")
    names = [str(each) for each in (filters if isinstance(filters, list) else [filters]) if each is not None]
    if not set(names[:-1]) <= _OPENED | _WRAPPED or (names and names[-1] not in _OPENED | _WRAPPED | _JPEG):
        return None
    try:
        data = picture.get_data()
        if names and names[-1] in _JPEG:
            with Image.open(BytesIO(data), formats=["JPEG"]) as opened:
                opened.draft("L", (_SIDE, _SIDE))
                return opened.convert("L")
        return _raw(data, wide, high, 1 if _of(picture, "/ImageMask") else _of(picture, "/BitsPerComponent"))
    except (OSError, ValueError, NotImplementedError):
        return None


def _raw(data: bytes, wide: int, high: int, bits: Any) -> Image.Image | None:
    if bits == 1:
        row = (wide + 7) // 8
        return Image.frombytes("1", (wide, high), data[: row * high]).convert("L")
    mode = _MODES.get(len(data) // (wide * high)) if bits == 8 else None
    if mode is None:
        return None
    return Image.frombytes(mode, (wide, high), data[: wide * high * len(mode)]).convert("L")


def _of(thing: Any, name: str) -> Any:
    found = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()
