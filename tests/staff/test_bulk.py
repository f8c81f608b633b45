"""Many cases at once: asked once, each by itself, an outcome for each, and the failed ones once more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.actions import withdraw_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.moving import open_moves
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.people.scope import scope_of
from pakn_portal.routing.actions import assign_case
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.bulk.table import BULK, bulk_verbs
from pakn_portal.staff.cases.waiting.holders import held_by
from pakn_portal.submissions.models import Sender
from tests.factories import Ministry, make_case, make_many_cases
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db


def sent(verb: Verb, cases: list[Case], **more: Any) -> dict[str, Any]:
    return {
        "verb": verb,
        "id": [case.pk for case in cases],
        "version": [f"{case.pk}:{case.version}" for case in cases],
        **more,
    }


def refused(answer: Any) -> list[Case]:
    return [each.case for each in answer.context["outcomes"] if each.refusal]


@pytest.mark.every_database
def test_of_six_five_are_forwarded_and_one_refused(ministry: Ministry, as_user: Any) -> None:
    cases = [make_case(Status.RECEIVED, ministry) for _n in range(6)]
    stale = cases[2]
    withdraw_case(Case.objects.get(pk=stale.pk))
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(Verb.FORWARD, [case.pk for case in cases]))
    assert page.context["cases"] == cases
    data = sent(Verb.FORWARD, cases, to_unit=ministry.unit.pk, note="Cùng nội dung.")
    answer = client.post(addresses.bulk_url(), data)
    assert refused(answer) == [stale]
    done = Case.objects.filter(pk__in=[case.pk for case in cases]).exclude(pk=stale.pk)
    assert set(done.values_list("status", "lead_unit")) == {(Status.ROUTED, ministry.unit.pk)}
    assert (answer.context["done"], answer.context["failed"]) == (5, 1)
    # withdrawn for good: a second try would be refused too
    assert answer.context["again_url"] == ""
    assert "Làm lại với" not in answer.content.decode()
    assert stale.number in answer.content.decode()


@pytest.mark.every_database
def test_many_about_the_same_matter_are_joined_to_one(ministry: Ministry, as_user: Any) -> None:
    cases = [make_case(Status.RECEIVED, ministry) for _n in range(4)]
    master, *others = cases
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(Verb.MARK_DUPLICATE, [case.pk for case in reversed(cases)]))
    assert page.context["form"]["master"].value() == master.number
    wrong = client.post(addresses.bulk_url(), sent(Verb.MARK_DUPLICATE, cases, master="không phải số"))
    assert (wrong.status_code, Case.objects.filter(status=Status.DUPLICATE).count()) == (422, 0)
    answer = client.post(addresses.bulk_url(), sent(Verb.MARK_DUPLICATE, cases, master=master.number))
    assert (refused(answer), answer.context["done"]) == ([], 3)
    assert set(master.duplicates.all()) == set(others)
    alone = client.post(addresses.bulk_url(), sent(Verb.MARK_DUPLICATE, [master], master=master.number))
    assert alone.status_code == 422
    assert {case.status for case in master.duplicates.all()} == {Status.DUPLICATE}


def test_what_must_not_be_known_is_nothing_to_join_to(ministry: Ministry, as_user: Any) -> None:
    sealed, case = make_case(Status.COMPLAINT, ministry), make_case(Status.RECEIVED, ministry)
    client = as_user(ministry.intake)
    told = [
        client.post(addresses.bulk_url(), sent(Verb.MARK_DUPLICATE, [case], master=number)).context["form"]
        for number in (sealed.number, "PAKN-2000-000001")
    ]
    assert told[0].errors == told[1].errors != {}


def test_what_cannot_be_done_is_told_before_with_why_and_who_has_it(ministry: Ministry, as_user: Any) -> None:
    may, early = make_case(Status.RECEIVED, ministry), make_case(Status.SUBMITTED, ministry)
    taken = make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(Verb.FORWARD, [case.pk for case in (may, early, taken)]))
    html = page.content.decode()
    assert "2 hồ sơ đã chọn không thực hiện được" in html
    told = {one.case: (bool(one.obstacle), one.holder) for one in page.context["chosen"]}
    assert told == {
        may: (False, "Văn phòng Bộ"),
        early: (True, "Văn phòng Bộ"),
        taken: (True, held_by(taken)),
    }
    assert held_by(taken) in html
    assert page.context["ready"] == 1
    nothing = client.get(addresses.bulk_url(Verb.FORWARD, [taken.pk]))
    assert nothing.context["ready"] == 0
    assert re.search(r'<button type="submit" class="button" disabled', nothing.content.decode())


def test_only_letters_that_leave_are_counted(ministry: Ministry, as_user: Any) -> None:
    cases = [make_case(Status.SUBMITTED, ministry), make_case(Status.PROCESSING, ministry)]
    page = as_user(ministry.intake).get(addresses.bulk_url(Verb.RECEIVE, [case.pk for case in cases]))
    assert (page.context["by_mail"], page.context["by_hand"]) == (1, 0)


def test_what_a_colleague_only_changed_may_be_tried_once_more(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ROUTED, ministry)
    data = sent(Verb.ASSIGN, [case], officer=ministry.officer.pk)
    take_to_officer(Case.objects.get(pk=case.pk), ministry)
    client = as_user(ministry.focal)
    answer = client.post(addresses.bulk_url(), data)
    assert refused(answer) == [case]
    again = client.get(answer.context["again_url"])
    assert again.context["cases"] == [case]
    assert "Làm lại với" in answer.content.decode()


def test_a_button_is_drawn_for_whoever_has_the_right_to_some_case(ministry: Ministry, section: Any) -> None:
    """By the graph's rows, for nobody else and for nobody less."""
    statuses = (Status.SUBMITTED, Status.RECEIVED, Status.ROUTED, Status.ANSWERED)
    cases = [make_case(status, ministry) for status in statuses]
    for letter, person in people(ministry).items():
        scope = scope_of(person)
        seen = Case.objects.within(scope).filter(pk__in=[case.pk for case in cases])
        may = {move.verb for case in seen for move in open_moves(case, scope)}
        assert set(bulk_verbs(scope)) == may & set(BULK), letter


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("verb", "status", "who", "data"),
    [
        (Verb.RECEIVE, Status.SUBMITTED, "intake", {}),
        (Verb.ASSIGN, Status.ROUTED, "focal", {"officer": "officer"}),
        (Verb.REMIND, Status.PROCESSING, "intake", {"note": "Sắp hết hạn."}),
        (Verb.EXTEND_DEADLINE, Status.PROCESSING, "head", {"note": "Vụ việc phức tạp."}),
    ],
)
def test_each_action_does_all(
    verb: Verb, status: str, who: str, data: dict[str, str], ministry: Ministry, as_user: Any
) -> None:
    cases = [make_case(status, ministry) for _n in range(2)]
    values = {
        name: getattr(ministry, value).pk if name == "officer" else value for name, value in data.items()
    }
    answer = as_user(getattr(ministry, who)).post(addresses.bulk_url(), sent(verb, cases, **values))
    assert refused(answer) == []
    assert {case.events.order_by("sequence").last().verb for case in cases} == {verb}


