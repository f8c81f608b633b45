"""The mails of petitions: which verb tells whom is `rules.py`, who is meant `recipients.py`, and what a
colleague may still read of it `readers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django.db.models import F
from django.utils.functional import SimpleLazyObject

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.files.listed import names_in
from pakn_portal.answers.models import Answer
from pakn_portal.answers.texts import Words
from pakn_portal.answers.told.proof import is_as_approved
from pakn_portal.answers.told.together import answer_told, words_told
from pakn_portal.cases.enums import DELIVERED, Outcome, Status, Verb
from pakn_portal.cases.files import asked_files
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.state_secret import last_act_of_sender
from pakn_portal.conf import portal_settings
from pakn_portal.notifications.encryption import decrypt
from pakn_portal.notifications.links import worklist_link
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition import links, readers
from pakn_portal.notifications.petition.days import dates_of, every
from pakn_portal.notifications.petition.lists import listed
from pakn_portal.notifications.petition.recipients import (
    duplicates_of,
    office_about,
    recipients_of,
    sender_of,
)
from pakn_portal.notifications.petition.rules import (
    ANSWER_DOUBTED,
    ANSWERED_TOGETHER,
    DUPLICATE_PUBLISHED,
    DUPLICATES,
    HANDED_OVER,
    NAMES,
    PROGRESS,
    RECEIPT,
    RULES,
    SENT_BACK,
    SILENT,
    SUPPLEMENT_REQUESTED,
    WITHDRAWN,
    To,
    rules_for,
)
from pakn_portal.notifications.petition.variables import STAFF_VARIABLES, VARIABLES
from pakn_portal.notifications.rule_sets import Recipient, Rule, RuleSet, written
from pakn_portal.pages.answers.actions import live_page_of
from pakn_portal.pages.links import tracking_link
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.models import Agency
from pakn_portal.snippets.models.legal_basis import with_titles
from pakn_portal.submissions.limits import RECEIPT_MAILS_DAY
from pakn_portal.submissions.secrets import display_secret

#: Endings of addresses that mail programs make links of. Not those that are words of Vietnamese typed without
#: marks ("quyết định.Co"), nor the many abbreviations with a full stop (GS.TS, TP.HCM, TT.BHXH).
_ENDINGS: Final = (
    "app|asia|biz|buzz|cc|cfd|click|cloud|club|cn|com|cyou|dev|digital|edu|email|eu|example|fun|ga|gov|gq|icu|"
    "info|ink|io|jp|kr|life|link|live|lol|ml|monster|net|network|one|online|org|page|pro|quest|ru|sbs|shop|"
    "site|skin|space|store|stream|support|tech|tk|today|top|tv|uk|us|vip|vn|website|wiki|win|work|world|ws|"
    "xyz|zip|zone"
)
#: What a mail program would make a link of.
_LINK: Final = re.compile(rf"://|www\.|\w\.(?:{_ENDINGS})\b", re.IGNORECASE)
#: Mails that a sender alone brings about: whoever writes one chooses to whom they go.
_OF_THE_SENDER: Final = (RECEIPT, WITHDRAWN)
#: One mail lists at most this many; the page of the case has them all.
LONGEST_LIST: Final = 100


class PetitionMails(RuleSet):
    procedure = PETITION_GRAPH.name
    rules = RULES
    silent = SILENT
    names = NAMES
    variables = VARIABLES
    staff_variables = STAFF_VARIABLES
    carries_secret = RECEIPT
    joins = (
        "case__submission__sender",
        "case__agency",
        "case__refusal_reason",
        "case__master",
    )
    #: Nobody can use our mails to flood a stranger's mailbox (H74).
    limits: ClassVar = dict.fromkeys(_OF_THE_SENDER, RECEIPT_MAILS_DAY)

    def recipients(self, to: str, subject: Case, event: CaseEvent) -> Iterable[Recipient]:
        return recipients_of(To(to), subject, event)

    def rules_of(self, subject: Case, event: CaseEvent) -> list[Rule]:
        """A sender who does something to a locked case hears of it as always; everybody else once it
        counts.
        """
        if event.verb == Verb.NOTE and event.data.get("sender"):
            return [rule for rule in rules_for(event.data["sender"]) if rule.to == To.SENDER]
        if event.verb == Verb.NOTE and event.data.get("doubted"):
            return [Rule(Verb.NOTE, ANSWER_DOUBTED, To.INTAKE)]
        if event.verb == Verb.MARK_DUPLICATE and event.data.get("answer") is not None:
            return [Rule(event.verb, ANSWERED_TOGETHER, To.SENDER)]
        if event.verb == Verb.HAND_OVER and _went_there_before(subject, event):
            return []
        if event.verb == Verb.RELEASE_HOLD:
            meanwhile = [rule for rule in rules_for(last_act_of_sender(subject)) if rule.to != To.SENDER]
            return [*rules_for(event.verb), *meanwhile] if _goes_on(subject) else meanwhile
        return super().rules_of(subject, event)

    def told(self, rule: Rule, subject: Case, event: CaseEvent) -> dict[str, Any]:
        if rule.to == To.INTAKE_FOR_DUPLICATES:
            numbers = list(duplicates_of(subject).values_list("number", flat=True))
            return _about_duplicates(subject, numbers, is_answered=False)
        if rule.template == HANDED_OVER:
            return {"receiver": _receiver(subject, event)}
        values = super().told(rule, subject, event)
        if rule.template == SENT_BACK:
            values.pop("note", None)
        if subject.supplement_due_on is not None:
            values["supplement_due_on"] = subject.supplement_due_on.isoformat()
        if rule.template == ANSWERED_TOGETHER and event.verb == Verb.APPROVE_ANSWER:
            return _answered_together(subject, event.data["version"])
        if event.verb == Verb.MARK_DUPLICATE:
            values["version"] = event.data.get("answer")
            values["is_answered"] = subject.master is not None and subject.master.status in DELIVERED
            if (page := live_page_of(subject.master_id)) is not None:
                values["page"] = page.pk
        return values

    def more(self, subject: Case, event: CaseEvent) -> list[OutgoingMail]:
        """A duplicate was locked while its master was published, or ended: what was told then is told now."""
        master = subject.master
        is_unlocked = event.verb == Verb.RELEASE_HOLD and subject.status == Status.DUPLICATE
        if not is_unlocked or master is None or master.is_open:
            return []
        locked = subject.events.filter(verb=Verb.HOLD).order_by("sequence").last()
        moves = master.events.exclude(from_status=F("to_status")).order_by("sequence")
        missed = list(moves.filter(pk__gt=locked.pk)) if locked is not None else []
        if not missed:
            return []
        answer = answer_told(subject)
        if answer is not None and any(line.verb == Verb.APPROVE_ANSWER for line in missed):
            context = _answered_together(master, answer.version)
            return written(ANSWERED_TOGETHER, sender_of(subject), context)
        if master.status == Status.PUBLISHED:
            published = master.events.filter(verb=Verb.PUBLISH).order_by("sequence").last() or missed[-1]
            rule = Rule(Verb.PUBLISH, DUPLICATE_PUBLISHED, To.SENDERS_OF_DUPLICATES)
            return written(rule.template, sender_of(subject), self.told(rule, master, published))
        if answer is not None:
            return []
        is_answered = master.status == Status.ANSWERED
        context = _about_duplicates(master, [subject.number], is_answered=is_answered)
        return written(DUPLICATES, office_about(master), context)

    def is_told_at_once(self, mail: OutgoingMail, event: CaseEvent) -> bool:
        """The receipt stands on the screen, or is printed for whom staff entered; who withdraws does so
        themselves.
        """
        if mail.to_sender is None or mail.to_sender.email:
            return False
        return mail.template == RECEIPT or event.verb == Verb.WITHDRAW

    def teller(self, mail: OutgoingMail, event: CaseEvent) -> Any:
        """The unit that has the case, unless the Ministry Office acted."""
        unit = mail.case.lead_unit if mail.case is not None else None
        if unit is None or event.by is None:
            return unit
        scope = scope_of(event.by)
        return None if scope.is_intake and unit.pk not in scope.unit_ids else unit

    def words(self, subject: Case | None, mail: OutgoingMail) -> dict[str, Any]:
        days = {**dates_of(mail), "every": every(mail)}
        if subject is None:
            return {**days, "listed": listed(mail.context), "link": worklist_link()}
        if mail.to_user_id is not None:
            return {
                **days,
                "case": subject,
                "number": subject.number,
                "listed": listed(mail.context),
                "link": links.case_link(subject),
            }
        return {
            **days,
            "case": subject,
            "master": _master(mail.context),
            "number": subject.number,
            "title": _title(subject, mail),
            "is_in_lawful_form": subject.submission.is_in_lawful_form,
            **_repeated(subject, mail),
            "name": subject.submission.sender.full_name,
            "secret": display_secret(decrypt(mail.sealed)),
            # each one that is made opens the case, so none is made for a letter or a look beforehand
            "link": SimpleLazyObject(lambda: tracking_link(subject.submission)),
            **_answer(subject, mail.context),
            **_asked_files(subject, mail),
            "page_link": links.answer_link(mail.context.get("page")),
        }

    def is_hollow(self, subject: Case | None, mail: OutgoingMail) -> bool:
        """The answer that many share, once it was sealed, taken back or changed before it left: the page
        tells them.
        """
        if mail.template != ANSWERED_TOGETHER or subject is None:
            return False
        return not _answer(subject, mail.context)["answer"]

    def leave_out_hidden(self, subject: Case | None, mail: OutgoingMail) -> None:
        readers.leave_out_hidden(subject, mail)


def _went_there_before(case: Case, event: CaseEvent) -> bool:
    """Number or date of the paper alone was corrected, of which the sender was told nothing."""
    before = case.events.filter(verb=Verb.HAND_OVER, sequence__lt=event.sequence).order_by("sequence").last()
    if before is None:
        return False
    return (before.unit_id, before.data.get("agency")) == (event.unit_id, event.data.get("agency"))


def _receiver(case: Case, event: CaseEvent) -> str:
    """Of a denunciation empty: whom it went to may tell whom it is about."""
    if case.status != Status.COMPLAINT:
        return ""
    agency = Agency.objects.filter(code=event.data.get("agency") or "").first()
    return str(event.unit or agency or "")


def _goes_on(case: Case) -> bool:
    """There is something left to do: the work itself, or what was answered can be made public."""
    return case.is_open or case.status == Status.ANSWERED


def _answered_together(master: Case, version: int) -> dict[str, Any]:
    """The words that came with the approval were for colleagues, so they are not told."""
    page = live_page_of(master.pk)
    return {"version": version, "master": master.number, **({"page": page.pk} if page is not None else {})}


def _about_duplicates(case: Case, numbers: list[str], *, is_answered: bool) -> dict[str, Any]:
    """Numbers only: the mail may be about a case that its reader cannot open."""
    return {
        "of": case.number,
        "numbers": numbers[:LONGEST_LIST],
        "more": max(len(numbers) - LONGEST_LIST, 0),
        "is_answered": is_answered,
    }


def _title(case: Case, mail: OutgoingMail) -> str:
    """Not before staff have looked at it: until then nobody can make the ministry write to a stranger in
    their words (H74). Time alone brings about the word that it is not finished yet. Nor of a sealed case, of
    which nothing leaves the house by mail.
    """
    if case.is_sealed:
        return ""
    is_untouched = mail.template == PROGRESS and case.status in (Status.SUBMITTED, Status.WITHDRAWN)
    is_theirs = mail.template in _OF_THE_SENDER or is_untouched
    return "" if is_theirs else _harmless(case.submission.title)


def _harmless(title: str) -> str:
    """The title, unless it would carry a stranger's link into somebody's mailbox (H74)."""
    return "" if _LINK.search(title) else title


def _repeated(case: Case, mail: OutgoingMail) -> dict[str, str]:
    """What was sent, for a receipt that repeats it. Only where the portal wants that: whoever sends something
    chooses to whom the receipt goes (H74).
    """
    if mail.template != RECEIPT or not portal_settings.RECEIPT_MAIL_REPEATS or case.is_sealed:
        return {}
    title, content = case.submission.title, case.submission.content
    return {"sent_title": title, "sent_content": content} if _harmless(f"{title} {content}") else {}


def _master(context: dict[str, Any]) -> str:
    """The case theirs was joined to, unless it was sealed since."""
    number = context.get("master", "")
    return "" if Case.objects.sealed_among([number] if number else []) else number


def _answer(case: Case, context: dict[str, Any]) -> dict[str, Any]:
    """The very version that was approved, with its outcome and legal bases; empty when it has changed since
    or was sealed: the tracking page tells. Mails of before know it by the hash of its body too.
    """
    nothing = as_told(Words("", "", ""))
    if case.is_sealed or context.get("version") is None:
        return nothing
    found = _approved_answer(case)
    if found is None or context["version"] != found.version:
        return nothing
    if context.get("hash", found.approved_hash) != found.approved_hash or not is_as_approved(found):
        return nothing
    return as_told(words_told(case, found))


def _approved_answer(case: Case) -> Answer | None:
    if case.status == Status.DUPLICATE:
        return answer_told(case)
    return Answer.objects.select_related("case").filter(case=case, state=AnswerState.APPROVED).first()


def as_list(names: Iterable[str]) -> str:
    return "\n".join(f"- {name}" for name in names)


def _asked_files(case: Case, mail: OutgoingMail) -> dict[str, str]:
    """Names of what went with the last question to the sender."""
    if mail.template != SUPPLEMENT_REQUESTED or case.is_sealed:
        return {}
    return {"files": as_list(file.name for file in asked_files(case))}


def as_told(words: Words) -> dict[str, str]:
    """These words as the mail that brings the answer has them."""
    lines = dict.fromkeys(line.strip() for line in words.legal_bases.splitlines() if line.strip())
    return {
        "answer": words.body,
        "outcome": words.outcome,
        "outcome_told": str(Outcome(words.outcome).for_readers) if words.outcome in Outcome.values else "",
        "legal_bases": words.legal_bases,
        "bases": "\n".join(f"- {line}" for line in with_titles(lines)),
        "files": as_list(names_in(words.files)),
    }
