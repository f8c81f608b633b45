"""What somebody prints, or reads out on the telephone, to a sender without e-mail."""

from __future__ import annotations

from pakn_portal.languages import portal_language, speaking
from pakn_portal.notifications.messages import MailWords, words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.links import first_page


def printed_mail(mail: OutgoingMail) -> MailWords:
    """The words of this mail for paper: with the address of the tracking page in the place of a link that
    opens the case by itself.
    """
    with speaking(addresses=portal_language()):
        page = first_page("TrackingPage")
        place = (page.full_url or "") if page else ""
    return words_of(mail, is_letter=True, link="", place=place)
