"""The register in sentences: one for each event, as a clerk would write it down.

"Văn phòng Bộ chuyển Cục Việc làm, hạn 14/03/2026 (10 ngày làm việc)"
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from pakn_portal.cases.enums import About, Settled, Status, Suspicion, ToldBy, Verb
from pakn_portal.cases.models import CaseEvent
from pakn_portal.cases.names import Names
from pakn_portal.deadlines.explain import amount_of_days
from pakn_portal.snippets.enums import LetterKind, Urgency


def _date(event: CaseEvent, key: str = "due_on") -> str:
    text = event.data.get(key)
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _values(event: CaseEvent, who: str, names: Names) -> dict[str, Any]:
    case, data = names.case, event.data
    return {
        "who": who,
        "unit": event.unit or "",
        "due": _date(event),
        "term": amount_of_days(case.term_amount, case.term_unit) if case.term_amount else "",
        "officer": names.officers.get(data.get("officer"), ""),
        "reason": names.reasons.get(data.get("reason"), data.get("reason", "")),
        "agency": names.agencies.get(data.get("agency"), data.get("agency", "")),
        "sector": names.sectors.get(data.get("sector"), data.get("sector", "")),
        "urgency": Urgency(data["urgency"]).label if data.get("urgency") else "",
        "master": data.get("master", ""),
        "joined_before": data.get("joined_before", ""),
        "version": data.get("version", ""),
        "finds": data.get("open_finds", 0),
        "before": _date(event, "due_on_before") or _date(event, "before"),
        "intake": _date(event, "intake_due_on"),
        "supplement": _date(event, "supplement_due_on"),
        "hand_over": _date(event, "hand_over_due_on"),
    }


Writer = Callable[[CaseEvent, str, Names], str]


def _plain(text: Callable[[], str]) -> Writer:
    """A sentence with placeholders; `text` is called late, in the reader's language."""
    return lambda event, who, names: text() % _values(event, who, names)


def _dated(text: Callable[[], str], undated: Callable[[], str]) -> Writer:
    """Two wordings: with the due date, and for events that left the case without one."""
    return lambda event, who, names: (
        (text if event.data.get("due_on") else undated)() % _values(event, who, names)
    )


