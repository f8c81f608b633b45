"""Letter templates in the forms that refuse a sender or ask for more: taken over on the screen, never saved
by that, and never in place of what somebody wrote unless they say so.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.snippets.models import LetterTemplate, RefusalReason, Sector
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case
from tests.fixtures.saved import saved

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize(
    ("verb", "kind"), [(Verb.REFUSE, "refusal"), (Verb.REQUEST_SUPPLEMENT, "supplement")]
)


@pytest.fixture
def case(ministry: Ministry) -> Case:
    return make_case(Status.RECEIVED, ministry)


def make_template(kind: str, body: str = "Về hồ sơ {{ mã hồ sơ }}.", **values: Any) -> LetterTemplate:
    number = LetterTemplate.objects.count()
    template: LetterTemplate = saved(
        LetterTemplate,
        **{"code": f"mau-{number}", "name": f"Mẫu {number}", "kind": kind, "body": body, **values},
    )
    return template


def press(client: Any, case: Case, verb: Verb, **data: Any) -> Any:
    typed = {"version": case.version, "note": "", "inner_note": "", **data}
    return client.post(addresses.move_url(case.pk, verb), typed)


@BOTH
def test_it_fills_what_is_empty_and_does_nothing(
    verb: Verb, kind: str, case: Case, ministry: Ministry, as_user: Any
) -> None:
    template, reason = make_template(kind), RefusalReason.objects.all()[0]
    mails, lines = OutgoingMail.objects.count(), case.events.count()
    sent = {"insert": f"template:{template.pk}", "inner_note": "Đã gọi.", "reason": reason.pk}
    page = press(as_user(ministry.intake), case, verb, **sent)
    form = page.context["form"]
    assert form["note"].value() == f"Về hồ sơ {case.number}."
    assert form["inner_note"].value() == "Đã gọi."
    assert verb != Verb.REFUSE or form["reason"].value() == str(reason.pk)
    assert "Chưa có gì được thực hiện" in page.content.decode()
    case.refresh_from_db()
    assert (case.status, case.events.count()) == (Status.RECEIVED, lines)
    assert OutgoingMail.objects.count() == mails


@BOTH
def test_where_words_stand_it_asks_first(
    verb: Verb, kind: str, case: Case, ministry: Ministry, as_user: Any
) -> None:
    office, key = as_user(ministry.intake), f"template:{make_template(kind).pk}"
    asked = press(office, case, verb, insert=key, note="Tôi đã viết.")
    assert asked.context["form"]["note"].value() == "Tôi đã viết."
    assert asked.context["asked"].key == key
    for answer, words in (
        ("|append", f"Tôi đã viết.\n\nVề hồ sơ {case.number}."),
        ("|replace", f"Về hồ sơ {case.number}."),
    ):
        assert f'value="{key}{answer}"' in asked.content.decode()
        page = press(office, case, verb, insert=f"{key}{answer}", note="Tôi đã viết.")
        assert page.context["form"]["note"].value() == words
    nowhere = press(office, case, verb, insert="", note="Tôi đã viết.")
    assert (nowhere.context["form"]["note"].value(), nowhere.context["sentence"]) == ("Tôi đã viết.", "")


@BOTH
def test_which_templates_are_offered(
    verb: Verb, kind: str, case: Case, ministry: Ministry, as_user: Any
) -> None:
    own, other = Sector.objects.all()[:2]
    Case.objects.filter(pk=case.pk).update(sector=own)
    around = {"refusal": "{{ lời của Bộ }}", "supplement": "Bổ sung: {{ noi dung can bo sung }}"}[kind]
    make_template(kind, name="Chung")
    make_template(kind, name="Của lĩnh vực", sector=own)
    unfit = [
        make_template(kind, sector=other),
        make_template(kind, is_active=False),
        make_template(kind, around),
        make_template("answer"),
        make_template("forwarding"),
    ]
    office = as_user(ministry.intake)
    page = office.get(addresses.move_url(case.pk, verb))
    assert [offer.name for offer in page.context["offers"]] == ["Của lĩnh vực", "Chung"]
    keys = [f"template:{each.pk}" for each in unfit]
    for key in (*keys, "template:x", "piece:1", "template:" + "9" * 40):
        page = press(office, case, verb, insert=key, note="Tôi đã viết.")
        assert page.context["sentence"], key
        assert page.context["form"]["note"].value() == "Tôi đã viết."


def test_values_of_what_is_about_to_be_done(case: Case, ministry: Ministry, as_user: Any) -> None:
    reason = RefusalReason.objects.all()[0]
    refusal = make_template("refusal", "Vì: {{ lý do từ chối }}.")
    asking = make_template("supplement", "Gửi trước ngày {{ hạn bổ sung }}.")
    office = as_user(ministry.intake)
    page = press(office, case, Verb.REFUSE, insert=f"template:{refusal.pk}", reason=reason.pk)
    assert page.context["form"]["note"].value() == f"Vì: {reason.name}."
    page = press(office, case, Verb.REQUEST_SUPPLEMENT, insert=f"template:{asking.pk}")
    words = page.context["form"]["note"].value()
    press(office, case, Verb.REQUEST_SUPPLEMENT, note=words)
    case.refresh_from_db()
    assert case.supplement_due_on is not None
    assert words == f"Gửi trước ngày {case.supplement_due_on:%d/%m/%Y}."


def test_the_letter_around_the_words_tells_them_once(case: Case, ministry: Ministry, as_user: Any) -> None:
    """Words to take over are no letter, though they stand first in the list and are of the sector."""
    words = make_template("supplement", "Bản chụp hợp đồng.", name="A", sector=case.sector)
    make_template("supplement", "Đề nghị bổ sung: {{ nội dung cần bổ sung }}", name="B")
    office = as_user(ministry.intake)
    page = press(office, case, Verb.REQUEST_SUPPLEMENT, insert=f"template:{words.pk}")
    press(office, case, Verb.REQUEST_SUPPLEMENT, note=page.context["form"]["note"].value())
    letter = office.get(addresses.letter_url(case.pk, "supplement")).context["letter"]
    assert letter.paragraphs == ["Đề nghị bổ sung: Bản chụp hợp đồng."]


@BOTH
def test_only_whoever_may_act(verb: Verb, kind: str, case: Case, ministry: Ministry, as_user: Any) -> None:
    key, url = f"template:{make_template(kind).pk}", addresses.move_url(case.pk, verb)
    assert press(as_user(ministry.other_officer), case, verb, insert=key).status_code == 404
    looking = press(as_user(ministry.leader), case, verb, insert=key, note="Tôi đã viết.")
    assert (looking.status_code, looking.context["form"]["note"].value()) == (409, "Tôi đã viết.")
    sealed = make_case(Status.SECRET_HOLD, ministry)
    assert press(as_user(ministry.intake), sealed, verb, insert=key).status_code == 404
    assert press(as_user(ministry.inspector), sealed, verb, insert=key).status_code == 409
    assert as_user(ministry.inspector).get(url).status_code == 404


@BOTH
def test_the_screen_costs_the_same_with_many_rows(
    verb: Verb, kind: str, case: Case, ministry: Ministry, as_user: Any
) -> None:
    office, url, counts = as_user(ministry.intake), addresses.move_url(case.pk, verb), []
    for number in (1, 30):
        for _each in range(number):
            make_template(kind, "{{ lĩnh vực }} {{ hạn trả lời }}")
        office.get(url)
        with CaptureQueriesContext(connection) as queries:
            office.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