def test_what_is_missing_is_asked_again_and_nothing_is_done(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry)
    answer = as_user(ministry.intake).post(addresses.bulk_url(), sent(Verb.FORWARD, [case], note="Đã gõ."))
    assert answer.status_code == 422
    assert "Đã gõ." in answer.content.decode()
    assert Case.objects.get(pk=case.pk).status == Status.RECEIVED


def test_only_what_was_read_to_its_end_is_published_together(
    ministry: Ministry, section: Any, as_user: Any
) -> None:
    cases = [make_case(Status.ANSWERED, ministry) for _n in range(2)]
    for case in cases:
        words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
        prepare_public_text(case, **words, by=ministry.officer)
        request_publication(case, by=ministry.officer)
    read, unread = cases
    client = as_user(ministry.publisher)
    page = client.get(addresses.move_url(read.pk, Verb.PUBLISH))
    assert "Tôi đã đọc đến hết" in page.content.decode()
    client.post(addresses.read_url(read.pk), {"words": page.context["read_words"]})
    fresh = [Case.objects.get(pk=case.pk) for case in cases]
    answer = client.post(addresses.bulk_url(), sent(Verb.PUBLISH, fresh))
    assert refused(answer) == [unread]
    assert "chưa đọc bản công khai này đến hết" in answer.content.decode()
    assert Case.objects.get(pk=read.pk).status == Status.PUBLISHED
    assert as_user(ministry.officer).post(addresses.read_url(unread.pk)).status_code == 302


