"""The moves of a petition: who may do what from where, where it leads, and what it does to the deadline.

`python -m django pakn_graph` draws it for docs/concepts/case-graph.md; a test holds the drawing against this
table.
"""

from __future__ import annotations

from collections.abc import Iterable

from pakn_portal.cases.enums import (
    AT_INTAKE,
    DELIVERED,
    OPEN,
    OTHER_PROCEDURES,
    SEALED,
    WITH_UNIT,
    Clock,
    Right,
    Status,
    Verb,
)
from pakn_portal.flow.graph import RESUME, Graph, Transition

_S, _R = Status, Right
_INTAKE = {_R.INTAKE}
_LEAD_UNIT = {_R.OFFICER, _R.FOCAL, _R.HEAD}
_CHIEFS = {_R.HEAD, _R.LEADER}
_KEEPERS = {_R.INSPECTOR}
_AT_WORK = {_S.PROCESSING, _S.EXTENDED, _S.REOPENED}
#: Everybody who can see the case in the course of their work; the auditor only reads.
_COLLEAGUES = set(_R) - {_R.SENDER, _R.SYSTEM}


def _row(
    verb: Verb,
    sources: Iterable[Status],
    target: str | None,
    rights: Iterable[Right],
    clock: Clock = Clock.KEEP,
    *,
    needs: str = "",
    refuses: str = "",
    then: str = "",
) -> Transition:
    paths = (f"pakn_portal.{path}" if path else "" for path in (needs, refuses, then))
    return Transition(verb, frozenset(sources), target, frozenset(rights), clock, *paths)


