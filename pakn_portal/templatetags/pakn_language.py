"""Texts in the section's language and URLs in the visitor's."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from wagtail.templatetags.wagtailcore_tags import richtext

from pakn_portal.languages import addressing, speaking

register = template.Library()


class SpeakNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        language = context.get("pakn_language")
        if not language:
            return self.nodelist.render(context)
        with speaking(language):
            return self.nodelist.render(context)


@register.tag
def pakn_speak(parser: Parser, token: Token) -> SpeakNode:
    """`{% pakn_speak %}…{% endpakn_speak %}`: the block in the language of the page."""
    nodelist = parser.parse(("endpakn_speak",))
    parser.delete_first_token()
    return SpeakNode(nodelist)


@register.simple_tag
def pakn_url(name: str, **kwargs: Any) -> str:
    """`{% pakn_url "challenge" %}`: one of our URLs in the visitor's language; empty without our urls."""
    try:
        with addressing():
            return reverse(f"pakn_portal:{name}", kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.filter
def pakn_richtext(text: Any) -> SafeString:
    """`{{ page.intro|pakn_richtext }}`: the editors' rich text, with links in the visitor's language."""
    with addressing():
        shown: SafeString = richtext(text)
        return shown
