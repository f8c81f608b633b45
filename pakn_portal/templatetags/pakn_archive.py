"""Tags and filters for archive content on other pages of the section."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pakn_portal.pages.links import url_of
from pakn_portal.search.page.legal_text import law_names
from pakn_portal.search.page.related import Related, related
from pakn_portal.search.page.similar import similar
from pakn_portal.search.query.results import Segment
from pakn_portal.search.sources import key_of
from pakn_portal.snippets.models.legal_basis import LegalBasis, listed_among, with_titles
from pakn_portal.templatetags.pakn_text import pakn_lines, pakn_numbers
from pakn_portal.text import document_number_spans, fold

register = template.Library()

#: Quotation marks that people put around a query; the sentences about a query have their own.
_QUOTES: Final = "\"'“”„‟«»‘’‚‛"


@register.simple_tag(takes_context=True)
def pakn_related(context: Context, page: Any) -> list[Related]:
    """`{% pakn_related page as others %}`: archive entries on the same subject as an answer page."""
    request = context.get("request")
    archive_url = context.get("pakn_archive_url") or url_of("ArchivePage", request, beside=page)
    return related(page.title, key_of(page), archive_url, request)


@register.simple_tag(takes_context=True)
def pakn_similar(context: Context, title: str) -> list[Related]:
    """`{% pakn_similar title as answers %}`: what was answered already on the matter of a title."""
    return similar(title, context.get("request"))


@register.filter
def pakn_unquoted(query: str) -> str:
    """`“{{ query|pakn_unquoted }}”`: the query without the quotation marks that were typed around it."""
    return query.strip().strip(_QUOTES).strip()


@register.simple_tag
def pakn_legal_bases(text: str, archive_url: str = "") -> list[SafeString]:
    """`{% pakn_legal_bases page.legal_bases url as bases %}`: its lines with document numbers linked.

    If a line cites a document without its name, the name is added, provided that the list of legal bases or
    the archive has it; where another document took its place, the line says so.
    """
    lines = pakn_lines(text)
    cited = [[span.number for span in document_number_spans(line)] for line in lines]
    names = law_names(number for numbers in cited for number in numbers) if archive_url else {}
    listed = listed_among(number for numbers in cited for number in numbers)
    replaced = {number: row for number, row in listed.items() if row.is_replaced}
    lines = with_titles(lines, listed)
    return [
        _with_replacement(
            _with_names(line, [names[number] for number in numbers if number in names], archive_url),
            [replaced[number] for number in numbers if number in replaced],
        )
        for line, numbers in zip(lines, cited, strict=True)
    ]


def _with_replacement(line: SafeString, replaced: list[LegalBasis]) -> SafeString:
    """What took the place of a document, said where it is cited."""
    if not replaced:
        return line
    told = "; ".join(basis.replacement for basis in replaced)
    return format_html('{} <strong class="pakn-superseded">({})</strong>', line, told)


def _with_names(line: str, names: list[str], archive_url: str) -> SafeString:
    folded = fold(line)
    untold = [name for name in names if fold(name) not in folded]
    linked = pakn_numbers(line, archive_url)
    return format_html("{} ({})", linked, "; ".join(untold)) if untold else linked


@register.filter
def pakn_absolute(url: str, request: Any) -> str:
    """`{{ url|pakn_absolute:request }}`: the URL with scheme and host, for printing."""
    return request.build_absolute_uri(url) if request else url


@register.filter
def pakn_count(number: int) -> str:
    """`{{ total|pakn_count }}`: thousands separated as the language does it, whatever the site's settings."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def pakn_marked(segments: tuple[Segment, ...]) -> SafeString:
    """`{{ hit.excerpt|pakn_marked }}`: the text with matches in `<mark>`, all of it escaped."""
    pieces = (
        format_html("<mark>{}</mark>", one.text) if one.is_match else conditional_escape(one.text)
        for one in segments
    )
    return mark_safe("".join(pieces))
