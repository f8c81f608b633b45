"""Pages of a list that may be very long: counted up to a limit, and no page lies beyond it."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.utils.functional import cached_property

#: Nobody reads further than this; whoever has more filters, or downloads.
MOST: Final = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # generic in its stubs alone
    """Asks the database for no more than `MOST` rows, to count them or to skip them.

    `count` stays exact below the limit; above it `is_capped` says that there are more.
    """

    most = MOST

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        found: int = rows.order_by().values("pk")[: self.most + 1].count()
        return found

    @cached_property
    def count(self) -> int:
        return min(self._found, self.most)

    @property
    def is_capped(self) -> bool:
        return self._found > self.most
