"""The mail about changed roles: who did it, and a sentence for each change, as things are named now."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy

from pakn_portal.notifications.links import history_link
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.roles.words import RoleChange, name_of, words_of
from pakn_portal.notifications.rule_sets import MailSet

#: Its template.
ROLE_CHANGED: Final = "role_changed"
#: One mail lists at most so many; the log has them all.
MOST: Final = 100


class RoleMails(MailSet):
    """Not among the mails whose words the ministry may change: it warns of what is done with an
    administrator's rights, and these reach the list of such words too.
    """

    names: ClassVar = {ROLE_CHANGED: gettext_lazy("Roles were changed")}

    def words(self, subject: Any, mail: OutgoingMail) -> dict[str, Any]:
        changes = mail.context["changes"]
        return {
            "by": name_of("user", mail.context["by"]),
            "lines": [words_of(RoleChange(**change)) for change in changes[:MOST]],
            "more": max(len(changes) - MOST, 0),
            "link": history_link(),
        }
