from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import migrations, models

from pakn_portal.notifications.seals import seal_of, words_under_seal

_CHUNK = 500


def seal_what_may_leave(apps: Any, schema_editor: Any) -> None:
    """Without a seal no mail leaves any more. What has left needs none."""
    mails = apps.get_model("pakn_portal", "OutgoingMail")._base_manager
    rows: Iterator[Any] = mails.exclude(state="sent").order_by("pk").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        for mail in chunk:
            mail.seal = seal_of(words_under_seal(mail))
        mails.bulk_update(chunk, ["seal"])


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0060_standing_clocks")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="seal",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.RunPython(seal_what_may_leave, migrations.RunPython.noop),
    ]
