"""Indices behind the alias: one serves, a rebuild writes the next beside it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.index import server
from pakn_portal.search.index.mapping import SETTINGS, SHAPE, mappings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_STAMP = "%Y%m%d%H%M%S"
#: A rebuild that was killed leaves its half-written index; after so long another rebuild clears it away.
LEFTOVER_AFTER = timedelta(hours=6)


def create_index(client: Elasticsearch, **options: Any) -> str:
    """An empty index beside the one that serves; returns its name."""
    name = f"{server.alias()}-{datetime.now(UTC).strftime(_STAMP)}-{secrets.token_hex(3)}"
    client.indices.create(index=name, settings={**SETTINGS, **options}, mappings=mappings())
    return name


def ensure_index(client: Elasticsearch) -> bool:
    """The alias with an index behind it; True where it had to be made (a new or a wiped server)."""
    if client.indices.exists_alias(name=server.alias()):
        return False
    name = create_index(client)
    try:
        client.indices.update_aliases(
            actions=[{"add": {"index": name, "alias": server.alias(), "is_write_index": True}}]
        )
    finally:
        # two processes may have come here at once: the older index stays
        for surplus in sorted(serving(client))[1:]:
            client.indices.delete(index=surplus, ignore_unavailable=True)
    return True


def serving(client: Elasticsearch) -> list[str]:
    """Names of the indices behind the alias: one, or none."""
    if not client.indices.exists_alias(name=server.alias()):
        return []
    return list(client.indices.get_alias(name=server.alias()))


def swap(client: Elasticsearch, name: str) -> None:
    """Let `name` serve, in one step; then delete what served before."""
    before = [old for old in serving(client) if old != name]
    actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": server.alias()}} for old in before]
    actions.append({"add": {"index": name, "alias": server.alias(), "is_write_index": True}})
    client.indices.update_aliases(actions=actions)
    for old in before:
        client.indices.delete(index=old, ignore_unavailable=True)


def drop_leftovers(client: Elasticsearch) -> None:
    """Clear away what killed rebuilds left long ago."""
    current = set(serving(client))
    for name in client.indices.get(
        index=f"{server.alias()}-*", ignore_unavailable=True, allow_no_indices=True
    ):
        if name not in current and _age(name) > LEFTOVER_AFTER:
            client.indices.delete(index=name, ignore_unavailable=True)


def is_current(client: Elasticsearch) -> bool:
    """Whether what serves has the shape this version of the app writes, with every facet."""
    return [_is_current(client, name) for name in serving(client)] == [True]


def _is_current(client: Elasticsearch, name: str) -> bool:
    mapping = client.indices.get_mapping(index=name)[name]["mappings"]
    shape = int(mapping.get("_meta", {}).get("shape", 0))
    return shape == SHAPE and FACET_FIELDS.keys() <= mapping["properties"].keys()


def _age(name: str) -> timedelta:
    try:
        made = datetime.strptime(name.removeprefix(f"{server.alias()}-").split("-")[0], _STAMP)
    except ValueError:
        return timedelta(0)
    return datetime.now(UTC) - made.replace(tzinfo=UTC)
