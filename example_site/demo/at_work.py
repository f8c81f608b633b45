"""What lies on a desk beside the cases: replaced documents, views of the list, texts half written, and who
looked at contacts.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from example_site.demo import content
from example_site.demo.calendar_days import working_days_back
from example_site.demo.ministry import opened_at
from example_site.demo.stage import case_of
from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.places import place_of
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.models import LegalBasis
from pakn_portal.staff.cases.list.saved import save_view, units_of
from pakn_portal.staff.drafts import keeping, posted
from pakn_portal.staff.models import SavedView
from pakn_portal.submissions.models import KeptWords


def replace_documents() -> int:
    """Before the answers that cite them, so that the archive has them right from the beginning."""
    made = 0
    for row in content.at_work()["legal_bases"]:
        values = {**row, "replaced_on": date.fromisoformat(row["replaced_on"]), "is_replaced": True}
        made += LegalBasis.objects.get_or_create(number=values.pop("number"), defaults=values)[1]
    return made


def save_views() -> int:
    """Those that are missing; returns how many were made."""
    made = 0
    for row in content.at_work()["views"]:
        owner = _user(row["by"])
        if SavedView.objects.filter(owner=owner, name=row["name"]).exists():
            continue
        scope = scope_of(owner)
        unit = units_of(scope).first() if row.get("is_shared") else None
        save_view(scope, name=row["name"], query=QueryDict(row["query"]), unit=unit, opens_first=False)
        made += 1
    return made


def keep_drafts() -> int:
    """As the form keeps them while somebody writes; returns how many were made."""
    return sum(_keep(row) for row in content.at_work()["drafts"])


@transaction.atomic
def _keep(row: dict[str, Any]) -> bool:
    owner, case = _user(row["by"]), case_of(row["case"])
    place = place_of(case.pk, row["act"])
    if KeptWords.objects.filter(owner=owner, place=place).exists():
        return False
    words = {**row["words"], "version": case.version, posted.KEEP: "1"}
    request = RequestFactory().post(reverse("wagtailadmin_home"), words)
    request.user = owner
    with clock.acting_at(opened_at() - timedelta(hours=row["hours"])):
        keeping.keep(request, place)
    return True


def read_contacts() -> int:
    """So that whoever watches over the register finds who looked at contacts; returns how often. Not before
    the last act on the case: the register goes on from there.
    """
    return sum(_read(row) for row in content.at_work()["contacts"])


@transaction.atomic
def _read(row: dict[str, Any]) -> bool:
    reader, case = _user(row["by"]), case_of(row["case"])
    if case.events.filter(verb=Verb.READ_CONTACTS, by=reader).exists():
        return False
    last = case.events.order_by("sequence").last()
    with clock.acting_at(max(_on(row["days"], row["at"]), min(last.at + timedelta(minutes=7), opened_at()))):
        actions.read_contacts(case, by=reader)
    return True


def _on(days: int, at: str) -> datetime:
    """So many working days before the demo was loaded, at this time; not later than it was."""
    today = clock.local_date(opened_at())
    day = working_days_back(today, days + 1, current_calendar())[days]
    return min(datetime.combine(day, time.fromisoformat(at), tzinfo=clock.zone()), opened_at())


def _user(name: str) -> Any:
    return get_user_model()._default_manager.get(username=name)
