"""How often somebody may do something: counters in the cache, by window of time. No address is stored in
clear.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from pakn_portal import clock
from pakn_portal.conf import portal_settings

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True)
class Limit:
    """`name` is its key in RATE_LIMITS, which says how often; None or 0 there switches it off."""

    name: str
    seconds: int

    @property
    def allowed(self) -> int | None:
        return portal_settings.RATE_LIMITS.get(self.name) or None

    def is_used_up(self, who: str) -> bool:
        return self.allowed is not None and cache.get(self._key(who), 0) >= self.allowed

    def count(self, who: str) -> int:
        """One more; returns how many it is in this window."""
        key = self._key(who)
        cache.add(key, 0, timeout=self.seconds + _MINUTE)
        try:
            return cache.incr(key)
        except ValueError:  # dropped between the two calls
            cache.set(key, 1, timeout=self.seconds + _MINUTE)
            return 1

    def take(self, who: str) -> bool:
        """Count one more and say whether it was within the limit."""
        taken = self.count(who)
        return self.allowed is None or taken <= self.allowed

    def _key(self, who: str) -> str:
        window = int(clock.now().timestamp()) // self.seconds
        digest = hashlib.sha256(f"{self.name}\x1f{who}".encode()).hexdigest()[:32]
        return f"pakn-limit-{digest}-{window}"


SUBMIT_HOUR: Final = Limit("submit_per_address_hour", _HOUR)
SUBMIT_DAY: Final = Limit("submit_per_address_day", _DAY)
SUBMIT_PLAIN_HOUR: Final = Limit("submit_plain_per_address_hour", _HOUR)
UPLOAD_HOUR: Final = Limit("upload_per_address_hour", _HOUR)
WRONG_PER_NUMBER: Final = Limit("track_wrong_per_number_15_minutes", 15 * _MINUTE)
WRONG_PER_ADDRESS: Final = Limit("track_wrong_per_address_hour", _HOUR)
WRONG_ALTOGETHER: Final = Limit("track_wrong_alarm_hour", _HOUR)