def _submitted(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    channel = names.case.submission.get_channel_display()
    if event.by is not None:
        return _("%(who)s entered it (%(channel)s), due %(due)s (%(term)s)") % {**values, "channel": channel}
    return _("The sender sent it (%(channel)s), due %(due)s (%(term)s)") % {**values, "channel": channel}


def _held(event: CaseEvent, who: str, names: Names) -> str:
    if event.data.get("suspected") == Suspicion.DENUNCIATION:
        if event.from_status == Status.PUBLISHED:
            return _("%(who)s locked it: possibly a denunciation; its answer left the site") % {"who": who}
        return _("%(who)s locked it: possibly a denunciation") % {"who": who}
    if event.from_status == Status.PUBLISHED:
        return _("%(who)s locked it: possible state secret; its answer left the site") % {"who": who}
    return _("%(who)s locked it: possible state secret") % {"who": who}


def _noted(event: CaseEvent, who: str, names: Names) -> str:
    """What the sender did to a locked case counts once it is unlocked."""
    if event.data.get("new_code"):
        return _("The case was given a new tracking code")
    if event.data.get("sender") == Verb.WITHDRAW:
        return _("The sender withdrew it, not knowing of the lock")
    if event.data.get("sender") == Verb.SUPPLEMENT:
        return _("The sender supplied more, not knowing of the lock")
    if event.data.get("doubted"):
        return _("The answer on file is not the one that was approved; the sender is not shown it")
    if event.data.get("way"):
        told = _told_by_hand(event, who)
        return (
            _("%(told)s; the address stands on the letter") % {"told": told}
            if "addressed" in event.data
            else told
        )
    if event.data.get("addressed"):
        return _("%(who)s made the letter to the sender, with the address on it") % {"who": who}
    if event.data.get("letter"):
        letter = LetterKind(event.data["letter"]).label
        if event.data.get("is_corrected"):
            return _("%(who)s corrected number, date or signatory of the letter: %(letter)s") % {
                "who": who,
                "letter": letter,
            }
        return _("%(who)s kept number and date of the letter: %(letter)s") % {"who": who, "letter": letter}
    if event.data.get("for_agency"):
        return _("%(who)s wrote what the slip tells the other agency") % {"who": who}
    if event.data.get("beside"):
        return _("%(who)s changed what stands beside the public text") % {"who": who}
    return _("%(who)s wrote a note for colleagues") % {"who": who}


def _told_by_hand(event: CaseEvent, who: str) -> str:
    values = {"who": who, "way": ToldBy(event.data["way"]).label, "day": _date(event, "told_on")}
    if values["day"]:
        return _("%(who)s told the sender, who has no e-mail, %(way)s, on %(day)s") % values
    return _("%(who)s told the sender, who has no e-mail, %(way)s") % values


def _contacts(event: CaseEvent, who: str, names: Names) -> str:
    if event.data.get("way"):
        return _("%(told)s; looked at the sender's contacts for it") % {"told": _told_by_hand(event, who)}
    return _("%(who)s looked at the sender's contacts") % {"who": who}


def _approved(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    if event.data.get("corrected_from") is not None:
        told = _("%(who)s corrected the answer and approved it (version %(version)s)") % values
    else:
        told = _("%(who)s approved the answer (version %(version)s)") % values
    if not (count := event.data.get("joined")):
        return told
    others = ngettext(
        "it went to the sender of %(count)s joined case too",
        "it went to the senders of %(count)s joined cases too",
        count,
    )
    parts = [told, others % {"count": count}]
    if places := event.data.get("confirmed"):
        confirmed = ngettext(
            "%(count)s place was said to name none of them",
            "%(count)s places were said to name none of them",
            places,
        )
        parts.append(confirmed % {"count": places})
    return "; ".join(parts)


def _prepared(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    if values["finds"] == 0:
        return _("%(who)s prepared the public text") % values
    return _("%(who)s prepared the public text; places still open: %(finds)s") % values


def _classified(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    told = [_("%(who)s classified it: sector %(sector)s"), _("urgency: %(urgency)s")]
    if event.data.get("about"):
        values["about"] = About(event.data["about"]).label
        told.append(_("about: %(about)s"))
    if values["due"]:
        told.append(_("due %(due)s"))
    return ", ".join(part % values for part in told)


def _inner_due(event: CaseEvent, who: str, names: Names) -> str:
    values = {"who": who, "due": _date(event, "inner_due_on")}
    if values["due"]:
        return _("%(who)s set the day within the unit: %(due)s") % values
    return _("%(who)s took the day within the unit away") % values


def _joined(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    if values["master"] not in names.open_cases:
        told = _("%(who)s marked it as the same as another case") % values
    elif values["joined_before"] in names.open_cases:
        told = _("%(who)s marked it as the same as %(master)s, together with %(joined_before)s") % values
    else:
        told = _("%(who)s marked it as the same as %(master)s") % values
    if event.data.get("answer") is None:
        return told
    return "; ".join((told, _("its answer went to the sender")))


def _reopened(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    if values["master"] and values["master"] not in names.open_cases:
        return _("%(who)s parted it from another case and re-opened it, due %(due)s") % values
    if values["master"]:
        return _("%(who)s parted it from %(master)s and re-opened it, due %(due)s") % values
    text = _("%(who)s re-opened it, due %(due)s") if values["due"] else _("%(who)s re-opened it")
    return text % values


def _recalculated(event: CaseEvent, who: str, names: Names) -> str:
    """Each date that moved; a date that the calendar does not give for now is told as such."""
    values = _values(event, who, names)
    told = {
        "due_on": _("The list of holidays changed, so the due date moved to %(due)s"),
        "intake_due_on": _("The list of holidays changed, so it is to be received by %(intake)s"),
        "supplement_due_on": _("The list of holidays changed, so the sender has until %(supplement)s"),
        "hand_over_due_on": _("The list of holidays changed, so it is to be handed over by %(hand_over)s"),
    }
    if not event.data.get("hand_over_due_on_before"):  # sealed before there was a rule for it
        told["hand_over_due_on"] = _("It is to be handed over by %(hand_over)s")
    if moved := [text % values for name, text in told.items() if event.data.get(name)]:
        return "; ".join(moved)
    if event.to_status == Status.SECRET_HOLD:  # locked before a lock stopped the clock
        return _("It is locked, so its clock stands")
    return _("The list of holidays changed, so there is no due date for now")


def _handed_over(event: CaseEvent, who: str, names: Names) -> str:
    values = _values(event, who, names)
    values["receiver"] = values["unit"] or values["agency"]
    values["paper"] = event.data.get("paper_number", "")
    values["date"] = _date(event, "paper_dated_on")
    if event.pk in names.corrections:
        return (
            _("%(who)s corrected the hand-over: to %(receiver)s, with paper %(paper)s of %(date)s") % values
        )
    return _("%(who)s handed it over to %(receiver)s, with paper %(paper)s of %(date)s") % values


def _confirmed(event: CaseEvent, who: str, names: Names) -> str:
    paper, day = event.data.get("paper_number", ""), _date(event, "paper_dated_on")
    return _(
        "%(who)s confirmed the state secret: paper register no. %(paper)s of %(date)s; nothing of it is kept "
        "here"
    ) % {"who": who, "paper": paper, "date": day}


def _sender_corrected(event: CaseEvent, who: str, names: Names) -> str:
    """Which of it, never what it said."""
    changed, erased = set(event.data["changed"]), set(event.data.get("erased", ()))
    corrected, gone = (
        ", ".join(str(label) for name, label in _DATA.items() if name in found)
        for found in (changed - erased, changed & erased)
    )
    told = []
    if corrected:
        told.append(_("%(who)s corrected the sender's data: %(names)s") % {"who": who, "names": corrected})
    if gone:
        told.append(_("%(who)s erased of the sender's data: %(names)s") % {"who": who, "names": gone})
    if "submission.wants_name_published" in changed:
        told.append(_("%(who)s noted that the sender agrees to be named no more") % {"who": who})
    return "; ".join(told)


def _settled(event: CaseEvent, who: str, names: Names) -> str:
    end = Settled(event.data["settled_as"]).label
    return _("%(who)s settled it: %(end)s") % {"who": who, "end": end}


#: In the middle of a sentence.
_DATA = {
    "full_name": pgettext_lazy("of a sender", "name"),
    "organisation": pgettext_lazy("of a sender", "name of the organisation"),
    "tax_code": pgettext_lazy("of a sender", "tax code"),
    "address": pgettext_lazy("of a sender", "address"),
    "province": pgettext_lazy("of a sender", "province or city"),
    "phone": pgettext_lazy("of a sender", "telephone"),
    "email": pgettext_lazy("of a sender", "e-mail"),
}

WRITERS: dict[Verb, Writer] = {
    Verb.SUBMIT: _submitted,
    Verb.RECEIVE: _plain(lambda: _("%(who)s received it")),
    Verb.REFUSE: _plain(lambda: _("%(who)s refused it: %(reason)s")),
    Verb.REQUEST_SUPPLEMENT: _dated(
        # the clock is stopped by nothing once it has run out
        lambda: _("%(who)s asked the sender for more; the term had ended on %(due)s"),
        lambda: _("%(who)s asked the sender for more; the clock stands still"),
    ),
    Verb.SUPPLEMENT: _dated(
        lambda: _("%(who)s supplied more; the clock runs again, due %(due)s"),
        lambda: _("%(who)s supplied more; the clock runs again"),
    ),
    Verb.CLASSIFY: _classified,
    Verb.FORWARD: _dated(
        lambda: _("%(who)s forwarded it to %(unit)s, due %(due)s (%(term)s)"),
        lambda: _("%(who)s forwarded it to %(unit)s"),
    ),
    Verb.RECALL: _plain(lambda: _("%(who)s recalled it from %(unit)s")),
    Verb.REMIND: _plain(lambda: _("%(who)s reminded %(unit)s")),
    Verb.CHANGE_URGENCY: _dated(
        lambda: _("%(who)s changed the urgency to “%(urgency)s”, due %(due)s"),
        lambda: _("%(who)s changed the urgency to “%(urgency)s”"),
    ),
    Verb.SET_INNER_DUE: _inner_due,
    Verb.SEND_BACK: _plain(lambda: _("%(who)s (%(unit)s) sent it back to the Ministry Office")),
    Verb.ASSIGN: _plain(lambda: _("%(who)s assigned it to %(officer)s")),
    Verb.REQUEST_OPINION: _plain(lambda: _("%(who)s asked %(unit)s for its opinion")),
    Verb.GIVE_OPINION: _plain(lambda: _("%(who)s (%(unit)s) gave an opinion")),
    Verb.CONTINUE_WITHOUT: _plain(lambda: _("%(who)s went on without the opinion of %(unit)s")),
    Verb.EXTEND_DEADLINE: _plain(lambda: _("%(who)s extended the deadline to %(due)s")),
    Verb.DRAFT_ANSWER: _plain(lambda: _("%(who)s saved the draft answer (version %(version)s)")),
    Verb.SUBMIT_ANSWER: _plain(lambda: _("%(who)s submitted the answer for approval (version %(version)s)")),
    Verb.APPROVE_ANSWER: _approved,
    Verb.REJECT_ANSWER: _plain(lambda: _("%(who)s did not approve the answer (version %(version)s)")),
    Verb.PREPARE_PUBLIC_TEXT: _prepared,
    Verb.REQUEST_PUBLICATION: _plain(lambda: _("%(who)s sent the public text to the publisher")),
    Verb.RETURN_PUBLIC_TEXT: _plain(lambda: _("%(who)s asked for changes to the public text")),
    Verb.PUBLISH: _plain(lambda: _("%(who)s published the answer")),
    Verb.UNPUBLISH: _plain(lambda: _("%(who)s took the answer off the site")),
    Verb.CORRECT: _plain(lambda: _("%(who)s corrected the published answer")),
    Verb.REFER: _plain(lambda: _("%(who)s referred it to %(agency)s")),
    Verb.GUIDE: _plain(lambda: _("%(who)s closed it as outside competence and guided the sender")),
    Verb.MARK_DUPLICATE: _joined,
    Verb.MOVE_TO_COMPLAINT: _plain(lambda: _("%(who)s moved it to the complaint procedure")),
    Verb.MOVE_TO_DENUNCIATION: _plain(lambda: _("%(who)s moved it to the denunciation procedure")),
    Verb.GUIDE_AGAIN: _plain(lambda: _("%(who)s guided the sender again")),
    Verb.HAND_OVER: _handed_over,
    Verb.SETTLE: _settled,
    Verb.TAKE_UP_AGAIN: _plain(lambda: _("%(who)s took it up again")),
    Verb.KEEP: _plain(lambda: _("%(who)s kept it for study")),
    Verb.WITHDRAW: _plain(lambda: _("The sender withdrew it")),
    Verb.REOPEN: _reopened,
    Verb.HOLD: _held,
    Verb.RELEASE_HOLD: _plain(lambda: _("%(who)s unlocked it")),
    Verb.CONFIRM_SECRET: _confirmed,
    Verb.READ_CONTACTS: _contacts,
    Verb.NOTE: _noted,
    Verb.CORRECT_SENDER: _sender_corrected,
    Verb.RECALCULATE: _recalculated,
}
