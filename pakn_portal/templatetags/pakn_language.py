"""Words in the section's language, and addresses in the visitor's."""

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
    """`{% pakn_speak %}…{% endpakn_speak %}`: in the language that the page was served in."""
    nodelist = parser.parse(("endpakn_speak",))
    parser.delete_first_token()
    return SpeakNode(nodelist)


@register.simple_tag
def pakn_url(name: str, **kwargs: Any) -> str:
    """`{% pakn_url "challenge" %}`: one of our addresses, at the visitor's; empty where nobody mounted it."""
    try:
        with addressing():
            return reverse(f"pakn_portal:{name}", kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.filter
def pakn_richtext(text: Any) -> SafeString:
    """`{{ page.intro|pakn_richtext }}`: what editors wrote, with links at the visitor's addresses."""
    with addressing():
        shown: SafeString = richtext(text)
        return shown
