"""The shape of the index. Tokens come ready from Python, so that the server needs nothing but its core."""

from __future__ import annotations

from itertools import product
from typing import Any

from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.search.query.analysis import folded_tokens, indexed_pairs

#: Grows when the shape changes otherwise than by a facet; `pakn_index status` then asks for a rebuild.
SHAPE = 1
PARTS = ("title", "body", "context")
FORMS = ("exact", "folded", "pairs")

SETTINGS: dict[str, Any] = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s"}


def mappings() -> dict[str, Any]:
    """The shape with the facets of now."""
    # inside: optional library
    from elasticsearch.dsl import Boolean, Date, Keyword, Long, Mapping, Text

    mapping = Mapping().meta("dynamic", "strict").meta("_meta", shape=SHAPE)
    # texts are shown from the database, which also rebuilds the index
    mapping.meta("_source", enabled=False)
    mapping.field("entry_id", Long()).field("numbers", Keyword(ignore_above=200))
    mapping.field("published_on", Date(format="strict_date")).field("is_superseded", Boolean())
    for name in FACET_FIELDS:
        mapping.field(name, Keyword())
    for part, form in product(PARTS, FORMS):
        # positions are not kept: neighbours are already joined to pairs
        mapping.field(f"{part}_{form}", Text(analyzer="whitespace", index_options="freqs"))
    return mapping.to_dict()


def document(entry: ArchiveEntry) -> dict[str, Any]:
    """What the server keeps of an entry (with its sector, unit and text)."""
    return {
        "entry_id": entry.pk,
        **{name: field.code_of(entry) or None for name, field in FACET_FIELDS.items()},
        "published_on": entry.published_on.isoformat() if entry.published_on else None,
        "is_superseded": entry.is_superseded,
        **_tokens(entry.text),
    }


def _tokens(text: ArchiveText) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    numbers: dict[str, None] = {}
    for part, exact in zip(PARTS, text.exact.split("\n"), strict=True):
        folded = folded_tokens(exact.split())
        numbers |= dict.fromkeys(token for token in folded if "_" in token)
        fields[f"{part}_exact"] = exact
        fields[f"{part}_folded"] = " ".join(folded)
        fields[f"{part}_pairs"] = " ".join(indexed_pairs(folded))
    return {**fields, "numbers": list(numbers)}
