"""Plain text as safe HTML: paragraphs, lists, document numbers linked to the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pakn_portal.cases.enums import Outcome
from pakn_portal.conf import VIETNAMESE, base_language
from pakn_portal.submissions.files.sizes import file_size
from pakn_portal.text import document_number_spans

register = template.Library()

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
#: How officials mark the items of a list.
_ITEM = re.compile(r"^[ \t]*[-–•*+][ \t]+(?=\S)")


@register.simple_tag
def pakn_vi() -> SafeString:
    """`<p{% pakn_vi %}>` around text that people wrote: adds `lang` where the page is in another language.

    The law asks senders to write in Vietnamese, and the answer is in Vietnamese too; a screen reader must not
    read it as English (WCAG 3.1.2).
    """
    language = base_language(get_language() or settings.LANGUAGE_CODE)
    return mark_safe("" if language == VIETNAMESE else f' lang="{VIETNAMESE}"')


@register.filter
def pakn_paragraphs(text: str, archive_url: str = "") -> SafeString:
    """`{{ page.answer|pakn_paragraphs:archive_url }}`: blank lines separate paragraphs, “- ” makes a list.

    Everything is escaped. With `archive_url` each document number becomes a link that searches for it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    blocks = (block for part in _BLANK.split(lines) if part for block in _blocks(part, archive_url or ""))
    return mark_safe("\n".join(blocks))


@register.filter
def pakn_numbers(line: str, archive_url: str = "") -> SafeString:
    """One line, escaped, with its document numbers linked to a search in the archive."""
    if not archive_url:
        return conditional_escape(line)
    pieces: list[SafeString] = []
    at = 0
    for start, end, number in document_number_spans(line):
        pieces += conditional_escape(line[at:start]), _link(line[start:end], number, archive_url)
        at = end
    return mark_safe("".join([*pieces, conditional_escape(line[at:])]))


@register.filter
def pakn_lines(text: str) -> list[str]:
    """The non-empty lines of a text, without repeats."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


@register.filter
def pakn_outcome(code: str) -> str:
    """The outcome of a case in words for readers; staff see the official term beside the case."""
    return str(Outcome(code).for_readers) if code in Outcome else ""


@register.filter
def pakn_size(count: int | None) -> str:
    """`{{ file.size|pakn_size }}`: a size in bytes in readable units."""
    return file_size(count)


def _blocks(part: str, archive_url: str) -> Iterator[SafeString]:
    for is_list, lines in groupby(part.split("\n"), key=lambda line: bool(_ITEM.match(line))):
        if is_list:
            rows = [(pakn_numbers(_ITEM.sub("", line).strip(), archive_url),) for line in lines]
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", rows))
        else:
            rows = [(pakn_numbers(line.strip(), archive_url),) for line in lines]
            yield format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", rows))


def _link(shown: str, number: str, archive_url: str) -> SafeString:
    return format_html('<a href="{}?{}">{}</a>', archive_url, urlencode({"q": number}), shown)
