from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import F

from pakn_portal.conf import portal_settings


def put_in_order(apps: Any, schema_editor: Any) -> None:
    """Answers that stood on the site as given before they were asked for: the day the question was sent."""
    pages = apps.get_model("pakn_portal", "AnswerPage").objects.exclude(public_text=None)
    wrong = pages.filter(asked_on__gt=F("answered_on")).select_related("public_text__case__submission")
    zone = ZoneInfo(portal_settings.TIME_ZONE)
    for page in wrong.order_by("pk"):
        sent_on = page.public_text.case.submission.received_at.astimezone(zone).date()
        pages.filter(pk=page.pk).update(asked_on=min(sent_on, page.answered_on))


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0017_mail_patience"),
    ]

    operations = [
        migrations.RunPython(put_in_order, migrations.RunPython.noop),
    ]