TRANSITIONS: tuple[Transition, ...] = (
    _row(Verb.RECEIVE, {_S.SUBMITTED}, _S.RECEIVED, _INTAKE),
    _row(Verb.REFUSE, AT_INTAKE, _S.REJECTED, _INTAKE, Clock.STOP),
    _row(Verb.REFUSE, {_S.NEED_INFO}, _S.REJECTED, {_R.INTAKE, _R.SYSTEM}, Clock.STOP),
    _row(Verb.REQUEST_SUPPLEMENT, AT_INTAKE, _S.NEED_INFO, _INTAKE, Clock.PAUSE),
    _row(Verb.REQUEST_SUPPLEMENT, _AT_WORK, _S.NEED_INFO, _LEAD_UNIT, Clock.PAUSE),
    _row(Verb.SUPPLEMENT, {_S.NEED_INFO}, RESUME, {_R.SENDER, _R.INTAKE}, Clock.RESUME),
    _row(Verb.CLASSIFY, AT_INTAKE, None, _INTAKE),
    _row(Verb.FORWARD, {_S.RECEIVED, _S.RETURNED, _S.REOPENED}, _S.ROUTED, {_R.INTAKE, _R.LEADER}),
    _row(Verb.RECALL, {_S.ROUTED, _S.PROCESSING, _S.EXTENDED}, _S.RECEIVED, {_R.INTAKE, _R.LEADER}),
    _row(Verb.REMIND, WITH_UNIT, None, {_R.INTAKE, _R.LEADER, _R.HEAD}),
    _row(Verb.CHANGE_URGENCY, WITH_UNIT, None, {_R.INTAKE, _R.LEADER}),
    _row(Verb.SET_INNER_DUE, WITH_UNIT, None, {_R.FOCAL, _R.HEAD}),
    _row(Verb.SEND_BACK, {_S.ROUTED, *_AT_WORK}, _S.RETURNED, _LEAD_UNIT),
    _row(
        Verb.ASSIGN, {_S.ROUTED, _S.PROCESSING, _S.EXTENDED, _S.REOPENED}, _S.PROCESSING, {_R.FOCAL, _R.HEAD}
    ),
    _row(Verb.REQUEST_OPINION, _AT_WORK, _S.COORDINATING, _LEAD_UNIT),
    _row(
        Verb.GIVE_OPINION,
        {_S.COORDINATING},
        RESUME,
        {_R.SUPPORT},
        refuses="routing.guards.of_another_unit",
    ),
    _row(Verb.CONTINUE_WITHOUT, {_S.COORDINATING}, RESUME, _LEAD_UNIT),
    _row(
        Verb.EXTEND_DEADLINE,
        {_S.ROUTED, _S.PROCESSING, _S.REOPENED},
        _S.EXTENDED,
        _CHIEFS,
        needs="routing.guards.extended_already",
        refuses="routing.guards.no_later_date",
    ),
    _row(Verb.DRAFT_ANSWER, {*_AT_WORK, _S.COORDINATING}, None, {_R.OFFICER, _R.HEAD}),
    _row(
        Verb.SUBMIT_ANSWER,
        _AT_WORK,
        _S.DRAFT_REVIEW,
        {_R.OFFICER, _R.HEAD},
        needs="answers.guards.no_draft",
        refuses="answers.guards.not_for_the_head",
    ),
    _row(Verb.REJECT_ANSWER, {_S.DRAFT_REVIEW}, _S.PROCESSING, _CHIEFS),
    _row(
        Verb.APPROVE_ANSWER,
        {_S.DRAFT_REVIEW},
        _S.ANSWERED,
        _CHIEFS,
        Clock.STOP,
        refuses="answers.guards.written_by_approver",
        then="answers.told.delivery.deliver",
    ),
    _row(Verb.PREPARE_PUBLIC_TEXT, DELIVERED, None, {_R.OFFICER, _R.HEAD, _R.PUBLISHER}),
    _row(
        Verb.REQUEST_PUBLICATION,
        {_S.ANSWERED},
        None,
        {_R.OFFICER, _R.HEAD, _R.PUBLISHER},
        needs="pages.answers.guards.nothing_to_send",
        refuses="pages.answers.guards.open_places",
    ),
    _row(
        Verb.RETURN_PUBLIC_TEXT,
        {_S.ANSWERED},
        None,
        {_R.PUBLISHER},
        needs="pages.answers.guards.not_with_publisher",
    ),
    _row(
        Verb.PUBLISH,
        {_S.ANSWERED},
        _S.PUBLISHED,
        {_R.PUBLISHER},
        needs="pages.answers.guards.not_with_publisher",
        refuses="pages.answers.guards.own_text",
    ),
    _row(Verb.UNPUBLISH, {_S.PUBLISHED}, _S.ANSWERED, {_R.PUBLISHER}),
    _row(
        Verb.CORRECT,
        {_S.PUBLISHED},
        None,
        {_R.PUBLISHER},
        needs="pages.answers.guards.same_text",
        refuses="pages.answers.guards.correction_problem",
    ),
    _row(Verb.REFER, {*AT_INTAKE, _S.NEED_INFO}, _S.FORWARDED, _INTAKE, Clock.STOP),
    _row(Verb.GUIDE, {*AT_INTAKE, _S.NEED_INFO}, _S.OUT_OF_SCOPE, _INTAKE, Clock.STOP),
    _row(
        Verb.MARK_DUPLICATE,
        {*AT_INTAKE, _S.NEED_INFO},
        _S.DUPLICATE,
        _INTAKE,
        Clock.STOP,
        then="answers.told.together.tell_joining",
    ),
    # those joined to a case go along when it is joined to another itself
    _row(
        Verb.MARK_DUPLICATE,
        {_S.DUPLICATE, _S.SECRET_HOLD},
        None,
        {_R.SYSTEM},
        then="answers.told.together.tell_joining",
    ),
    # found late too, wherever it stands: what was answered or published is taken back from sight
    _row(
        Verb.MOVE_TO_COMPLAINT,
        set(Status) - SEALED,
        _S.COMPLAINT,
        {_R.INTAKE, _R.HEAD, _R.INSPECTOR},
        Clock.STOP,
    ),
    _row(Verb.MOVE_TO_COMPLAINT, {_S.SECRET_HOLD}, _S.COMPLAINT, _KEEPERS, Clock.STOP),
    _row(
        Verb.MOVE_TO_DENUNCIATION,
        set(Status) - SEALED,
        _S.DENUNCIATION,
        {_R.INTAKE, _R.HEAD, _R.INSPECTOR},
        Clock.STOP,
    ),
    _row(Verb.MOVE_TO_DENUNCIATION, {_S.SECRET_HOLD}, _S.DENUNCIATION, _KEEPERS, Clock.STOP),
    _row(Verb.GUIDE_AGAIN, OTHER_PROCEDURES, None, _KEEPERS, needs="cases.guards.settled"),
    _row(Verb.HAND_OVER, OTHER_PROCEDURES, None, _KEEPERS, needs="cases.guards.settled"),
    _row(Verb.SETTLE, OTHER_PROCEDURES, None, _KEEPERS, needs="cases.guards.settled"),
    _row(Verb.TAKE_UP_AGAIN, OTHER_PROCEDURES, None, _KEEPERS, needs="cases.guards.not_settled"),
    _row(Verb.KEEP, {_S.RECEIVED, _S.PROCESSING, _S.EXTENDED}, _S.NOTED, {_R.INTAKE, _R.HEAD}, Clock.STOP),
    _row(Verb.WITHDRAW, OPEN - {_S.SECRET_HOLD, _S.DRAFT_REVIEW}, _S.WITHDRAWN, {_R.SENDER}, Clock.STOP),
    _row(Verb.REOPEN, {_S.ANSWERED}, _S.REOPENED, {_R.INTAKE, _R.LEADER}, Clock.RESTART),
    _row(Verb.REOPEN, {_S.DUPLICATE}, _S.RECEIVED, _INTAKE, Clock.RESTART),
    _row(
        Verb.HOLD,
        set(Status) - SEALED,
        _S.SECRET_HOLD,
        {_R.INTAKE, _R.OFFICER, _R.SUPPORT, _R.HEAD, _R.PUBLISHER, _R.LEADER, _R.INSPECTOR},
        Clock.PAUSE,
    ),
    _row(Verb.RELEASE_HOLD, {_S.SECRET_HOLD}, RESUME, _KEEPERS, Clock.RESUME),
    _row(
        Verb.CONFIRM_SECRET,
        {_S.SECRET_HOLD},
        _S.ON_PAPER,
        _KEEPERS,
        Clock.STOP,
        refuses="cases.guards.locked_by_confirmer",
    ),
    _row(Verb.NOTE, Status, None, _COLLEAGUES),
    _row(Verb.READ_CONTACTS, Status, None, {_R.INTAKE, _R.OFFICER, _R.HEAD, _R.LEADER}),
    _row(Verb.CORRECT_SENDER, set(Status) - SEALED, None, _INTAKE),
    _row(Verb.RECALCULATE, OPEN | OTHER_PROCEDURES, None, {_R.SYSTEM}),
)

