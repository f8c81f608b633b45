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
from pakn_portal.cases.actions.locking import (
    added_since,
    confirm_secret,
    hold_case,
    last_line_of,
    release_hold,
)
from pakn_portal.cases.actions.notes import (
    add_note,
    read_contacts,
    recalculate_deadline,
    tell_new_code,
    with_address,
)
from pakn_portal.cases.actions.opening import (
    classify_case,
    open_case,
    receive_case,
    request_supplement,
    supplement_case,
)
from pakn_portal.cases.actions.other_procedures import (
    guide_again,
    hand_over,
    one_receiver,
    problem_of_end,
    settle,
    take_up_again,
)
from pakn_portal.cases.actions.papers import (
    LONGEST_NUMBER,
    letter_number,
    problem_of_date,
    problem_of_letter_number,
    problem_of_number,
)
from pakn_portal.cases.actions.refusing import (
    NAMED_IN_NOTE,
    close_unanswered,
    is_unnamed,
    name_it,
    not_refused,
    refuse_case,
)
from pakn_portal.cases.actions.sender_data import correct_sender, problem_of_values
from pakn_portal.cases.notices import INSTEAD_OF_REFUSING

__all__ = [
    "INSTEAD_OF_REFUSING",
    "LONGEST_NUMBER",
    "NAMED_IN_NOTE",
    "add_note",
    "added_since",
    "classify_case",
    "close_unanswered",
    "confirm_secret",
    "correct_sender",
    "guide_again",
    "guide_sender",
    "hand_over",
    "hold_case",
    "is_unnamed",
    "keep_case",
    "last_line_of",
    "letter_number",
    "mark_duplicate",
    "move_to_complaint",
    "move_to_denunciation",
    "name_it",
    "no_such_case",
    "not_refused",
    "one_receiver",
    "open_case",
    "problem_of_date",
    "problem_of_end",
    "problem_of_letter_number",
    "problem_of_number",
    "problem_of_values",
    "read_contacts",
    "recalculate_deadline",
    "receive_case",
    "refer_case",
    "refuse_case",
    "release_hold",
    "reopen_case",
    "request_supplement",
    "settle",
    "supplement_case",
    "take_up_again",
    "tell_new_code",
    "this_very_case",
    "with_address",
    "withdraw_case",
]
