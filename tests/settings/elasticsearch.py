"""PostgreSQL and Elasticsearch together, as a large ministry runs them."""

from __future__ import annotations

from tests.settings.postgresql import *  # noqa: F403
from tests.settings.postgresql import PAKN_PORTAL

PAKN_PORTAL["SEARCH_ENGINE"] = "pakn_portal.search.engines.ElasticsearchEngine"
