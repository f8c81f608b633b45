"""Rate limits: so many uses within any hour, for example. They are counted in the database, whatever the
site's cache is; no address is stored in clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Final

from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.submissions.limits import counting
from pakn_portal.submissions.limits.counting import Change, KeyedChange, NoRoom, Use

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True)
class Limit:
    """`name` is its key in RATE_LIMITS, which sets the amount; None or 0 there disables it. `fixed` is for an
    amount that the site cannot change.
    """

    name: str
    seconds: int
    fixed: int | None = None

    @property
    def allowed(self) -> int | None:
        return self.fixed or portal_settings.RATE_LIMITS.get(self.name) or None

    def is_used_up(self, who: str, amount: int = 1) -> bool:
        """Whether `take` would refuse now. Good enough for a hint; only `take` is certain."""
        return self.allowed is not None and not self._has_room(self._uses(who), amount)

    def take(self, who: str, amount: int = 1, mark: str = "") -> bool:
        """Count a use if there is room; returns whether it did. Concurrent calls never exceed the limit.

        With the mark of an earlier use it counts as that use. What is refused is not counted.
        """
        return take_all([Claim(self, who, amount, mark)]) is None

    def count(self, who: str) -> int:
        """Count one more, even beyond the limit; returns the count."""
        counted = self._add(who)
        counting.keep_through_rollback(partial(self._add, who))
        return counted

    def give_back(self, who: str, amount: int = 1, mark: str = "") -> None:
        """Undo one `take`."""
        give_back_all([Claim(self, who, amount, mark)])

    def seconds_to_wait(self, who: str, amount: int = 1) -> int:
        """Seconds until there is room again; 0 if there is."""
        uses, now = self._uses(who), clock.now().timestamp()
        if self._has_room(uses, amount):
            return 0
        for number, ending in enumerate(uses, start=1):
            if self._has_room(uses[number:], amount):
                return ceil(ending.at / 1000 + self.seconds - now)
        return self.seconds

    def _has_room(self, uses: list[Use], amount: int) -> bool:
        return self.allowed is None or _sum(uses) + amount <= self.allowed

    def _uses(self, who: str) -> list[Use]:
        return counting.read(self._key(who), self.seconds)

    def _add(self, who: str, amount: int = 1, mark: str = "") -> int:
        changed = counting.change(
            self._key(who), self.seconds, lambda uses, now: [*uses, Use(now, amount, mark)]
        )
        return _sum(changed or [])

    def _key(self, who: str) -> str:
        return _digest(self.name, who)[:32]


@dataclass(frozen=True)
class Claim:
    """One use of a limit that an action needs."""

    limit: Limit
    who: str
    amount: int = 1
    mark: str = ""

    @property
    def seconds_to_wait(self) -> int:
        return self.limit.seconds_to_wait(self.who, self.amount)

    def taken(self, uses: list[Use], now: int) -> list[Use] | None:
        """The uses with this one, None where its mark is among them. Raises _Refused."""
        mark = self._stored_mark
        if mark and any(use.mark == mark for use in uses):
            return None
        if not self.limit._has_room(uses, self.amount):
            raise _Refused(self)
        return [*uses, Use(now, self.amount, mark)]

    def given_back(self, uses: list[Use], now: int) -> list[Use] | None:
        """The uses without the last one like this."""
        alike = [use for use in uses if (use.amount, use.mark) == (self.amount, self._stored_mark)]
        return [use for use in uses if use is not alike[-1]] if alike else None

    def change(self, alter: Change) -> KeyedChange:
        return KeyedChange(self.limit._key(self.who), self.limit.seconds, alter)

    @property
    def _stored_mark(self) -> str:
        return _digest("mark", self.mark)[:16] if self.mark else ""


def first_used_up(claims: Sequence[Claim]) -> Claim | None:
    """The first that `take_all` would refuse now; only `take_all` is sure."""
    limited = _limited(claims)
    uses = counting.read_all({claim.limit._key(claim.who): claim.limit.seconds for claim in limited})
    return next(
        (one for one in limited if not one.limit._has_room(uses[one.limit._key(one.who)], one.amount)), None
    )


class _Refused(NoRoom):
    def __init__(self, claim: Claim) -> None:
        self.claim = claim


def take_all(claims: Sequence[Claim], *, giving_back: Sequence[Claim] = ()) -> Claim | None:
    """Take all of them or none; returns the first that has no room. With them, give back what was taken
    earlier.
    """
    taking, returning = _limited(claims), _limited(giving_back)
    try:
        _change_all(
            [claim.change(claim.taken) for claim in taking]
            + [claim.change(claim.given_back) for claim in returning]
        )
    except _Refused as refused:
        return refused.claim
    for claim in taking:
        counting.keep_through_rollback(partial(claim.limit._add, claim.who, claim.amount, claim._stored_mark))
    _keep_given_back(returning)
    return None


def give_back_all(claims: Sequence[Claim]) -> None:
    """Undo what `take_all` counted."""
    returning = _limited(claims)
    _change_all([claim.change(claim.given_back) for claim in returning])
    _keep_given_back(returning)


def _keep_given_back(claims: Sequence[Claim]) -> None:
    for claim in claims:
        counting.keep_through_rollback(partial(_change_all, [claim.change(claim.given_back)]))


def _change_all(changes: Sequence[KeyedChange]) -> None:
    if changes:
        counting.change_all(changes)


def _limited(claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.limit.allowed is not None]


def wait_in_words(seconds: int) -> str:
    """How long to wait, rounded up: “12 minutes”, “3 hours”."""
    minutes = max(ceil(seconds / _MINUTE), 1)
    if minutes <= 120:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = ceil(seconds / _HOUR)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _sum(uses: list[Use]) -> int:
    return sum(use.amount for use in uses)


def _digest(kind: str, text: str) -> str:
    """A keyed hash: there are few enough addresses to try them all against a plain hash."""
    return salted_hmac("pakn_portal.limits", f"{kind}\x1f{text}", algorithm="sha256").hexdigest()


SUBMIT_HOUR: Final = Limit("submit_per_address_hour", _HOUR)
SUBMIT_DAY: Final = Limit("submit_per_address_day", _DAY)
SUBMIT_PLAIN_HOUR: Final = Limit("submit_plain_per_address_hour", _HOUR)
WRONG_SUM_HOUR: Final = Limit("wrong_sum_per_address_hour", _HOUR)
RECEIPT_AGAIN_HOUR: Final = Limit("receipt_again_per_form_hour", _HOUR)
ANSWERED_HOUR: Final = Limit("answered_per_address_hour", _HOUR)
UPLOAD_HOUR: Final = Limit("upload_per_address_hour", _HOUR)
UPLOAD_BYTES_HOUR: Final = Limit("upload_bytes_per_address_hour", _HOUR)
UPLOAD_BYTES_DAY: Final = Limit("upload_bytes_per_address_day", _DAY)
STAFF_UPLOAD_BYTES_HOUR: Final = Limit("staff_upload_bytes_per_account_hour", _HOUR)
LEFT_WORDS_PER_ACCOUNT: Final = Limit("left_words_per_account_hour", _HOUR)
LEFT_WORDS_PER_ADDRESS: Final = Limit("left_words_per_address_hour", _HOUR)
#: Right tries count too: each with an old secret costs a slow hash.
TRIES_PER_NUMBER: Final = Limit("track_per_number_hour", _HOUR)
WRONG_PER_NUMBER: Final = Limit("track_wrong_per_number_15_minutes", 15 * _MINUTE)
WRONG_PER_ADDRESS: Final = Limit("track_wrong_per_address_hour", _HOUR)
#: From all addresses together: beyond it nobody is refused, but a proof is required.
WRONG_BEFORE_PROOF: Final = Limit("track_wrong_before_proof_15_minutes", 15 * _MINUTE)
#: An opened form is valid for a day and proves one try.
PROOF_OF_TRY: Final = Limit("proof_of_try", _DAY, fixed=1)
SIGN_IN_WRONG_PER_ACCOUNT: Final = Limit("sign_in_wrong_per_account_15_minutes", 15 * _MINUTE)
SIGN_IN_WRONG_BEFORE_PROOF: Final = Limit("sign_in_wrong_before_proof_15_minutes", 15 * _MINUTE)
SIGN_IN_PROVED_WRONG: Final = Limit("sign_in_proved_wrong_per_account_15_minutes", 15 * _MINUTE)
SIGN_IN_WRONG_PER_ADDRESS: Final = Limit("sign_in_wrong_per_address_hour", _HOUR)
SIGN_IN_WRONG_PER_IPV6_SITE: Final = Limit("sign_in_wrong_per_ipv6_site_hour", _HOUR)
RECEIPT_MAILS_DAY: Final = Limit("receipt_mails_per_recipient_day", _DAY)
WRONG_ALTOGETHER: Final = Limit("track_wrong_alarm_hour", _HOUR)
ALARM: Final = Limit("alarm", _HOUR, fixed=1)
#: Notes that a visitor's address could not be read, for the log and the system checks.
UNREADABLE_TOLD: Final = Limit("unreadable_address_told", _HOUR, fixed=1)
UNREADABLE_LATELY: Final = Limit("unreadable_address_lately", _DAY, fixed=1)
