"""Does the portal's base template show what the section puts into it? Read through `extends`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.core.checks import CheckMessage, Error
from django.template import Context, TemplateDoesNotExist, TemplateSyntaxError
from django.template.backends.django import Template as DjangoTemplate
from django.template.base import NodeList, Template, VariableNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

from pakn_portal.conf import portal_settings

OURS: Final = "pakn_portal/base.html"
#: Block → what of the section is lost without it.
NEEDED_BLOCKS: Final = {
    "title": "the title of every page",
    "extra_css": "our style sheet, so fields meant for programs only would show",
    "content": "everything: the section's pages are empty",
}


def base_template() -> Iterator[CheckMessage]:
    yield from _own_templates()
    name = portal_settings.BASE_TEMPLATE
    if not isinstance(name, str):  # told by the check of types
        return
    try:
        template = get_template(name)
        shown = _shown_blocks(template.template) if isinstance(template, DjangoTemplate) else None
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        yield Error(
            f"BASE_TEMPLATE {name!r} cannot be loaded, so every page of the section fails: {error}",
            hint='Name your portal\'s own base template in PAKN_PORTAL["BASE_TEMPLATE"].',
            id="pakn_portal.E020",
        )
        return
    if shown is None:
        yield Error(
            f"BASE_TEMPLATE {name!r} is no template of Django's own engine, which ours extend.",
            hint="Name a template that DjangoTemplates finds first.",
            id="pakn_portal.E020",
        )
        return
    missing = [block for block in NEEDED_BLOCKS if block not in shown]
    if missing:
        lost = "; ".join(f"“{block}” is for {NEEDED_BLOCKS[block]}" for block in missing)
        yield Error(
            f"BASE_TEMPLATE {name!r} shows no block {', '.join(missing)} ({lost}).",
            hint=_adapter(name, missing),
            id="pakn_portal.E021",
        )


def _adapter(name: str, missing: list[str]) -> str:
    lines = [f'{{% extends "{name}" %}}']
    lines += [
        f"{{% block YOUR_BLOCK_FOR_{block.upper()} %}}{{{{ block.super }}}}"
        f"{{% block {block} %}}{{% endblock %}}{{% endblock %}}"
        for block in missing
    ]
    return (
        "Add the blocks to it, or name in BASE_TEMPLATE an adapter, a template of yours with these lines "
        "(without block.super where your block has words of its own):\n" + "\n".join(lines)
    )


def _own_templates() -> Iterator[CheckMessage]:
    try:
        get_template(OURS)
    except TemplateDoesNotExist:
        yield Error(
            "The templates of the section are not found.",
            hint='Set "APP_DIRS": True for the DjangoTemplates engine in TEMPLATES.',
            id="pakn_portal.E020",
        )
    except TemplateSyntaxError:  # of a template that the portal puts in its place; the visitor's page tells
        return


def _shown_blocks(template: Template) -> set[str]:
    """The names of the blocks that a page which extends `template` can fill and readers then see."""
    chain = list(_chain(template))
    root = chain[-1]
    versions: dict[str, list[BlockNode]] = {}
    for one in chain:  # the most derived first
        for block in _blocks(one.nodelist):
            versions.setdefault(block.name, []).append(block)
    shown: set[str] = set()
    waiting = [block.name for block in _outer_blocks(root.nodelist)]
    while waiting:
        name = waiting.pop()
        if name in shown:
            continue
        shown.add(name)
        for block in versions.get(name, []):
            waiting += [inner.name for inner in _outer_blocks(block.nodelist)]
            if not _shows_parent(block):
                break
    return shown


def _chain(template: Template) -> Iterator[Template]:
    """The template and all that it extends. A parent that only a request can name counts by its default."""
    context = Context()
    context.template = template
    current: Template | None = template
    while current is not None:
        yield current
        extends = next((node for node in current.nodelist if isinstance(node, ExtendsNode)), None)
        current = extends.get_parent(context) if extends is not None else None


def _blocks(nodes: Any) -> list[BlockNode]:
    return list(nodes.get_nodes_by_type(BlockNode))


def _outer_blocks(nodes: Any) -> Iterator[BlockNode]:
    """The blocks that stand in no other block."""
    for node in nodes:
        if isinstance(node, BlockNode):
            yield node
            continue
        for name in node.child_nodelists:
            yield from _outer_blocks(getattr(node, name, NodeList()))


def _shows_parent(block: BlockNode) -> bool:
    variables: list[Any] = block.nodelist.get_nodes_by_type(VariableNode)
    return any(str(node.filter_expression.var) == "block.super" for node in variables)
