"""What somebody prints, or reads out on the telephone, to a sender without e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.letters.letter import ACTS
from pakn_portal.languages import portal_language, speaking
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.edited.texts import edited_words
from pakn_portal.notifications.messages import MailWords, words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import ANSWERED_TOGETHER, CORRECTED, RULES, To
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.links import first_page
from pakn_portal.snippets.enums import LetterKind

#: Template → the kind of letter, with number, date and signature, that tells the sender the same act. A slip
#: goes to the other agency.
LETTERS: Final = {
    rule.template: kind
    for rule in RULES
    for kind, verb in ACTS.items()
    if rule.to in (To.SENDER, To.SENDERS_OF_DUPLICATES)
    and rule.verb == verb
    and kind != LetterKind.FORWARDING
}


def printed_mail(mail: OutgoingMail, *, place: str | None = None) -> MailWords:
    """The words of this mail for paper: with the address of the tracking page in the place of a link that
    opens the case by itself.
    """
    place = _place() if place is None else place
    day = _day_of(mail) if _day_of(mail) != clock.today() else None
    return words_of(mail, **_on_paper(mail, day, is_over=not _waits(mail)), link="", place=place)


def letter_of(mails: Sequence[OutgoingMail], *, place: str | None = None) -> MailWords:
    """One letter that tells all these in their order, each with the day of its act; the last frames it.
    `place`: of the tracking page, where it is known.
    """
    *earlier, last = mails
    if not earlier:
        return printed_mail(last, place=place)
    parts = [
        words_of(
            one,
            **_on_paper(one, _day_of(one), is_over=True),
            **_replaced(one, mails),
            is_part=True,
            link="",
        )
        for one in earlier
    ]
    with speaking(addresses=portal_language()):
        subject = _("Case %(number)s: what there is to tell since %(day)s") % {
            "number": last.subject.number,
            "day": date_format(_day_of(mails[0]), "d/m/Y"),
        }
    frame = words_of(
        last,
        **_on_paper(last, _day_of(last), is_over=not _waits(last)),
        before="\n\n".join(part.body.strip() for part in parts),
        link="",
        place=_place() if place is None else place,
    )
    return MailWords(subject, frame.body)


def letters_of(told: Sequence[Sequence[OutgoingMail]]) -> list[MailWords]:
    """The letter of each, as `letter_of` writes it. What they share is read once; an answer that is told, and
    words of the ministry's own, are read for each.
    """
    edited = set(MailTemplate.objects.filter(is_active=True).values_list("mail", flat=True))
    every: list[Any] = [mail for mails in told for mail in mails]
    newest = dict(
        OutgoingMail.objects.filter(case__in={mail.case_id for mail in every})
        .filter(to_sender__in={mail.to_sender_id for mail in every})
        .order_by()
        .values("case")
        .annotate(newest=Max("pk"))
        .values_list("case", "newest")
    )
    for mail in every:
        mail.is_edited, mail.is_newest = mail.template in edited, newest.get(mail.case_id) == mail.pk
    place = _place()
    return [letter_of(mails, place=place) for mails in told]


def _on_paper(mail: OutgoingMail, day: date | None, *, is_over: bool) -> dict[str, Any]:
    """`day`: that of the act, where a reader would take it for the letter's. `is_over`: what the act left to
    wait for has passed, so the letter promises it no more; words of the ministry's own keep theirs, for they
    need not read well without.
    """
    is_over = is_over and not (getattr(mail, "is_edited", True) and edited_words(mail.template, {}))
    passed: dict[str, Any] = {"due_on": "", "supplement_due_on": "", "is_late": False} if is_over else {}
    # what has number and signature is the notice in writing; where an act has none, this sheet is
    is_notice = bool(mail.context.get("written_notice")) and mail.template not in LETTERS
    passed["written_notice"] = is_notice
    return {
        "is_letter": True,
        "told_on": date_format(day, "d/m/Y") if day else "",
        **passed,
        **_answer_now(mail),
    }


def _answer_now(mail: OutgoingMail) -> dict[str, str]:
    """Of a correction the answer itself, where the mail has its address: who gets paper opens none. Words of
    the ministry's own speak of an address, and keep it.
    """
    if mail.template != CORRECTED or (getattr(mail, "is_edited", True) and edited_words(CORRECTED, {})):
        return {}
    page = AnswerPage.objects.live().filter(pk=mail.context.get("page")).first()
    return {"page_link": page.answer} if page is not None and page.answer else {}


def _replaced(mail: OutgoingMail, mails: Sequence[OutgoingMail]) -> dict[str, str]:
    """An answer whose correction the same letter tells is not told in full: nobody is to go by it."""
    if mail.template not in ("answered", ANSWERED_TOGETHER):
        return {}
    later = mails[list(mails).index(mail) + 1 :]
    if not any(_answer_now(one) for one in later):
        return {}
    with speaking(addresses=portal_language()):
        told = _("That answer has been replaced since. The answer as it stands now is given below.")
    return {"answer": told, "outcome_told": "", "bases": ""}


def _place() -> str:
    """The address of the tracking page."""
    with speaking(addresses=portal_language()):
        page = first_page("TrackingPage")
        return (page.full_url or "") if page else ""


def _day_of(mail: OutgoingMail) -> date:
    return mail.created_at.astimezone(clock.zone()).date()


def _waits(mail: OutgoingMail) -> bool:
    """Whether its sender still waits for what it promises. One query of a case that is open, none where
    `letters_of` asked for many.
    """
    case = mail.case
    if case is None or not case.is_open or mail.pk is None:
        return case is None or case.is_open
    if (is_newest := getattr(mail, "is_newest", None)) is not None:
        return bool(is_newest)
    later = OutgoingMail.objects.filter(case=case, to_sender=mail.to_sender_id, pk__gt=mail.pk)
    return not later.exists()
