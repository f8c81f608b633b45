"""The moves that are open as buttons: the likeliest first, a few beside it, the rest in a menu.

Nothing here grants or refuses anything. What the guards of a move say, its button says before: it is shut
where one forbids the move, and away where there is nothing to move.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.flow.graph import OpenMove
from pakn_portal.flow.tables import VerbTable, pressed_verbs
from pakn_portal.staff.addresses import move_url
from pakn_portal.staff.cases.dossier import Dossier

#: Whichever of these is open first is what most people come for.
LIKELY = (
    Verb.RECEIVE, Verb.PUBLISH, Verb.APPROVE_ANSWER, Verb.GIVE_OPINION,
    Verb.REQUEST_PUBLICATION, Verb.PREPARE_PUBLIC_TEXT, Verb.CORRECT, Verb.DRAFT_ANSWER, Verb.ASSIGN,
    Verb.FORWARD, Verb.SUPPLEMENT, Verb.HAND_OVER, Verb.SETTLE,
)  # fmt: skip
#: Beside it, in this order.
COMMON = (
    # a decision: none of the two is the likely one
    Verb.RELEASE_HOLD, Verb.CONFIRM_SECRET,
    Verb.HAND_OVER, Verb.GUIDE_AGAIN, Verb.SETTLE, Verb.TAKE_UP_AGAIN,
    Verb.REJECT_ANSWER, Verb.SUBMIT_ANSWER, Verb.RETURN_PUBLIC_TEXT, Verb.FORWARD, Verb.ASSIGN,
    Verb.DRAFT_ANSWER, Verb.CLASSIFY, Verb.REQUEST_SUPPLEMENT, Verb.REFUSE, Verb.PREPARE_PUBLIC_TEXT,
    Verb.CONTINUE_WITHOUT, Verb.REMIND, Verb.REQUEST_OPINION, Verb.SET_INNER_DUE, Verb.EXTEND_DEADLINE,
    Verb.SEND_BACK, Verb.SUPPLEMENT,
    Verb.NOTE,
)  # fmt: skip
#: Only ever in the menu.
RARE = (
    Verb.RECALL, Verb.CHANGE_URGENCY, Verb.REFER, Verb.GUIDE, Verb.MARK_DUPLICATE, Verb.KEEP, Verb.REOPEN,
    Verb.UNPUBLISH, Verb.CORRECT_SENDER,
    Verb.MOVE_TO_COMPLAINT, Verb.MOVE_TO_DENUNCIATION, Verb.HOLD,
)  # fmt: skip
BESIDE = 4
#: Beside the form of intake, which does the usual: each other way that a case goes from there.
WAYS_OUT = (
    Verb.REQUEST_SUPPLEMENT, Verb.REFUSE, Verb.MARK_DUPLICATE, Verb.REFER, Verb.GUIDE,
    Verb.MOVE_TO_COMPLAINT, Verb.MOVE_TO_DENUNCIATION, Verb.HOLD,
)  # fmt: skip
#: Not buttons: contacts have their own, the clock is recalculated by the system.
HIDDEN = frozenset({Verb.READ_CONTACTS, Verb.RECALCULATE})

#: Verb → where its button stands at the most prominent.
PLACES: VerbTable[str] = VerbTable("buttons", wants=pressed_verbs)
PLACES.add(
    PETITION_GRAPH.name,
    {
        **dict.fromkeys(RARE, "menu"),
        **dict.fromkeys(COMMON, "beside"),
        **dict.fromkeys(LIKELY, "first"),
    },
    without=HIDDEN,
)


def label_of(verb: Verb, case: Case | None = None) -> str:
    """What the button says: mostly the verb's own name. Of an answer that is on the site, its correction is
    prepared and published.
    """
    if case is not None and case.status == Status.PUBLISHED:
        if verb == Verb.PREPARE_PUBLIC_TEXT:
            return _("Prepare a correction")
        if verb == Verb.CORRECT:
            return _("Publish the correction")
    return _("Write the answer") if verb == Verb.DRAFT_ANSWER else str(verb.label)


@dataclass(frozen=True)
class Button:
    verb: Verb
    url: str
    #: Why it is shut; empty for an open one.
    reason: str = ""
    case: Case | None = None

    @property
    def label(self) -> str:
        return label_of(self.verb, self.case)


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


def buttons_for(dossier: Dossier, back: str = "", *, takes_in: bool = False) -> Buttons:
    """What this person may do now. `takes_in`: the form of intake stands beside, so that none of its steps is
    the likeliest button.
    """
    found = {
        verb: Button(verb, move_url(dossier.case.pk, verb, back), move.refusal, dossier.case)
        for verb, move in dossier.open_moves.items()
        if _is_drawn(move)
    }
    if takes_in:
        ways = [verb for verb in (*WAYS_OUT, Verb.RECEIVE) if verb in found]
        steps = [verb for verb in dict.fromkeys((*LIKELY, *COMMON, *RARE)) if verb in found]
        return Buttons(
            None,
            [found[verb] for verb in ways],
            [found[verb] for verb in steps if verb not in ways],
        )
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
    if verb == Verb.HAND_OVER:
        return dossier.case.handed_over_on is None
    if verb == Verb.SETTLE:
        return dossier.case.handed_over_on is not None
    text = dossier.public_text
    is_taken_off = text is not None and text.state == PublicTextState.UNPUBLISHED
    if verb == Verb.REQUEST_PUBLICATION:
        # what was taken off is corrected before it goes to the publisher again
        return not is_taken_off
    if verb == Verb.PREPARE_PUBLIC_TEXT:
        return dossier.case.status == Status.ANSWERED and (text is None or is_taken_off)
    return True


def _is_drawn(move: OpenMove) -> bool:
    return not (move.verb in HIDDEN or move.lack)
