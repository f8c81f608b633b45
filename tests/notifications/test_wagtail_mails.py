"""The CMS's own mails of workflows: we take the place of its receivers, by the names it gives them."""

from __future__ import annotations

from wagtail.admin.signal_handlers import register_signal_handlers

from pakn_portal.notifications import wagtail_mails
from pakn_portal.notifications.wagtail_mails import _TELLING


def test_the_cms_still_calls_its_receivers_so() -> None:
    """Otherwise both would tell, and everybody would be told twice."""
    ours = [signal.disconnect(sender=sender, dispatch_uid=uid) for signal, sender, uid, _what in _TELLING]
    register_signal_handlers()
    of_the_cms = [
        signal.disconnect(sender=sender, dispatch_uid=uid) for signal, sender, uid, _what in _TELLING
    ]
    wagtail_mails.connect()
    assert ours == of_the_cms == [True] * 4