def test_who_publishes_many_learns_before_which_texts_are_unread(
    ministry: Ministry, section: Any, as_user: Any
) -> None:
    """And is led from one to the next, and back to all of them; the letter shown is one that leaves."""
    cases = [make_case(Status.ANSWERED, ministry) for _each in range(2)]
    words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
    for case in cases:
        prepare_public_text(case, **words, by=ministry.officer)
        request_publication(case, by=ministry.officer)
    Sender.objects.filter(pk=cases[0].submission.sender_id).update(email="")
    client = as_user(ministry.publisher)
    asked = client.get(addresses.bulk_url(Verb.PUBLISH, [case.pk for case in cases]))
    assert asked.content.decode().count("chưa đọc hết") == 3
    assert asked.context["first_unread"] == addresses.move_url(cases[0].pk, Verb.PUBLISH)
    look = client.post(addresses.bulk_url(), {**sent(Verb.PUBLISH, cases), "letter": "letter"})
    assert look.context["preview_of"] == cases[1]
    for case, following in zip(cases, (addresses.move_url(cases[1].pk, Verb.PUBLISH), None), strict=True):
        page = client.get(addresses.move_url(case.pk, Verb.PUBLISH))
        answer = client.post(addresses.read_url(case.pk), {"words": page.context["read_words"]})
        assert answer.url == (following or addresses.bulk_url(Verb.PUBLISH, [each.pk for each in cases]))
    assert not client.get(answer.url).context["unread"]


def test_a_text_that_was_changed_while_it_was_read_is_not_taken_as_read(
    ministry: Ministry, section: Any, as_user: Any
) -> None:
    case = make_case(Status.ANSWERED, ministry)
    words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
    prepare_public_text(case, **words, by=ministry.officer)
    request_publication(case, by=ministry.officer)
    client = as_user(ministry.publisher)
    page = client.get(addresses.move_url(case.pk, Verb.PUBLISH)).content.decode()
    shown = dict(re.findall(r'<input type="hidden" name="(words)" value="(\w+)"', page))
    PublicText.objects.filter(case=case).update(answer="Không còn được nộp nữa.")
    answer = client.post(addresses.read_url(case.pk), shown)
    assert answer["Location"] == addresses.move_url(case.pk, Verb.PUBLISH)
    assert "Bản công khai vừa được sửa. Hãy đọc lại." in client.get(answer["Location"]).content.decode()
    case.refresh_from_db()
    assert refused(client.post(addresses.bulk_url(), sent(Verb.PUBLISH, [case]))) == [case]


def test_who_may_do_what_at_once(ministry: Ministry) -> None:
    """The button's own right, and for each case the right to it: others' cases are not even named."""
    case, who = make_case(Status.PROCESSING, ministry), people(ministry)
    may = {Verb.RECEIVE: "I", Verb.FORWARD: "IL", Verb.ASSIGN: "FH", Verb.REMIND: "IHL",
           Verb.EXTEND_DEADLINE: "HL", Verb.PUBLISH: "P"}  # fmt: skip
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        for verb, letters in may.items():
            answer = client.get(addresses.bulk_url(verb, [case.pk]))
            sees = letter in "IOFHLR"
            expected = 302 if letter in "MN" or (letter in letters and not sees) else 404
            assert answer.status_code == (200 if letter in letters and sees else expected), (letter, verb)
    stranger = Client()
    stranger.force_login(ministry.other_head)
    answer = stranger.post(addresses.bulk_url(), sent(Verb.REMIND, [case]))
    assert case.number not in answer.content.decode()
    assert not case.events.filter(verb=Verb.REMIND).exists()
    assert Client().get(addresses.bulk_url(Verb.REMIND, [case.pk])).status_code == 302


