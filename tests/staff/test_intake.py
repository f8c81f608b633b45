"""Intake in one act: receive, classify and forward by one button, with the reasons for what is chosen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.answers import actions as answering
from pakn_portal.cases import due_dates
from pakn_portal.cases.actions import classify_case, receive_case
from pakn_portal.cases.enums import About, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.deadlines import count
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import publish_answer, request_publication
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule, Sector
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case, make_many_cases
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("sequence").values_list("verb", flat=True))


def filled(case: Case, ministry: Ministry, **more: Any) -> dict[str, Any]:
    sector = Sector.objects.order_by("pk")[0]
    return {
        "version": case.version,
        "sector": sector.pk,
        "to_unit": ministry.unit.pk,
        "urgency": "normal",
        "about": About.REGULATION,
        **more,
    }


@pytest.mark.every_wagtail
def test_one_button_does_all_three_and_opens_the_next_case(ministry: Ministry, as_user: Any) -> None:
    first, second = make_case(), make_case()
    client = as_user(ministry.intake)
    page = client.get(addresses.case_url(first.pk))
    assert "hồ sơ kế tiếp (1)" in page.content.decode()
    answer = client.post(addresses.intake_url(first.pk), filled(first, ministry, note="Ưu tiên."))
    assert answer["Location"] == addresses.case_url(second.pk)
    first.refresh_from_db()
    assert verbs(first) == ["submit", "receive", "classify", "forward"]
    assert (first.status, first.lead_unit, first.about) == (Status.ROUTED, ministry.unit, About.REGULATION)
    assert first.events.get(verb=Verb.FORWARD).note == "Ưu tiên."
    last = client.post(addresses.intake_url(second.pk), filled(second, ministry))
    assert last["Location"] == addresses.case_url(second.pk)
    assert "Không còn hồ sơ nào chờ tiếp nhận" in client.get(last["Location"]).content.decode()


def test_it_may_stay_at_the_case(ministry: Ministry, as_user: Any) -> None:
    case, _other = make_case(), make_case()
    answer = as_user(ministry.intake).post(addresses.intake_url(case.pk), filled(case, ministry, stay="1"))
    assert answer["Location"] == addresses.case_url(case.pk)


@pytest.mark.every_wagtail
def test_all_of_it_or_nothing(ministry: Ministry, as_user: Any) -> None:
    case = make_case()
    before = OutgoingMail.objects.count()
    client = as_user(ministry.intake)
    data = filled(case, ministry, to_unit=ministry.other_unit.pk, note="Chữ đã gõ.")
    type(ministry.other_unit).objects.filter(pk=ministry.other_unit.pk).update(is_active=False)
    answer = client.post(addresses.intake_url(case.pk), data)
    assert answer.status_code == 422
    with pytest.raises(Exception, match="Vụ Bảo hiểm xã hội"):
        routing.take_to_unit(
            Case.objects.get(pk=case.pk),
            sector=Sector.objects.order_by("pk")[0],
            urgency="normal",
            to_unit=ministry.other_unit,
            by=ministry.intake,
        )
    case.refresh_from_db()
    assert (case.status, verbs(case)) == (Status.SUBMITTED, ["submit"])
    assert OutgoingMail.objects.count() == before
    assert "Chữ đã gõ." in answer.content.decode()


def test_a_stale_form_keeps_its_words(ministry: Ministry, as_user: Any) -> None:
    case = make_case()
    data = filled(case, ministry, note="Đã gõ rồi.")
    client = as_user(ministry.intake)
    receive_case(case, by=ministry.intake)
    answer = client.post(addresses.intake_url(case.pk), data)
    assert answer.status_code == 409
    assert "Đã gõ rồi." in answer.content.decode()
    again = client.post(
        addresses.intake_url(case.pk), {**data, "version": answer.context["form"].data["version"]}
    )
    assert again.status_code == 302
    assert verbs(case)[-2:] == ["classify", "forward"]


def test_what_is_chosen_comes_with_its_reason(ministry: Ministry, as_user: Any) -> None:
    sector = Sector.objects.order_by("pk")[0]
    sector.lead_unit = ministry.unit
    sector.save()
    case = make_case(suggested_sector=sector)
    page = as_user(ministry.intake).get(addresses.case_url(case.pk))
    form, html = page.context["form"], page.content.decode()
    assert (form["sector"].value(), form["to_unit"].value()) == (sector.pk, ministry.unit.pk)
    assert "Người gửi đã chọn" in html
    assert f"Theo lĩnh vực “{sector}”" in html
    assert page.context["intake"].due_sentence.endswith(f"{case.due_on:%d/%m/%Y}")


@pytest.mark.every_wagtail
def test_similar_answers_give_the_sector_and_are_shown(
    ministry: Ministry, section: Any, as_user: Any
) -> None:
    sector = Sector.objects.order_by("pk")[0]
    for _number in range(3):
        published = make_case(Status.RECEIVED, ministry)
        classify_case(published, sector=sector, urgency="normal", by=ministry.intake)
        _publish(published, ministry)
    case = make_case()
    page = as_user(ministry.intake).get(addresses.case_url(case.pk))
    assert page.context["form"]["sector"].value() == sector.pk
    assert "vì 3 câu trả lời tương tự" in page.content.decode()


def _publish(case: Case, who: Ministry) -> None:
    routing.forward_case(case, to_unit=who.unit, by=who.intake)
    routing.assign_case(case, officer=who.officer, by=who.focal)
    answering.draft_answer(case, body="Nộp trong 3 tháng.", legal_bases="38/2013/QH13", by=who.officer)
    answering.submit_answer(case, by=who.officer)
    answering.approve_answer(case, by=who.head)
    answering.prepare_public_text(
        case, title=case.submission.title, question="Còn được nộp không?", answer="Còn.", by=who.officer
    )
    request_publication(case, by=who.officer)
    publish_answer(case, by=who.publisher)


def test_a_repeated_text_is_shown_with_its_likeness(ministry: Ministry, as_user: Any) -> None:
    words = "Tôi nghỉ việc đã hai tháng, tôi muốn hỏi về trợ cấp thất nghiệp theo Luật Việc làm."
    earlier = make_case(title="Hỏi trợ cấp", content=words)
    case = make_case(title="Câu khác hẳn", content=words.upper().replace(",", " –"))
    client = as_user(ministry.intake)
    page = client.get(addresses.case_url(case.pk))
    [(alike, _url, join_url)] = page.context["intake"].alike
    assert (alike.case, alike.is_of_same_sender) == (earlier, True)
    assert alike.percent >= 60
    beside = client.get(join_url)
    assert beside.context["form"]["master"].value() == earlier.number
    assert words in beside.content.decode()


def test_nothing_sealed_is_named_beside(ministry: Ministry, as_user: Any) -> None:
    sealed = make_case(Status.DENUNCIATION, ministry)
    page = as_user(ministry.intake).get(addresses.case_url(make_case().pk))
    assert sealed.number not in page.content.decode()


@pytest.mark.parametrize(
    ("content", "procedure", "verb"),
    [
        ("Tôi tố cáo ông A nhận tiền.", "denunciation", Verb.MOVE_TO_DENUNCIATION),
        ("Đơn KHIẾU NẠI quyết định số 12.", "complaint", Verb.MOVE_TO_COMPLAINT),
    ],
)
def test_signs_lead_to_the_right_move(
    content: str, procedure: str, verb: Verb, ministry: Ministry, as_user: Any
) -> None:
    case = make_case(content=content)
    html = as_user(ministry.intake).get(addresses.case_url(case.pk)).content.decode()
    assert f'data-sign="{procedure}"' in html
    assert addresses.move_url(case.pk, verb) in html


def test_only_the_office_takes_in(ministry: Ministry, as_user: Any) -> None:
    case, who = make_case(Status.RECEIVED, ministry), people(ministry)
    for letter in LETTERS:
        client = as_user(who[letter])
        answer = client.post(addresses.intake_url(case.pk), filled(case, ministry))
        nexts = client.get(addresses.next_intake_url())
        expected = {"I": 302, "L": 409, "R": 409, "M": 302, "N": 302}.get(letter, 404)
        if letter == "I":
            assert (answer.status_code, nexts.status_code) == (302, 302)
            case = make_case(Status.RECEIVED, ministry)
            continue
        assert answer.status_code == expected, letter
        assert verbs(case) == ["submit", "receive"], letter
        assert nexts.status_code == 302, letter
        assert "inspect" not in nexts["Location"], letter


def test_queries_do_not_grow(ministry: Ministry, as_user: Any) -> None:
    case, counts = make_case(), []
    client = as_user(ministry.intake)
    for number in (1, 60):
        make_many_cases(number)
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses.case_url(case.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    repeats = {sql: n for sql, n in Counter(query["sql"] for query in queries).items() if n > 1}
    assert repeats == {}
    assert counts[0] <= 40


def test_each_term_is_computed_once_whatever_the_number_of_sectors(
    ministry: Ministry, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, counts, computed = make_case(), [], []
    compute = count.compute_deadline
    monkeypatch.setattr(due_dates, "compute_deadline", lambda *a, **k: computed.append(a) or compute(*a, **k))
    client = as_user(ministry.intake)
    for number in (1, 60):
        Sector.objects.bulk_create(
            Sector(code=f"linh-vuc-{number}-{n}", name=f"Lĩnh vực {number}-{n}") for n in range(number)
        )
        computed.clear()
        panel = client.get(addresses.case_url(case.pk)).context["intake"]
        assert len(panel.due_dates) == 4 * (1 + Sector.objects.filter(is_active=True).count())
        counts.append(len(computed))
    assert counts[0] == counts[1] <= 1 + 1 + DeadlineRule.objects.filter(step=Step.REPLY).count()
