"""The signals that the app sends.

`event_recorded` is sent inside the verb's transaction: a receiver that raises undoes the verb. Receivers
write mail and index rows there, so that these are committed or rolled back with the event. Everything else
listens to the signals sent after commit.
"""

from django.dispatch import Signal

#: Inside the transaction, for each line of any register that has its place and no seal yet. What a receiver
#: writes in its wake it adds to `texts`, by name: the line proves it. Sender: the subject's model. Arguments:
#: `subject`, the same by the name that its register has for it (`case`), `event`, `texts`.
event_about_to_be_sealed = Signal()

#: Inside the transaction, once for each line of any register. Sender: the subject's model. Arguments:
#: `subject`, the same by the name that its register has for it (`case`), `event`, `secret` (only for a new
#: submission).
event_recorded = Signal()

#: After commit, once for each line of a register whose procedure has no signal of its own. Arguments:
#: `subject`, `event`.
subject_changed = Signal()

#: After commit, once for each CaseEvent. Arguments: `case`, `event`.
case_changed = Signal()

#: Inside the transaction, when a released page (an answer) went live, changed or left the site. Arguments:
#: `page`, `is_public`.
public_record_changed = Signal()

#: When a page above live answers was unpublished or made private. Arguments: `page`, `by` (None for a
#: script).
answers_hidden = Signal()

#: Inside the transaction, when articles of law were imported or changed. Arguments: `texts`.
legal_texts_changed = Signal()

#: After commit, when an answer became public. Arguments: `page`, `case` (None for an imported answer).
answer_published = Signal()

#: After commit, when the index rows changed. Arguments: `entry_ids`.
archive_changed = Signal()