@pytest.mark.parametrize(
    ("verb", "status", "may", "data"),
    [
        (Verb.RECEIVE, Status.SUBMITTED, "I", {}),
        (Verb.FORWARD, Status.RECEIVED, "IL", {"to_unit": "unit"}),
        (Verb.ASSIGN, Status.ROUTED, "FH", {"officer": "officer"}),
        (Verb.REMIND, Status.PROCESSING, "IHL", {"note": "Sắp hết hạn."}),
        (Verb.EXTEND_DEADLINE, Status.PROCESSING, "HL", {"note": "Vụ việc phức tạp."}),
        (Verb.PUBLISH, Status.ANSWERED, "P", {}),
    ],
)
def test_who_does_what_at_once(
    verb: Verb, status: Status, may: str, data: dict[str, str], ministry: Ministry, section: Any
) -> None:
    """The history grows for who may, and for nobody else, whatever they send."""
    case, who = make_case(status, ministry), people(ministry)
    if verb == Verb.PUBLISH:
        words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
        prepare_public_text(case, **words, by=ministry.officer)
        request_publication(case, by=ministry.officer)
    values = {
        name: getattr(ministry, value).pk if value in ("unit", "officer") else value
        for name, value in data.items()
    }
    before, read = case.events.count(), {}
    if verb == Verb.PUBLISH:
        reader = Client()
        reader.force_login(ministry.publisher)
        page = reader.get(addresses.move_url(case.pk, Verb.PUBLISH))
        read = {"words": page.context["read_words"]}
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        with transaction.atomic():
            client.post(addresses.read_url(case.pk), read)
            client.post(addresses.bulk_url(), sent(verb, [case], **values))
            done = [event.verb for event in case.events.order_by("sequence")[before:]]
            transaction.set_rollback(True)
        assert done == ([verb] if letter in may else []), letter


