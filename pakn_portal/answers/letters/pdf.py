"""A letter as PDF/A-3u, drawn by WeasyPrint with a font of our own; nothing is fetched from anywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import ImageFile

from pakn_portal.answers.letters.letter import Letter, held_together

CONTENT_TYPE: Final = "application/pdf"
_HERE: Final = Path(__file__).parent
_FONTS: Final = _HERE / "fonts"


class PDFUnavailable(Exception):
    """This machine cannot draw PDF; `str(error)` says what to install."""


def as_pdf(letter: Letter) -> bytes:
    """With tags for screen readers. Raises PDFUnavailable."""
    weasyprint = _weasyprint()
    context = {"letter": held_together(letter)}
    page = render_to_string("pakn_portal/letters/letter.html", context)
    fetcher = _fetcher()
    html = weasyprint.HTML(string=page, base_url=_HERE.as_uri() + "/", url_fetcher=fetcher)
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(filename=str(_HERE / "letter.css"), font_config=fonts, url_fetcher=fetcher)
    drawn: bytes = html.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3u", pdf_tags=True
    )
    return drawn


def problem() -> str:
    """Why there is no PDF here; empty where there is."""
    try:
        _weasyprint()
    except PDFUnavailable as error:
        return str(error)
    return ""


@cache
def _loaded() -> tuple[Any, str]:
    takes_broken_pictures = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint  # inside: optional library
    except ImportError:
        return None, "package"
    except OSError:  # its libraries of the system are looked for on import
        return None, "system"
    finally:
        # the import lets the whole process take pictures that are cut off; senders' files are refused for it
        ImageFile.LOAD_TRUNCATED_IMAGES = takes_broken_pictures
    return weasyprint, ""


def _weasyprint() -> Any:
    module, lack = _loaded()
    if lack == "package":
        raise PDFUnavailable(
            _("Letters as PDF need the extra “letters”: %(command)s")
            % {"command": 'pip install "pakn-portal[letters]"'}
        )
    if lack:
        raise PDFUnavailable(
            _("Letters as PDF need libraries of the system; on Debian and Ubuntu: %(command)s")
            % {"command": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"}
        )
    return module


def _fetcher() -> Any:
    """Whatever a text may have smuggled in: no file and no address is read but the fonts beside this file."""
    from weasyprint.urls import URLFetcher  # inside: optional library

    ours = {path.as_uri() for path in _FONTS.glob("*.ttf")}

    class OurFonts(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in ours:
                raise ValueError(f"a letter fetches nothing: {url[:80]}")
            return super().fetch(url, headers)

    return OurFonts(allowed_protocols={"file"}, allow_redirects=False)
