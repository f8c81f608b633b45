"""The moves that are open as buttons: the likeliest first, a few beside it, the rest in a menu.

Nothing here grants anything. A button stays away, or shut with a reason, where the verb would refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.hands import hands_on
from pakn_portal.answers.models import Answer
from pakn_portal.cases.deadline import extensions_of
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.moves import open_moves
from pakn_portal.publication.guards import four_eyes_problem
from pakn_portal.routing.actions import asked_unit, not_asked
from pakn_portal.routing.extensions import why_not_extended
from pakn_portal.staff.addresses import move_url
from pakn_portal.staff.dossier import Dossier

#: Whichever of these is open first is what most people come for.
LIKELY = (
    Verb.RELEASE_HOLD, Verb.RECEIVE, Verb.PUBLISH, Verb.APPROVE_ANSWER, Verb.GIVE_OPINION,
    Verb.REQUEST_PUBLICATION, Verb.PREPARE_PUBLIC_TEXT, Verb.CORRECT, Verb.DRAFT_ANSWER, Verb.ASSIGN,
    Verb.FORWARD, Verb.SUPPLEMENT,
)  # fmt: skip
#: Beside it, in this order.
COMMON = (
    Verb.REJECT_ANSWER, Verb.SUBMIT_ANSWER, Verb.RETURN_PUBLIC_TEXT, Verb.FORWARD, Verb.ASSIGN,
    Verb.DRAFT_ANSWER, Verb.CLASSIFY, Verb.REQUEST_SUPPLEMENT, Verb.REFUSE, Verb.PREPARE_PUBLIC_TEXT,
    Verb.CONTINUE_WITHOUT, Verb.REQUEST_OPINION, Verb.EXTEND_DEADLINE, Verb.SEND_BACK, Verb.SUPPLEMENT,
    Verb.NOTE,
)  # fmt: skip
#: Only ever in the menu.
RARE = (
    Verb.REFER, Verb.GUIDE, Verb.MARK_DUPLICATE, Verb.KEEP, Verb.REOPEN, Verb.UNPUBLISH,
    Verb.MOVE_TO_COMPLAINT, Verb.MOVE_TO_DENUNCIATION, Verb.HOLD,
)  # fmt: skip
BESIDE = 4
#: Not buttons: contacts have their own, the clock is recalculated by the system.
HIDDEN = frozenset({Verb.READ_CONTACTS, Verb.RECALCULATE})


def label_of(verb: Verb) -> str:
    """What the button says: mostly the verb's own name."""
    return _("Write the answer") if verb == Verb.DRAFT_ANSWER else str(verb.label)


@dataclass(frozen=True)
class Button:
    verb: Verb
    url: str
    #: Why it is shut; empty for an open one.
    reason: str = ""

    @property
    def label(self) -> str:
        return label_of(self.verb)


@dataclass(frozen=True)
class Buttons:
    primary: Button | None = None
    beside: list[Button] = field(default_factory=list)
    menu: list[Button] = field(default_factory=list)

    @property
    def all(self) -> list[Button]:
        return [*([self.primary] if self.primary else []), *self.beside, *self.menu]

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(button.reason for button in self.all if button.reason))


def buttons_for(dossier: Dossier, back: str = "") -> Buttons:
    """What this person may do now."""
    verbs = [row.verb for row in open_moves(dossier.case, dossier.scope)]
    found = {
        verb: Button(verb, move_url(dossier.case.pk, verb, back), _shut(verb, dossier))
        for verb in verbs
        if verb not in HIDDEN and _makes_sense(verb, dossier)
    }
    primary = next((verb for verb in LIKELY if _is_likely(verb, found, dossier)), None)
    rest = [verb for verb in COMMON if verb in found and verb != primary]
    late = [verb for verb in (*RARE, *LIKELY) if verb in found and verb not in (*COMMON, primary)]
    return Buttons(
        found.get(primary) if primary else None,
        [found[verb] for verb in rest[:BESIDE]],
        [found[verb] for verb in [*rest[BESIDE:], *dict.fromkeys(late)]],
    )


def _is_likely(verb: Verb, found: dict[Verb, Button], dossier: Dossier) -> bool:
    if verb not in found or found[verb].reason:
        return False
    if verb == Verb.DRAFT_ANSWER:
        # somebody else's to write: a colleague or the head may, but did not come for it
        return dossier.case.officer_id in (None, dossier.scope.user.pk)
    if verb == Verb.PREPARE_PUBLIC_TEXT:
        return dossier.case.status == Status.ANSWERED and dossier.public_text is None
    return True


def _makes_sense(verb: Verb, dossier: Dossier) -> bool:
    check = _SENSE.get(verb)
    return check is None or check(dossier)


def _has_text_in(*states: str) -> Callable[[Dossier], bool]:
    return lambda dossier: dossier.public_text is not None and dossier.public_text.state in states


def _has_correction(dossier: Dossier) -> bool:
    text = dossier.public_text
    return text is not None and text.content_hash != text.released_hash


_SENSE: dict[Verb, Callable[[Dossier], bool]] = {
    Verb.SUBMIT_ANSWER: lambda dossier: dossier.answer is not None and bool(dossier.answer.body.strip()),
    Verb.EXTEND_DEADLINE: lambda dossier: not extensions_of(dossier.case),
    Verb.REQUEST_PUBLICATION: _has_text_in(PublicTextState.DRAFT, PublicTextState.UNPUBLISHED),
    Verb.PUBLISH: _has_text_in(PublicTextState.REQUESTED),
    Verb.RETURN_PUBLIC_TEXT: _has_text_in(PublicTextState.REQUESTED),
    Verb.CORRECT: _has_correction,
}


def _shut(verb: Verb, dossier: Dossier) -> str:
    """The sentence the verb would refuse with, told before."""
    if verb == Verb.APPROVE_ANSWER and dossier.answer and _wrote(dossier, dossier.answer):
        return _("You wrote or changed this answer, so somebody else must approve it.")
    if verb == Verb.EXTEND_DEADLINE:
        return why_not_extended(dossier.case)
    if verb == Verb.GIVE_OPINION:
        unit = asked_unit(dossier.case)
        return "" if unit is not None and unit.pk in dossier.scope.unit_ids else not_asked(unit)
    if verb in (Verb.REQUEST_PUBLICATION, Verb.CORRECT) and dossier.open_finds:
        return _("%(count)d places may hold personal data. Mask or confirm each of them.") % {
            "count": dossier.open_finds
        }
    if verb in (Verb.PUBLISH, Verb.CORRECT) and dossier.public_text:
        return four_eyes_problem(dossier.public_text, dossier.scope.user)
    return ""


def _wrote(dossier: Dossier, answer: Answer) -> bool:
    return dossier.scope.user.pk in hands_on(dossier.case).writers | {answer.written_by_id}