def test_asking_costs_the_same_for_many(ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.head), []
    for number in (1, 60):
        cases = make_many_cases(number, unit=ministry.unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses.bulk_url(Verb.ASSIGN, [case.pk for case in cases]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_neighbours_are_those_of_the_list(ministry: Ministry, as_user: Any) -> None:
    cases = make_many_cases(70, unit=ministry.unit)
    client = as_user(ministry.officer)
    page = client.get(addresses.list_url(scope="unit", order="oldest", p="2"))
    first = client.get(page.context["rows"][0].url)
    back = "scope=unit&order=oldest&p=2"
    assert first.context["neighbours"] == {
        "previous": addresses.case_url(cases[29].pk, back),
        "next": addresses.case_url(cases[31].pk, back),
    }
    last = client.get(addresses.case_url(cases[69].pk, "scope=unit&order=oldest&p=3"))
    assert set(last.context["neighbours"]) == {"previous"}
    gone = client.get(addresses.case_url(cases[0].pk, "scope=unit&status=answered"))
    assert gone.context["neighbours"] == {}
    assert client.get(addresses.case_url(cases[0].pk)).context["neighbours"] == {}


def test_the_first_page_finds_cases(ministry: Ministry, as_user: Any) -> None:
    for user, has_pages in ((ministry.officer, False), (ministry.intake, False)):
        html = as_user(user).get("/admin/").content.decode()
        assert f'action="{addresses.list_url()}"' in html
        assert ("data-pakn-no-pages" in html) == (not has_pages)
    assert addresses.list_url() not in as_user(ministry.administrator).get("/admin/").content.decode()


LETTER = {"X-Pakn-Part": "letter"}


def test_before_many_are_written_to_one_whole_letter_stands_there(ministry: Ministry, as_user: Any) -> None:
    cases = [
        make_case(Status.SUBMITTED, ministry),
        make_case(Status.SUBMITTED, ministry, sender={"email": ""}),
    ]
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(Verb.RECEIVE, [case.pk for case in cases])).content.decode()
    assert "1 thư được gửi" in page
    assert "1 người gửi không có thư điện tử" in page
    data = sent(Verb.RECEIVE, cases)
    first = client.post(addresses.bulk_url(), {**data, "letter": "letter"}, headers=LETTER).content.decode()
    assert f"Hồ sơ {cases[0].number}: đã tiếp nhận" in first
    assert "<html" not in first
    second = client.post(addresses.bulk_url(), {**data, "letter": cases[1].pk}).content.decode()
    assert f"Thư của hồ sơ {cases[1].number}" in second
    assert f"Hồ sơ {cases[1].number}: đã tiếp nhận" in second
    # paper has the name above these words
    assert "Kính gửi ông/bà" not in second
    assert "<html" in second
    foreign = make_case(Status.SUBMITTED, ministry)
    other = client.post(addresses.bulk_url(), {**data, "letter": foreign.pk}).content.decode()
    assert foreign.number not in other
    assert not any(case.events.filter(verb=Verb.RECEIVE).exists() for case in cases)


def test_the_letter_of_an_extension_has_the_words_typed_so_far(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    client, data = as_user(ministry.head), sent(Verb.EXTEND_DEADLINE, [case], letter="letter")
    empty = client.post(addresses.bulk_url(), data, headers=LETTER).content.decode()
    assert "[lời gửi người gửi sẽ hiện ở đây]" in empty
    page = client.post(addresses.bulk_url(), {**data, "note": "Vụ việc phức tạp."}).content.decode()
    assert page.count("Vụ việc phức tạp.") == 2
    assert not case.events.filter(verb=Verb.EXTEND_DEADLINE).exists()


def test_what_writes_to_no_sender_says_so_for_many_too(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    page = as_user(ministry.head).get(addresses.bulk_url(Verb.ASSIGN, [case.pk])).content.decode()
    assert "Việc này không gửi gì cho người gửi." in page


@pytest.mark.every_database
def test_a_page_loaded_anew_reminds_nobody_twice(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(Verb.REMIND, [case.pk])).content.decode()
    once = dict(re.findall(r'name="(once)" value="(\w+)"', page))
    data = sent(Verb.REMIND, [case], note="Sắp hết hạn.", **once)
    assert client.post(addresses.bulk_url(), data).status_code == 200
    # the second click comes before the first one's session is written
    again = as_user(ministry.intake).post(addresses.bulk_url(), data)
    assert again.status_code == 409
    assert "không thực hiện lại lần nữa" in again.content.decode()
    assert case.events.filter(verb=Verb.REMIND).count() == 1
    # whoever means it opens the form once more
    fresh = dict(re.findall(r'name="(once)" value="(\w+)"', again.content.decode()))
    case.refresh_from_db()
    client.post(addresses.bulk_url(), {**sent(Verb.REMIND, [case]), **fresh})
    assert case.events.filter(verb=Verb.REMIND).count() == 2
    # as in the form of one case, other words in the same form are another act
    case.refresh_from_db()
    more = {**sent(Verb.REMIND, [case], note="Đã quá hạn."), **fresh}
    assert client.post(addresses.bulk_url(), more).status_code == 200
    assert case.events.filter(verb=Verb.REMIND).count() == 3


def test_what_is_out_of_sight_is_told(ministry: Ministry, as_user: Any) -> None:
    """Of those chosen, and only how many."""
    mine, gone = (make_case(Status.PROCESSING, ministry) for _n in range(2))
    forward = {"status": Status.ROUTED, "lead_unit": ministry.other_unit, "officer": None}
    Case.objects.filter(pk=gone.pk).update(**forward)
    client = as_user(ministry.head)
    told = "1 hồ sơ đã chọn không có ở đây"
    assert told in client.get(addresses.bulk_url(Verb.REMIND, [mine.pk, gone.pk])).content.decode()
    answer = client.post(addresses.bulk_url(), sent(Verb.REMIND, [mine, gone]))
    assert told in answer.content.decode()
    assert gone.number not in answer.content.decode()
    assert client.post(addresses.bulk_url(), sent(Verb.REMIND, [gone])).status_code == 302


@pytest.mark.parametrize("shown_again", ["letter", "wrong", "twice"])
def test_a_form_that_is_shown_once_more_is_still_of_the_cases_it_showed(
    ministry: Ministry, as_user: Any, shown_again: str
) -> None:
    """Else the second try would not notice what a colleague did in between."""
    case = make_case(Status.ROUTED, ministry)
    client = as_user(ministry.intake)
    data = sent(Verb.REMIND, [case], note="Đề nghị sớm trả lời.", once="k")
    if shown_again == "twice":
        client.post(addresses.bulk_url(), data)
    take_to_officer(Case.objects.get(pk=case.pk), ministry)
    more = {"letter": {"letter": "1"}, "wrong": {"note": "x" * 20_000}, "twice": {}}[shown_again]
    answer = client.post(addresses.bulk_url(), {**data, **more})
    assert "outcomes" not in answer.context
    html = answer.content.decode()
    assert f'name="version" value="{case.pk}:{case.version}"' in html
    assert Case.objects.get(pk=case.pk).version != case.version


def take_to_officer(case: Case, ministry: Ministry) -> None:
    assign_case(case, officer=ministry.officer, by=ministry.focal)


def test_people_are_offered_of_the_units_whose_cases_may_be_assigned(
    ministry: Ministry, as_user: Any
) -> None:
    """A row that is refused offers nobody; of several units each name has its unit beside it."""
    mine = make_case(Status.ROUTED, ministry)
    other = make_case(Status.ROUTED, ministry)
    Case.objects.filter(pk=other.pk).update(lead_unit=ministry.other_unit)
    client = as_user(ministry.head)
    other.supporting_units.add(ministry.unit)
    page = client.get(addresses.bulk_url(Verb.ASSIGN, [mine.pk, other.pk]))
    offered = [str(label) for _key, label in page.context["form"]["officer"].field.choices]
    assert len(page.context["cases"]) == 2
    assert not any(ministry.other_head.get_full_name() in label for label in offered)
    assert not any(str(ministry.unit) in label for label in offered)
    type(ministry.unit).objects.filter(pk=ministry.other_unit.pk).update(head_id=ministry.head.pk)
    page = client.get(addresses.bulk_url(Verb.ASSIGN, [mine.pk, other.pk]))
    offered = [str(label) for _key, label in page.context["form"]["officer"].field.choices]
    assert any(str(ministry.unit) in label for label in offered)


def test_who_has_read_one_text_stays_on_its_page(ministry: Ministry, section: Any, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
    prepare_public_text(case, **words, by=ministry.officer)
    request_publication(case, by=ministry.officer)
    client, url = as_user(ministry.publisher), addresses.move_url(case.pk, Verb.PUBLISH)
    read = {"words": client.get(url).context["read_words"]}
    answer = client.post(addresses.read_url(case.pk), read)
    assert answer["Location"] == url
    page = client.get(url).content.decode()
    assert "data-read" in page
    assert "Tôi đã đọc đến hết" not in page


def test_what_was_forwarded_says_to_whom_and_by_when(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry)
    data = sent(Verb.FORWARD, [case], to_unit=ministry.unit.pk)
    page = as_user(ministry.intake).post(addresses.bulk_url(), data).content.decode()
    due_on = Case.objects.get(pk=case.pk).due_on
    assert f"{ministry.unit}, hạn trả lời {due_on:%d/%m/%Y}" in page
