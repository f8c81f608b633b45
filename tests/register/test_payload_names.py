"""What the lines of the register call what they tell.

A name that was sealed once is history: the lines of every site carry it for good, and who reads them looks
for it. So none is ever renamed or dropped, whatever the property beside it comes to be called. What
is new is added to the table here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields

import pakn_portal
from pakn_portal.register.payloads import Payload

OF_EACH = {"due_on", "forgotten"}

NAMES: dict[str, set[str]] = {
    "Payload": set(),
    "ActOfSender": {"sender", "supplement"},
    "AnswerDoubted": {"doubted"},
    "AnswerMoved": {"version", "is_kept"},
    "Approved": {"version", "is_kept", "corrected_from", "joined", "confirmed", "confirmed_places"},
    "Assigned": {"officer"},
    "BesideChanged": {"page", "beside"},
    "CaseRefused": {"written_notice", "reason"},
    "Classified": {"sector", "urgency", "about"},
    "Corrected": {"page", "withheld"},
    "DeadlineExtended": {"written_notice", "amount", "unit"},
    "ForAgency": {"for_agency"},
    "HandedOver": {"agency", "paper_number", "paper_dated_on"},
    "InnerDue": {"inner_due_on"},
    "Joined": {"written_notice", "master", "joined_before", "answer"},
    "KeptOnPaper": {"paper_number", "paper_dated_on"},
    "Held": {"suspected"},
    "LetterAddressed": {"addressed"},
    "LetterNumbered": {"letter", "dated_on", "act", "lead", "is_corrected"},
    "NewCode": {"new_code"},
    "Notified": {"written_notice"},
    "OffPage": {"page"},
    "OnPage": {"page"},
    "Prepared": {"open_finds"},
    "Recalculated": {
        "due_on_before",
        "intake_due_on",
        "intake_due_on_before",
        "supplement_due_on",
        "supplement_due_on_before",
        "hand_over_due_on",
        "hand_over_due_on_before",
    },
    "Referred": {"written_notice", "agency", "slip_note"},
    "Reopened": {"master"},
    "SenderCorrected": {"changed", "erased"},
    "SettledAs": {"settled_as"},
    "Submitted": {"channel"},
    "Supplemented": {"supplement"},
    "ToldByHand": {"told", "way", "told_on", "addressed"},
    "UrgencyChanged": {"urgency", "urgency_before"},
    "WithFiles": {"written_notice", "files"},
}


def test_no_name_in_the_register_is_renamed() -> None:
    for module in pkgutil.walk_packages(pakn_portal.__path__, "pakn_portal."):
        if module.name.rpartition(".")[2] in ("events", "payloads"):
            importlib.import_module(module.name)
    told = {
        each.__name__: {field.name for field in fields(each)} - OF_EACH
        for each in _beneath(Payload)
        if each.__module__.startswith("pakn_portal.")
    }
    assert told == NAMES
    assert {field.name for field in fields(Payload)} == OF_EACH


def _beneath(kind: type[Payload]) -> Iterator[type[Payload]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _beneath(each)
