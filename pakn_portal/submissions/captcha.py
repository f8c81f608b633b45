"""Protection against forms that programs send: a small abstract class, and the
self-hosted check that we ship.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import altcha
import django_altcha
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from pakn_portal.submissions.limits import Limit
from pakn_portal.text import plain

logger = logging.getLogger(__name__)

#: The browser needs half of these on average: under a second on an old telephone.
MOST_TRIES: Final = 100_000


@dataclass(frozen=True)
class Proof:
    """The result of a check; `message` is empty if it passed.

    `is_plain`: the weaker way was used, so stricter limits apply. `is_guess`: the answer could be guessed,
    so wrong ones are counted.
    """

    message: str = ""
    is_plain: bool = False
    is_guess: bool = False

    @property
    def holds(self) -> bool:
        return not self.message


class Captcha(ABC):
    """Base of the class that `CAPTCHA` names. A proof belongs to one form key and is valid again when
    that form is sent again (I2).
    """

    template_name: str

    @abstractmethod
    def context(self, form_key: str) -> dict[str, Any]:
        """Values for the template."""

    @abstractmethod
    def verify(self, data: Mapping[str, Any], *, form_key: str) -> Proof:
        """Check what was sent with the form."""


class ProofOfWork(Captcha):
    """The browser solves a small task (ALTCHA's protocol), invisibly and without a third party.

    Without JavaScript the visitor solves a sum in words; `submit_plain_per_address_hour` limits that way more
    strictly, and `wrong_sum_per_address_hour` limits wrong answers.
    """

    template_name = "pakn_portal/includes/captcha.html"

    def context(self, form_key: str) -> dict[str, Any]:
        first, second = _sum_of(form_key)
        return {
            "question": _("What is %(first)s plus %(second)s?")
            % {"first": _word(first), "second": _word(second)}
        }

    def verify(self, data: Mapping[str, Any], *, form_key: str) -> Proof:
        if not django_altcha.get_setting("ALTCHA_VERIFICATION_ENABLED"):
            return Proof()
        if payload := data.get("altcha", ""):
            return Proof() if _is_solved(payload) and _is_first_use(payload, form_key) else Proof(_stale())
        answer = plain(data.get("plain_answer", ""))
        if not answer:
            return Proof(_("Answer the question that shows that you are a person."), is_plain=True)
        if answer != str(sum(_sum_of(form_key))):
            message = _("That is not the sum. Write the result in figures, for example 11.")
            return Proof(message, is_plain=True, is_guess=True)
        return Proof(is_plain=True, is_guess=True)


@never_cache
@require_GET
def challenge(request: HttpRequest) -> JsonResponse:
    """A new task for the browser."""
    return JsonResponse(vars(django_altcha.get_altcha_challenge(max_number=MOST_TRIES)))


def _stale() -> str:
    return _("The check of your browser has lapsed. Send the form once more; what you wrote is still here.")


def _is_solved(payload: str) -> bool:
    try:
        solved, _error = altcha.verify_solution(
            payload[:4096], django_altcha.get_hmac_key(), check_expires=True
        )
    except Exception:  # a forged payload may raise anything in the library
        logger.warning("A proof of work could not be read")
        return False
    return bool(solved)


def _is_first_use(payload: str, form_key: str) -> bool:
    """A solved task is valid for one form, as often as that form is sent."""
    try:
        task = json.loads(base64.b64decode(payload))["challenge"]
    except (binascii.Error, ValueError, KeyError, TypeError):
        return False
    spent = Limit("proof", django_altcha.get_challenge_expire_seconds(), fixed=1)
    return spent.take(str(task), mark=form_key)


def _sum_of(form_key: str) -> tuple[int, int]:
    """Two numbers from 2 to 9, derived from the form key; nothing about them is stored or sent."""
    digest = salted_hmac("pakn_portal.plain_question", form_key, algorithm="sha256").digest()
    return 2 + digest[0] % 8, 2 + digest[1] % 8


def _word(number: int) -> str:
    words = [
        pgettext("in a sum", "two"),
        pgettext("in a sum", "three"),
        pgettext("in a sum", "four"),
        pgettext("in a sum", "five"),
        pgettext("in a sum", "six"),
        pgettext("in a sum", "seven"),
        pgettext("in a sum", "eight"),
        pgettext("in a sum", "nine"),
    ]
    return words[number - 2]
