"""The words of a mail: the ministry's own where it has written some, else the product's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.template import Context
from django.template.base import Node, NodeList
from django.template.defaulttags import IfNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, IncludeNode

from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.rule_sets import MailVariable, editable_mails
from pakn_portal.snippets.confirmation.versions import may_be_sent
from pakn_portal.text.variables import render_variables


def edited_words(mail: str, context: Mapping[str, Any]) -> dict[str, str]:
    """What the frame of an edited mail needs; empty where the product's words are sent, as they are in the
    place of words that the CMS did not save. One query.
    """
    if mail not in editable_mails():
        return {}
    rows = MailTemplate.objects.filter(mail=mail, is_active=True).select_related("latest_revision")
    template = rows.first()
    return filled(template, context) if template is not None and may_be_sent(template) else {}


def edited_mails() -> Exists:
    """Beside rows of the outbox: whether the ministry has words of its own for this mail."""
    return Exists(MailTemplate.objects.filter(mail=OuterRef("template"), is_active=True))


def filled(template: MailTemplate, context: Mapping[str, Any], *, is_made_up: bool = False) -> dict[str, str]:
    """`is_made_up`: what has no value has that of the made-up case."""
    values = {
        one.name: _value(context, one) or (one.sample if is_made_up else "")
        for one in editable_mails().get(template.mail, ())
    }
    return {
        "edited_subject": " ".join(render_variables(template.subject, values).split()),
        "edited_text": render_variables(template.body, values),
    }


def samples_of(mail: str) -> dict[str, Any]:
    """A context of a made-up case."""
    return _nested({one.key: one.sample for one in editable_mails().get(mail, ())})


def product_words(mail: str) -> tuple[str, str]:
    """Subject and text as the software has them, with the variables where their values would stand and the
    conditions as they are written here.
    """
    variables = editable_mails()[mail]
    context = _nested({one.key: "{{ " + one.name + " }}" for one in variables})
    template = get_template(f"pakn_portal/mail/{mail}.txt").template  # type: ignore[attr-defined]
    blocks = {node.name: node for node in template.nodelist.get_nodes_by_type(BlockNode)}
    filled_in = Context(context, autoescape=False)
    with filled_in.bind_template(template):
        subject, text = (_outline(blocks[name].nodelist, filled_in) for name in ("subject", "text"))
    return " ".join(subject.split()), text.strip()


def _outline(nodes: NodeList, context: Context) -> str:
    return "".join(_words_of(node, context) for node in nodes)


def _words_of(node: Node, context: Context) -> str:
    if isinstance(node, IfNode):
        return _condition(node.conditions_nodelists, context)
    if isinstance(node, IncludeNode):
        included = get_template(node.template.resolve(context)).template  # type: ignore[attr-defined]
        return _outline(included.nodelist, context)
    return str(node.render_annotated(context))


def _condition(branches: Sequence[tuple[Any, NodeList]], context: Context) -> str:
    """Each asks for one variable, whose value is its name in braces here."""
    (asked, nodes), *others = branches
    name = str(asked.eval(context)).strip("{ }")
    text = f"{{% nếu có {name} %}}{_outline(nodes, context)}"
    if others:
        is_else = others[0][0] is None
        text += "{% không thì %}"
        text += _outline(others[0][1], context) if is_else else _condition(others, context)
    return text + "{% hết %}"


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        *path, last = key.split(".")
        inner = found
        for name in path:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return found


def _value(context: Mapping[str, Any], variable: MailVariable) -> str:
    value: Any = context
    for name in variable.key.split("."):
        value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    if isinstance(value, bool):
        return "có" if value else ""
    return "" if value is None else str(value)