#: Taking an answer down asks for a reason too, but is not held up by it: the CMS takes many off at once.
NEEDS_NOTE: frozenset[Verb] = frozenset(
    {
        Verb.REQUEST_SUPPLEMENT,
        Verb.RECALL,
        Verb.SEND_BACK,
        Verb.REQUEST_OPINION,
        Verb.GIVE_OPINION,
        Verb.CONTINUE_WITHOUT,
        Verb.EXTEND_DEADLINE,
        Verb.REJECT_ANSWER,
        Verb.RETURN_PUBLIC_TEXT,
        Verb.CORRECT,
        Verb.GUIDE,
        Verb.GUIDE_AGAIN,
        Verb.TAKE_UP_AGAIN,
        Verb.KEEP,
        Verb.REOPEN,
        Verb.RELEASE_HOLD,
        Verb.NOTE,
    }
)

PETITION_GRAPH = Graph(
    name="petition",
    verbs=Verb,
    statuses=Status,
    transitions=TRANSITIONS,
    opening=Verb.SUBMIT,
    needs_note=NEEDS_NOTE,
    no_change=frozenset({Verb.READ_CONTACTS, Verb.NOTE, Verb.REMIND}),
    # somebody saw a state secret in public
    regardless=frozenset({Verb.HOLD}),
    without_account=frozenset({Right.SENDER, Right.SYSTEM}),
)
