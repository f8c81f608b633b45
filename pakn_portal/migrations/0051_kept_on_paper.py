"""A confirmed state secret is kept on paper only."""

from django.db import migrations, models

STATUSES = [
    ("submitted", "Submitted"),
    ("received", "Received"),
    ("need_info", "More information needed"),
    ("routed", "Forwarded to a unit"),
    ("returned", "Sent back by the unit"),
    ("processing", "In progress"),
    ("coordinating", "Awaiting other units"),
    ("draft_review", "Answer awaiting approval"),
    ("extended", "Deadline extended"),
    ("answered", "Answered"),
    ("published", "Published"),
    ("rejected", "Refused"),
    ("duplicate", "Duplicate"),
    ("out_of_scope", "Outside competence, guided"),
    ("forwarded", "Referred to another agency"),
    ("complaint", "Moved to the complaint procedure"),
    ("denunciation", "Moved to the denunciation procedure"),
    ("noted", "Kept for study"),
    ("withdrawn", "Withdrawn by the sender"),
    ("reopened", "Re-opened"),
    ("secret_hold", "Locked, possible state secret"),
    ("on_paper", "State secret, kept on paper only"),
]
VERBS = [
    ("submit", "Submit"),
    ("receive", "Receive"),
    ("refuse", "Refuse"),
    ("request_supplement", "Ask the sender"),
    ("supplement", "Supplement"),
    ("classify", "Classify"),
    ("forward", "Forward to a unit"),
    ("recall", "Recall the forwarding"),
    ("remind", "Remind the unit"),
    ("change_urgency", "Change the urgency"),
    ("set_inner_due", "Set a day within the unit"),
    ("send_back", "Send back"),
    ("assign", "Assign"),
    ("request_opinion", "Ask another unit"),
    ("give_opinion", "Give an opinion"),
    ("continue_without", "Go on without the opinion"),
    ("extend_deadline", "Extend the deadline"),
    ("draft_answer", "Save the draft answer"),
    ("submit_answer", "Submit for approval"),
    ("approve_answer", "Approve"),
    ("reject_answer", "Do not approve"),
    ("prepare_public_text", "Prepare the public text"),
    ("request_publication", "Send to the publisher"),
    ("return_public_text", "Ask for changes"),
    ("publish", "Publish"),
    ("unpublish", "Unpublish"),
    ("correct", "Correct"),
    ("refer", "Refer to another agency"),
    ("guide", "Close as outside competence"),
    ("mark_duplicate", "Mark as duplicate"),
    ("move_to_complaint", "Move to the complaint procedure"),
    ("move_to_denunciation", "Move to the denunciation procedure"),
    ("guide_again", "Guide the sender again"),
    ("hand_over", "Hand over to the procedure"),
    ("settle", "Settle"),
    ("take_up_again", "Take up again"),
    ("keep", "Keep for study"),
    ("withdraw", "Withdraw"),
    ("reopen", "Re-open"),
    ("hold", "Lock: possible state secret"),
    ("release_hold", "Unlock"),
    ("confirm_secret", "Confirm the state secret"),
    ("note", "Write a note"),
    ("read_contacts", "Show the sender's contacts"),
    ("recalculate", "Recalculate the deadline"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0050_sealed_acts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="pakn_case_status_known"),
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(
                choices=STATUSES, default="submitted", max_length=20, verbose_name="status"
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="from_status",
            field=models.CharField(blank=True, choices=STATUSES, max_length=20),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="to_status",
            field=models.CharField(choices=STATUSES, max_length=20),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="verb",
            field=models.CharField(choices=VERBS, max_length=30),
        ),
        migrations.AlterField(
            model_name="pause",
            name="reason",
            field=models.CharField(choices=VERBS, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", [status for status, _label in STATUSES])),
                name="pakn_case_status_known",
            ),
        ),
    ]
