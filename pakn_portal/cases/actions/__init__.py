"""The verbs of a case at intake, and those that end it. Each is one transaction: see `flow.moving`.

Common to all: `by` is the user, None for the system; each appends the CaseEvent of its name, queues its mails
through `event_recorded` and raises MoveError with a sentence when it is refused.
"""

from pakn_portal.cases.actions.closing import (
    guide_sender,
    keep_case,
    move_to_complaint,
    move_to_denunciation,
    refer_case,
    reopen_case,
    withdraw_case,
)
from pakn_portal.cases.actions.duplicates import mark_duplicate, no_such_case, this_very_case
from pakn_portal.cases.actions.locking import hold_case, release_hold
from pakn_portal.cases.actions.notes import add_note, read_contacts, recalculate_deadline, tell_new_code
from pakn_portal.cases.actions.opening import (
    classify_case,
    open_case,
    receive_case,
    request_supplement,
    supplement_case,
)
from pakn_portal.cases.actions.refusing import (
    NAMED_IN_NOTE,
    close_unanswered,
    is_unnamed,
    name_it,
    not_refused,
    refuse_case,
)
from pakn_portal.cases.notices import INSTEAD_OF_REFUSING

__all__ = [
    "INSTEAD_OF_REFUSING",
    "NAMED_IN_NOTE",
    "add_note",
    "classify_case",
    "close_unanswered",
    "guide_sender",
    "hold_case",
    "is_unnamed",
    "keep_case",
    "mark_duplicate",
    "move_to_complaint",
    "move_to_denunciation",
    "name_it",
    "no_such_case",
    "not_refused",
    "open_case",
    "read_contacts",
    "recalculate_deadline",
    "receive_case",
    "refer_case",
    "refuse_case",
    "release_hold",
    "reopen_case",
    "request_supplement",
    "supplement_case",
    "tell_new_code",
    "this_very_case",
    "withdraw_case",
]
