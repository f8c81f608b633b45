"""The way to the search server. Nothing here is imported unless one is configured."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pakn_portal.conf import portal_settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

#: Seconds that writing may take; reading has the setting ELASTICSEARCH["timeout_seconds"].
WRITE_SECONDS = 30.0


def is_configured() -> bool:
    return bool(portal_settings.ELASTICSEARCH["hosts"])


def alias() -> str:
    """The name that readers and writers use; the index behind it changes with each rebuild."""
    return str(portal_settings.ELASTICSEARCH["index"])


def reading() -> Elasticsearch:
    """A client that gives up soon: a reader waits."""
    return _client(float(portal_settings.ELASTICSEARCH["timeout_seconds"]))


def writing(seconds: float = WRITE_SECONDS) -> Elasticsearch:
    return _client(seconds)


def _client(seconds: float) -> Elasticsearch:
    given = portal_settings.ELASTICSEARCH
    options = tuple(sorted(given["options"].items(), key=lambda item: item[0]))
    return _connect(tuple(given["hosts"]), seconds, _Options(options))


class _Options:
    """Options as a key of the cache, whatever they hold."""

    def __init__(self, items: tuple[tuple[str, Any], ...]) -> None:
        self.items = items

    def __hash__(self) -> int:
        return hash(repr(self.items))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Options) and self.items == other.items


@lru_cache(maxsize=8)
def _connect(hosts: tuple[str, ...], seconds: float, options: _Options) -> Elasticsearch:
    from elasticsearch import Elasticsearch  # inside: optional library

    return Elasticsearch(
        list(hosts), request_timeout=seconds, max_retries=0, retry_on_timeout=False, **dict(options.items)
    )
