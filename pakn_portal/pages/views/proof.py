"""What tells people from programs, as the forms ask for it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from pakn_portal.conf import portal_settings
from pakn_portal.submissions import limits, secrets
from pakn_portal.submissions.captcha import Captcha, Proof
from pakn_portal.submissions.client import client_address
from pakn_portal.submissions.limits import Claim
from pakn_portal.submissions.tray import UPLOADS_WAIT

#: Where the summary of errors leads when the proof is wanting.
ANCHOR: Final = "captcha"


def captcha() -> Captcha:
    backend: Captcha = portal_settings.load("CAPTCHA")()
    return backend


def captcha_context(form_key: str, errors: list[tuple[str, str]]) -> dict[str, Any]:
    """What the captcha's template needs. `errors`: (anchor, sentence) of the whole form."""
    guard = captcha()
    return {
        "captcha_template": guard.template_name,
        "captcha": guard.context(form_key),
        "captcha_errors": [told for anchor, told in errors if anchor == ANCHOR],
    }


def look_at_proof(
    request: HttpRequest, form_key: str, *, right: list[Claim] | None = None
) -> tuple[Proof, Claim | None]:
    """The proof, or the limit that is used up. A guess counts before anybody is told whether it was right.

    A right guess is given back: at once, or by the caller, who finds it in `right`.
    """
    proof = captcha().verify(request.POST, form_key=form_key)
    if not proof.is_guess:
        return proof, None
    # the same form with the right answer, sent many times at once, is one guess
    mark = form_key if proof.holds else ""
    guess = Claim(limits.WRONG_SUM_HOUR, client_address(request), mark=mark)
    if refused := limits.take_all([guess]):
        return proof, refused
    if proof.holds and right is not None:
        right.append(guess)
    elif proof.holds:
        limits.give_back_all([guess])
    return proof, None


def is_proved_once(request: HttpRequest, *, by_work: bool = False) -> bool:
    """Whether the request brings a proof of its own: one opened form, one try. `by_work`: no sum is taken."""
    form_key = request.POST.get("form_key", "")
    try:
        secrets.check_form_key(form_key, max_age=UPLOADS_WAIT)
    except secrets.FormKeyError:
        return False
    proof, refused = look_at_proof(request, form_key)
    is_enough = proof.holds and not (by_work and proof.is_plain)
    return is_enough and not refused and limits.PROOF_OF_TRY.take(form_key)
