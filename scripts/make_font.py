"""`python -m scripts.make_font FOLDER`: the font of the letters, out of Liberation Serif 2 (OFL) in FOLDER.

Its letters are those of Vietnamese and of the Latin languages. It has 1000 units per em, so that a text that
is added to a PDF/A later, such as that of a signature, has widths that the standard allows. The licence
reserves the name of the original, so it has one of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FAMILY = "PAKN Serif"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
TARGET = Path(__file__).parent.parent / "pakn_portal" / "answers" / "letters" / "fonts"
LETTERS = (
    *range(0x20, 0x180),  # Latin, with the Western and the Central European letters
    *(0x01A0, 0x01A1, 0x01AF, 0x01B0),  # ơ, ư
    *range(0x0300, 0x0324),  # marks that compose
    *range(0x1EA0, 0x1EFA),  # Vietnamese
    *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AB, 0x20AC,
    0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264, 0x2265, 0x25CF, 0xFB01, 0xFB02,
)  # fmt: skip


def main(folder: str) -> None:
    for style in STYLES:
        font = TTFont(Path(folder) / f"LiberationSerif-{style}.ttf")
        scale_upem(font, 1000)
        options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        rename(font, style)
        font.save(TARGET / f"PAKNSerif-{style}.ttf")


def rename(font: TTFont, style: str) -> None:
    words = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}[style]
    names = {1: FAMILY, 2: words, 3: f"PAKN Serif {words}", 4: f"{FAMILY} {words}", 6: f"PAKNSerif-{style}"}
    names |= {16: FAMILY, 17: words}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(names[record.nameID], record.nameID, 3, 1, 0x409)
        if record.nameID in (7, 18, 19, 21, 22) or record.platformID != 3:
            font["name"].removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(sys.argv[1])
