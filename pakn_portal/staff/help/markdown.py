"""Renders the guides: the part of Markdown that they use, everything escaped.

Headings, paragraphs, lists, tables, bold, code and links. Comments are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pakn_portal.text import fold

#: Whither a link of a guide leads in the admin.
AddressOf = Callable[[str], str]

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HEADING = re.compile(r"(#{1,4}) (.+)")
_ITEM = re.compile(r"(?:[-*]|(\d+)\.) (.+)")
_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<em>[^*\s][^*]*)\*|`(?P<code>[^`]+)`"
    r"|\[(?P<text>[^\]]+)\]\((?P<to>[^)\s]+)\)"
)
#: The groups of it that people read.
_WORDS = ("bold", "em", "code", "text")
_PIPE = re.compile(r"(?<!\\)\|")


def anchor_of(heading: str) -> str:
    """The name of a heading in an address, as the guides' links write it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def plain(text: str) -> str:
    """The words alone."""
    return _INLINE.sub(
        lambda found: next(filter(None, (found[name] for name in ("bold", "em", "code", "text")))), text
    )


def render(source: str, links: AddressOf) -> SafeString:
    """The page as HTML. `links` gets each address as the guide has it."""
    blocks = (_block(lines, links) for lines in blocks_of(source))
    return mark_safe("\n".join(blocks))


def blocks_of(source: str) -> Iterator[list[str]]:
    """Lines that belong together: between empty lines, and a heading alone."""
    block: list[str] = []
    for line in [*_COMMENT.sub("", source).splitlines(), ""]:
        is_heading = _HEADING.fullmatch(line)
        if (not line.strip() or is_heading) and block:
            yield block
            block = []
        if is_heading:
            yield [line]
        elif line.strip():
            block.append(line.rstrip())


def _block(lines: list[str], links: AddressOf) -> SafeString:
    if heading := _HEADING.fullmatch(lines[0]):
        level = len(heading[1])
        return format_html(
            '<h{} id="{}">{}</h{}>', level, anchor_of(plain(heading[2])), _inline(heading[2], links), level
        )
    if lines[0].startswith("|"):
        return _table(lines, links)
    if item := _ITEM.fullmatch(lines[0]):
        return _list(lines, links, is_numbered=bool(item[1]))
    return format_html("<p>{}</p>", _inline(" ".join(line.strip() for line in lines), links))


def _list(lines: list[str], links: AddressOf, *, is_numbered: bool) -> SafeString:
    items: list[str] = []
    for line in lines:
        if item := _ITEM.fullmatch(line):
            items.append(item[2])
        else:
            items[-1] += f" {line.strip()}"
    tag = "ol" if is_numbered else "ul"
    inside = mark_safe("".join(format_html("<li>{}</li>", _inline(item, links)) for item in items))
    return format_html("<{}>{}</{}>", tag, inside, tag)


def _table(lines: list[str], links: AddressOf) -> SafeString:
    rows = [[cell.strip() for cell in _PIPE.split(line)[1:-1]] for line in lines]
    head, *body = [row for row in rows if not set("".join(row)) <= set("-: ")]
    columns = mark_safe(
        "".join(format_html('<th scope="col">{}</th>', _inline(cell, links)) for cell in head)
    )
    inside = mark_safe("".join(_row(row, links) for row in body))
    table = format_html("<thead><tr>{}</tr></thead><tbody>{}</tbody>", columns, inside)
    return format_html('<div class="pakn-wide"><table class="listing">{}</table></div>', table)


def _row(cells: list[str], links: AddressOf) -> SafeString:
    inside = mark_safe("".join(format_html("<td>{}</td>", _inline(cell, links)) for cell in cells))
    return format_html("<tr>{}</tr>", inside)


def _inline(text: str, links: AddressOf) -> SafeString:
    pieces, end = [], 0
    for found in _INLINE.finditer(text):
        pieces += [escape(text[end : found.start()]), _piece(found, links)]
        end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))


def _piece(found: re.Match[str], links: AddressOf) -> SafeString:
    if found["bold"]:
        return format_html("<strong>{}</strong>", _inline(found["bold"], links))
    if found["em"]:
        return format_html("<em>{}</em>", found["em"])
    if found["code"]:
        return format_html("<code>{}</code>", found["code"])
    return format_html('<a href="{}">{}</a>', links(found["to"]), _inline(found["text"], links))


def finds(text: str, query: str) -> bool:
    """Whether every word of the query is in the text, with or without marks."""
    folded = fold(text)
    return all(word in folded for word in fold(query).split())
