"""Each mail that is there gets its seal: without one none leaves any more, and none passes as sent."""

import hashlib
import hmac
import json
import uuid

from django.conf import settings
from django.db import migrations

from pakn_portal.conf import portal_settings

_PURPOSE = b"pakn_portal.register"
_CHUNK = 500


def seal_what_is_there(apps, schema_editor):
    """Chunk by chunk, and nothing but rows without a seal: where it was cut off it goes on, and where `0061`
    did it already, as it once did, nothing is left.
    """
    alias = schema_editor.connection.alias
    kinds = {
        kind.pk: f"{kind.app_label}.{kind.model}"
        for kind in apps.get_model("contenttypes", "ContentType").objects.using(alias)
    }
    mails = apps.get_model("pakn_portal", "OutgoingMail")._base_manager.using(alias).filter(seal="")
    key, last = _sealing_key(), 0
    while chunk := list(mails.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        for mail in chunk:
            mail.seal = hmac.new(key, _words(mail, kinds).encode(), hashlib.sha256).hexdigest()
        mails.bulk_update(chunk, ["seal"])
        last = chunk[-1].pk


def _words(mail, kinds):
    user = mail.to_user_id
    facts = {
        "mail": str(mail.uuid),
        "template": mail.template,
        "case": mail.case_id,
        "subject": [kinds[mail.subject_type_id], mail.subject_id] if mail.subject_type_id else None,
        "to_sender": mail.to_sender_id,
        "to_user": str(user) if isinstance(user, uuid.UUID) else user,
        "context": mail.context,
    }
    words = f"mail {json.dumps(facts, sort_keys=True)}"
    if mail.state == "sent" and mail.sent_at is not None:
        words = f"{words} {mail.sent_at.replace(microsecond=0).timestamp():.0f}"
    return words


def _sealing_key():
    if own := portal_settings.REGISTER_KEYS:
        return hashlib.sha256(_PURPOSE + b"\x00" + own[0].encode()).digest()
    secret = settings.SECRET_KEY
    secret = secret if isinstance(secret, bytes) else secret.encode()
    return hmac.new(secret, _PURPOSE, hashlib.sha256).digest()


class Migration(migrations.Migration):
    # each chunk is committed for itself
    atomic = False

    dependencies = [("pakn_portal", "0061_sealed_mails")]

    operations = [migrations.RunPython(seal_what_is_there, migrations.RunPython.noop)]
