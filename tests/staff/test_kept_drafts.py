"""What staff write is kept as they write it: for its writer alone, and only while they may act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.answers import actions as answering
from pakn_portal.answers.models import Answer
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.management import worker
from pakn_portal.notifications.encryption import encrypt
from pakn_portal.staff import addresses
from pakn_portal.staff.drafts import keeping, screen
from pakn_portal.submissions.models import KeptWords, Submission
from tests.factories import Ministry, make_case, make_user
from tests.fixtures.later import later
from tests.fixtures.threads import at_once
from tests.staff.test_words_kept import DRAFT, WORDS, entered, lose_session, opened, sign_in, text_in
from tests.submissions.files import pdf

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Pakn-Keep": "1"}


@pytest.fixture
def draft(ministry: Ministry) -> str:
    """The address of a draft to be written."""
    return addresses.move_url(make_case(Status.PROCESSING, ministry).pk, Verb.DRAFT_ANSWER)


def keep(client: Client, url: str, data: dict[str, Any], kind: str = "1", **more: Any) -> Any:
    """As the script posts it, with what the form knows from then on."""
    answer = client.post(url, {**data, "keep_draft": kind, **more}, headers=SCRIPT)
    if answer.status_code == 200:
        data.update(kept=answer.json()["kept"], kept_revision=answer.json()["revision"])
    return answer


def offer(page: Any) -> list[screen.Offered]:
    return list(page.context["kept"].offered)


def test_a_draft_is_offered_again_and_gone_when_it_is_sent(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    told = keep(client, draft, data).json()
    assert told["sentence"].startswith("Đã lưu nháp lúc")
    assert not Answer.objects.exists()
    elsewhere = sign_in(ministry.officer)  # another device
    page = elsewhere.get(draft)
    assert "Có bản nháp lúc" in text_in(page)
    assert WORDS not in text_in(page)
    again = elsewhere.get(offer(page)[0].url)
    assert WORDS in text_in(again)
    assert "Luật Việc làm 2025" in text_in(again)
    assert offer(again) == []
    form = opened(elsewhere, offer(page)[0].url, **DRAFT)
    assert elsewhere.post(draft, form).status_code == 302
    assert Answer.objects.get().body == WORDS
    assert not KeptWords.objects.exists()


def test_what_is_saved_already_is_not_offered(ministry: Ministry, draft: str) -> None:
    """A form that was opened and left keeps what it began with, on whatever tab of the panel."""
    client = sign_in(ministry.officer)
    assert client.post(draft, opened(client, draft, **DRAFT)).status_code == 302
    data = opened(client, draft, body=WORDS, legal_bases=DRAFT["legal_bases"], outcome="explained")
    keep(client, draft, data, open_tab="bases")
    assert KeptWords.objects.exclude(saved_at=None).exists()
    assert offer(client.get(draft)) == []
    keep(client, draft, {**data, "outcome": "solved"}, open_tab="bases")
    assert len(offer(client.get(draft))) == 1


def test_an_open_tab_alone_is_no_draft(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    keep(client, draft, opened(client, draft), open_tab="bases")
    assert not KeptWords.objects.exclude(saved_at=None).exists()


def test_what_is_refused_loses_no_draft(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    keep(client, draft, data)
    Case.objects.update(version=99)
    assert client.post(draft, data).status_code == 409
    assert KeptWords.objects.count() == 1


def test_without_a_script_a_button_keeps_it(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    page = client.post(draft, opened(client, draft, **DRAFT, keep_draft="1"))
    assert page.status_code == 200
    assert "Đã lưu nháp lúc" in text_in(page)
    assert WORDS in text_in(page)
    assert not Answer.objects.exists()
    kept = KeptWords.objects.get()
    again = client.post(
        draft, opened(client, draft, kept=kept.key, kept_revision=kept.revision, keep_draft="1")
    )
    assert again.status_code == 200
    assert KeptWords.objects.count() == 1


def test_it_can_be_thrown_away_and_what_is_typed_stays(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    keep(client, draft, opened(client, draft, **DRAFT))
    kept = KeptWords.objects.get()
    page = client.post(draft, opened(client, draft, body="Viết dở.", drop_draft=str(kept.key)))
    assert "Viết dở." in text_in(page)
    assert "Có bản nháp" not in text_in(page)
    assert not KeptWords.objects.exists()


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.NOTE, Verb.REQUEST_OPINION])
def test_every_act_with_words_keeps_them(ministry: Ministry, verb: Verb) -> None:
    address = addresses.move_url(make_case(Status.PROCESSING, ministry).pk, verb)
    client = sign_in(ministry.focal if verb == Verb.SEND_BACK else ministry.officer)
    keep(client, address, opened(client, address, note=WORDS))
    assert WORDS in text_in(client.get(offer(client.get(address))[0].url))


def test_so_do_an_opinion_and_a_public_text(ministry: Ministry) -> None:
    asked = make_case(Status.COORDINATING, ministry)
    answered = make_case(Status.ANSWERED, ministry)
    for user, case, verb, field in (
        (ministry.other_officer, asked, Verb.GIVE_OPINION, "note"),
        (ministry.officer, answered, Verb.PREPARE_PUBLIC_TEXT, "answer"),
    ):
        client, address = sign_in(user), addresses.move_url(case.pk, verb)
        keep(client, address, opened(client, address, **{field: WORDS}))
        assert WORDS in text_in(client.get(offer(client.get(address))[0].url))


def test_so_do_the_note_of_intake_and_the_entry(ministry: Ministry) -> None:
    case, client = make_case(), sign_in(ministry.intake)
    page, form = addresses.case_url(case.pk), addresses.intake_url(case.pk)
    keep(client, form, opened(client, page, note=WORDS))
    assert WORDS in text_in(client.get(offer(client.get(page))[0].url))
    letter = entered(client)
    keep(client, addresses.entry_url(), letter)
    again = client.get(offer(client.get(addresses.entry_url()))[0].url)
    for typed in (WORDS, "Phạm Văn Thư", letter["form_key"]):
        assert typed in text_in(again)
    assert Submission.objects.count() == 1
    assert client.post(addresses.entry_url(), letter).status_code == 200
    assert Submission.objects.count() == 2
    assert [row.place for row in KeptWords.objects.all()] == [f"case/{case.pk}/intake"]


def test_nobody_else_reads_it_and_no_row_shows_it(ministry: Ministry, draft: str) -> None:
    writer = sign_in(ministry.officer)
    keep(writer, draft, opened(writer, draft, **DRAFT))
    url = offer(writer.get(draft))[0].url
    for other in (ministry.second_officer, ministry.head):
        page = sign_in(other).get(url)
        assert page.status_code == 200
        assert WORDS not in text_in(page)
        assert offer(page) == []
    stored = str(list(KeptWords.objects.values_list()))
    assert "Kính gửi" not in stored
    assert "hồ sơ" not in stored
    assert CaseEvent.objects.filter(note__contains="Kính gửi").count() == 0


def test_nobody_else_writes_into_it_or_throws_it_away(ministry: Ministry, draft: str) -> None:
    writer, other = sign_in(ministry.officer), sign_in(ministry.second_officer)
    data = opened(writer, draft, **DRAFT)
    keep(writer, draft, data)
    kept = KeptWords.objects.get()
    forged = opened(other, draft, body="khác", kept=str(kept.key), kept_revision=kept.revision)
    keep(other, draft, forged)
    other.post(draft, {**forged, "drop_draft": str(kept.key)})
    assert writer.get(offer(writer.get(draft))[0].url).context["form"]["body"].value() == WORDS


@pytest.mark.parametrize("person", ["other_officer", "publisher", "auditor", "nobody", "leader", "intake"])
def test_whoever_may_not_act_keeps_nothing(ministry: Ministry, draft: str, person: str) -> None:
    client = sign_in(getattr(ministry, person))
    refused = client.post(draft, {**DRAFT, "keep_draft": "1", "version": "1"}, headers=SCRIPT)
    assert refused.status_code in (302, 403, 404, 409)
    assert not KeptWords.objects.exists()


def test_a_sealed_case_shows_nothing_of_it(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    keep(client, draft, data)
    url = offer(client.get(draft))[0].url
    actions.hold_case(Case.objects.get(), by=ministry.intake)
    assert client.get(url).status_code == 404
    late = keep(client, draft, data)
    assert late.status_code == 404
    assert set(late.json()) == {"sentence", "token"}


def test_a_lost_session_is_said_and_the_words_are_kept_after_the_sign_in(
    ministry: Ministry, draft: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    out = keep(client, draft, data)
    assert (out.status_code, out.json()["signed_out"]) == (401, True)
    assert "đăng nhập lại" in out.json()["sentence"]
    assert not client.session.keys()
    client.force_login(ministry.officer)  # in another window, which changes the token
    client.cookies["csrftoken"] = "b" * 32
    stale = keep(client, draft, data)
    assert stale.status_code == 403
    data["csrfmiddlewaretoken"] = stale.json()["token"]
    assert keep(client, draft, data).status_code == 200
    assert KeptWords.objects.count() == 1


def test_another_account_keeps_nothing_of_a_form_that_it_did_not_open(ministry: Ministry, draft: str) -> None:
    data = opened(sign_in(ministry.officer), draft, **DRAFT)
    assert keep(sign_in(ministry.second_officer), draft, data).status_code == 403
    assert not KeptWords.objects.exists()


def test_of_two_windows_neither_writes_over_the_other(ministry: Ministry, draft: str, as_user: Any) -> None:
    one, two = as_user(ministry.officer), as_user(ministry.officer)
    keep(one, draft, opened(one, draft, **DRAFT), kept_tab="a" * 24)
    url = offer(one.get(draft))[0].url
    first, second = opened(one, url, body="Một hai ba."), opened(two, url, body="Một ba bốn.")
    assert keep(one, draft, first, kept_tab="b" * 24).json()["apart"] is False
    assert keep(one, draft, first, kept_tab="b" * 24).json()["apart"] is False
    told = keep(two, draft, second, kept_tab="c" * 24).json()
    assert told["apart"] is True
    assert "Cả hai bản đều được giữ" in told["sentence"]
    page = two.get(draft)
    newest, older = offer(page)
    assert "Một ba bốn." in text_in(two.get(newest.url))
    assert "Một hai ba." in text_in(two.get(older.url))
    assert [piece.text for piece in older.compared[0].pieces if piece.change == "added"] == ["ba bốn."]
    assert "<ins>" in text_in(page)
    assert "[thêm:" in text_in(page)


def test_an_answer_that_was_lost_on_the_way_makes_no_second_draft(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    keep(client, draft, data, kept_tab="a" * 24)
    behind = dict(data)
    keep(client, draft, data, kept_tab="a" * 24)
    assert keep(client, draft, behind, kept_tab="a" * 24).json()["apart"] is False
    assert KeptWords.objects.count() == 1


def test_colleagues_in_one_form_are_named(ministry: Ministry, draft: str) -> None:
    one, two = sign_in(ministry.officer), sign_in(ministry.second_officer)
    keep(one, draft, opened(one, draft), "seen")
    assert ministry.officer.get_full_name() in text_in(two.get(draft))
    told = keep(two, draft, opened(two, draft), "seen").json()
    assert told["others"].startswith(ministry.officer.get_full_name())
    assert offer(one.get(draft)) == []
    with later(minutes=3):
        assert sign_in(ministry.second_officer).get(draft).context["kept"].others == ""


def test_an_open_page_does_not_lengthen_a_session(ministry: Ministry, draft: str, settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "STAFF_IDLE_MINUTES": 30}
    client = sign_in(ministry.officer)
    data = opened(client, draft)
    with later(minutes=20):
        assert keep(client, draft, data, "seen").status_code == 200
    with later(minutes=35):
        assert keep(client, draft, data).status_code == 401


def test_words_sent_again_and_again_do_not_lengthen_a_session_and_new_ones_do(
    ministry: Ministry, draft: str, settings: Any
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "STAFF_IDLE_MINUTES": 30}
    for is_writing in (True, False):
        client = sign_in(ministry.officer)
        data = opened(client, draft, **DRAFT)
        keep(client, draft, data, kept_tab="a")
        for minutes in (20, 40):
            with later(minutes=minutes):
                body = f"{WORDS} {minutes}" if is_writing else WORDS
                answer = keep(client, draft, data | {"body": body}, kept_tab="a")
        assert answer.status_code == (200 if is_writing else 401)


def test_words_that_cannot_be_kept_do_not_lengthen_a_session(
    ministry: Ministry, draft: str, settings: Any
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "STAFF_IDLE_MINUTES": 30}
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    Case.objects.update(status=Status.DRAFT_REVIEW)
    with later(minutes=20):
        assert keep(client, draft, data).status_code == 409
    with later(minutes=35):
        assert keep(client, draft, data).status_code == 401


def test_at_the_entry_of_new_cases_nobody_meets(ministry: Ministry) -> None:
    first = sign_in(ministry.intake)
    second = sign_in(make_user("vanphong2", "intake", full_name="Đỗ Thu Hà"))
    keep(first, addresses.entry_url(), opened(first, addresses.entry_url()), "seen")
    assert second.get(addresses.entry_url()).context["kept"].others == ""


def test_a_draft_of_intake_tells_what_was_done_since(ministry: Ministry) -> None:
    case = make_case()
    client, url = sign_in(ministry.intake), addresses.intake_url(case.pk)
    keep(client, url, opened(client, url, note=WORDS))
    before = case.version
    actions.receive_case(case, by=ministry.intake)
    [kept] = offer(client.get(addresses.case_url(case.pk)))
    form = client.get(kept.url).context["form"]
    assert form["note"].value() == WORDS
    assert int(form["version"].value()) == before


def test_keeping_the_note_of_intake_builds_no_form(ministry: Ministry) -> None:
    case = make_case()
    client, url = sign_in(ministry.intake), addresses.intake_url(case.pk)
    data = opened(client, url, note=WORDS)
    with CaptureQueriesContext(connection) as queries:
        keep(client, url, data)
    asked = " ".join(query["sql"] for query in queries)
    for table in ("deadlinerule", "sector", "archiveentry"):
        assert f'FROM "pakn_portal_{table}"' not in asked


def test_the_worker_deletes_what_waited_too_long(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    keep(client, draft, opened(client, draft, **DRAFT))
    keep(client, draft, opened(client, draft), "seen")
    assert KeptWords.objects.count() == 2
    with later(minutes=10):
        assert keeping.sweep() == 1
    with later(days=13):
        assert keeping.sweep() == 0
    KeptWords.objects.update(saved_at=clock.now() - timedelta(days=14, minutes=1))
    limits = next(step for step in worker.STEPS if step.name == "limits")
    assert limits.run(lambda: False)["drafts"] == 1
    assert not KeptWords.objects.exists()


def test_keeping_is_bounded(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    long = keep(client, draft, opened(client, draft, body="a" * 500_001))
    assert long.status_code == 413
    for number in range(12):
        keep(client, draft, opened(client, draft, body=f"Bản {number}"))
    assert KeptWords.objects.count() == 10
    assert client.get(offer(client.get(draft))[0].url).context["form"]["body"].value() == "Bản 11"


def test_the_drafts_of_one_person_have_a_room_of_their_own(
    ministry: Ministry, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At whatever place: of forms there are as many as cases and acts. What is kept stays, and is told."""
    client = sign_in(ministry.officer)
    first, second = opened(client, draft, **DRAFT), opened(client, draft, **DRAFT)
    keep(client, draft, first)
    taken = len(KeptWords.objects.get().sealed)
    monkeypatch.setattr(keeping, "MOST_OF_ACCOUNT", taken + 100)
    told = keep(client, draft, second | {"body": "Câu trả lời khác."})
    assert (told.status_code, "Bản nháp của bạn đã đầy chỗ" in told.json()["sentence"]) == (413, True)
    assert keep(client, draft, first | {"body": f"{WORDS}."}).status_code == 200
    assert KeptWords.objects.count() == 1


def test_forms_that_only_say_they_are_open_do_not_pile_up(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    for _each in range(keeping.MOST + 5):
        assert client.post(draft, {"keep_draft": "seen"}, headers=SCRIPT).status_code == 200
    assert KeptWords.objects.count() == keeping.MOST


def test_a_form_costs_the_same_with_one_draft_and_ten(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    counts = []
    for number in range(10):
        keep(client, draft, opened(client, draft, body=f"Bản {number}"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(draft)
        counts.append(len(asked))
    assert counts[0] == counts[-1]
    other = addresses.case_url(Case.objects.get().pk)
    with CaptureQueriesContext(connection) as asked:
        client.get(other)
    assert not [query for query in asked.captured_queries if "keptwords" in query["sql"]]


def test_of_two_saved_at_once_both_are_shown_and_nothing_is_written_over(
    ministry: Ministry, draft: str
) -> None:
    one, two = sign_in(ministry.officer), sign_in(ministry.second_officer)
    mine = opened(one, draft, **{**DRAFT, "body": "Ông nộp hồ sơ tại phường."})
    theirs = opened(two, draft, **{**DRAFT, "body": "Ông nộp hồ sơ tại trung tâm."})
    assert one.post(draft, mine).status_code == 302
    refused = two.post(draft, theirs)
    assert refused.status_code == 409
    assert refused.context["form"]["body"].value() == "Ông nộp hồ sơ tại trung tâm."
    assert Answer.objects.get().body == "Ông nộp hồ sơ tại phường."
    html = text_in(refused)
    assert "Phần bạn viết so với nội dung vừa được lưu" in html
    pieces = [(piece.change, piece.text) for piece in refused.context["meanwhile"][0].pieces]
    assert pieces == [
        ("same", "Ông nộp hồ sơ tại "),
        ("removed", "phường."),
        ("added", "trung tâm."),
    ]
    again = two.post(draft, {**theirs, "version": refused.context["form"]["version"].value()})
    assert again.status_code == 302
    kept = Answer.objects.get().versions.order_by("version")
    assert [version.body for version in kept] == [mine["body"], theirs["body"]]


def test_a_note_that_came_late_is_compared_with_nothing(ministry: Ministry) -> None:
    case = make_case(Status.PROCESSING, ministry)
    address = addresses.move_url(case.pk, Verb.NOTE)
    client = sign_in(ministry.officer)
    data = opened(client, address, note=WORDS)
    Case.objects.update(version=99)
    refused = client.post(address, data)
    assert refused.status_code == 409
    assert refused.context["meanwhile"] == []


@pytest.mark.parametrize("verb", [Verb.NOTE, Verb.REMIND])
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "without a script"])
def test_one_form_is_carried_out_once(verb: Verb, kept: bool, ministry: Ministry) -> None:
    case = make_case(Status.PROCESSING, ministry)
    url, client = addresses.move_url(case.pk, verb), sign_in(ministry.intake)
    data = opened(client, url, note="Đã gọi điện, không ai nghe máy.")
    if kept:
        keep(client, url, data)
    assert client.post(url, data).status_code == 302
    again = client.post(url, data, follow=True)
    assert "Việc này đã được thực hiện, không thực hiện lại lần nữa." in text_in(again)
    assert case.events.filter(verb=verb).count() == 1
    # a form that is opened anew may say the same, and other words in the same form are another act
    anew = opened(client, url, note="Đã gọi điện, không ai nghe máy.")
    assert client.post(url, anew).status_code == 302
    assert client.post(url, {**anew, "note": "Đã gọi lại, đã gặp."}).status_code == 302
    assert case.events.filter(verb=verb).count() == 3


def test_the_key_of_a_kept_text_alone_is_enough(ministry: Ministry) -> None:
    case = make_case(Status.PROCESSING, ministry)
    url, client = addresses.move_url(case.pk, Verb.NOTE), sign_in(ministry.intake)
    data = opened(client, url, note="Một lần.")
    keep(client, url, data)
    del data["once"]
    for _press in range(2):
        assert client.post(url, data).status_code == 302
    assert case.events.filter(verb=Verb.NOTE).count() == 1


def test_what_is_refused_can_be_sent_again(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    Case.objects.update(version=F("version") + 1)
    assert client.post(draft, data).status_code == 409
    Case.objects.update(version=F("version") - 1)
    assert client.post(draft, data).status_code == 302


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_writes(ministry: Ministry) -> None:
    case = make_case(Status.PROCESSING, ministry)
    url, client = addresses.move_url(case.pk, Verb.NOTE), sign_in(ministry.intake)
    data = opened(client, url, note="Một lần.")
    other = Client()
    other.cookies.update(client.cookies)
    answers = at_once([lambda: client.post(url, data), lambda: other.post(url, data)])
    assert [each.status_code for each in answers] == [302, 302]
    assert case.events.filter(verb=Verb.NOTE).count() == 1


def test_an_entry_is_offered_no_second_time_after_it_is_saved(ministry: Ministry) -> None:
    client, address = sign_in(ministry.intake), addresses.entry_url()
    empty = opened(client, address, received_at=entered(client)["received_at"])
    assert client.post(address, empty).status_code == 422
    keep(client, address, empty)  # the page was shown again as unsaved
    assert offer(client.get(address)) == []
    first = entered(client)
    keep(client, address, first)
    [one] = offer(client.get(address))
    again = opened(client, one.url)
    letter = {**first, **again}
    lose_session(client)
    client.post(address, letter)
    sign_in(ministry.intake, client)
    page = client.get(address, follow=True)
    assert WORDS in text_in(page)
    assert offer(page) == []
    assert page.context["kept"].key == again["kept"]
    # a window that knows nothing of the row it once wrote
    unknown = {**letter, "kept": "", "kept_revision": "0", "kept_tab": "b"}
    keep(client, address, unknown)
    assert len(offer(client.get(address))) == 1
    assert client.post(address, {**letter, "kept": "", "kept_tab": "c"}).status_code == 200
    assert Submission.objects.count() == 1
    assert offer(client.get(address)) == []


def test_a_draft_with_files_of_its_own_is_another(ministry: Ministry) -> None:
    client, address = sign_in(ministry.intake), addresses.entry_url()
    with_file = entered(client)
    client.post(address, {**with_file, "attach": "1", "attachments": [pdf("thư.pdf")]})
    keep(client, address, with_file)
    without = entered(client)
    keep(client, address, without)
    assert len(offer(client.get(address))) == 2
    assert client.post(address, without).status_code == 200
    assert [one.key for one in offer(client.get(address))] == [with_file["kept"]]


def test_each_offer_says_how_its_text_begins(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    for body in ("Ông nộp hồ sơ tại phường.", "Bà hỏi về mức hưởng."):
        keep(client, draft, opened(client, draft, body=body))
    boxes = text_in(client.get(draft)).split('class="pakn-offered__draft"')[1:]
    assert "<q>Bà hỏi về mức hưởng.</q>" in boxes[0]
    assert "<q>Ông nộp hồ sơ tại phường.</q>" in boxes[1]


def test_of_several_drafts_one_is_the_way_on(ministry: Ministry, draft: str) -> None:
    """In one banner; where the form goes on with a draft already, none of the others draws the eye."""
    client = sign_in(ministry.officer)
    for body in ("Ông nộp hồ sơ tại phường.", "Bà hỏi về mức hưởng."):
        keep(client, draft, opened(client, draft, body=body))
    first = client.get(draft)
    for page, primaries in ((first, 1), (client.get(offer(first)[0].url), 0)):
        html = text_in(page)
        assert html.count('class="pakn-offered"') == 1
        assert html.count('class="button button-small" href=') == primaries


def test_each_offer_says_what_it_has_otherwise_and_how_many_files(ministry: Ministry, draft: str) -> None:
    case = Case.objects.get()
    saved = "Kính gửi ông/bà. Mức hưởng theo Điều 50 Luật Việc làm, xin trả lời như sau."
    answering.draft_answer(case, body=saved, by=ministry.officer)
    client = sign_in(ministry.officer)
    with_file = opened(client, draft, body=f"{saved} Thêm một.")
    client.post(draft, {**with_file, "attach": "1", "attachments": [pdf("thư.pdf")]})
    keep(client, draft, opened(client, draft, body=f"{saved} Thêm hai."))
    boxes = text_in(client.get(draft)).split('class="pakn-offered__draft"')[1:]
    assert "<q>Thêm hai.</q>" in boxes[0]
    assert "<q>Thêm một.</q>" in boxes[1]
    assert ["Kèm 1 tệp." in box for box in boxes] == [False, True]
    assert ["Chỗ khác so với bản đã lưu" in box for box in boxes] == [True, True]


def test_a_row_that_was_moved_in_the_database_opens_for_nobody(ministry: Ministry, draft: str) -> None:
    """By SQL, to another account and another case."""
    writer = sign_in(ministry.officer)
    keep(writer, draft, opened(writer, draft, **DRAFT))
    elsewhere = addresses.move_url(make_case(Status.PROCESSING, ministry).pk, Verb.DRAFT_ANSWER)
    row, thief = KeptWords.objects.get(), sign_in(ministry.head)
    here = row.place
    for owner, place, url in (
        (ministry.head, here, draft),
        (ministry.officer, f"case/{Case.objects.latest('pk').pk}/draft_answer", elsewhere),
    ):
        KeptWords.objects.update(owner=owner, place=place)
        client = thief if owner == ministry.head else writer
        assert offer(client.get(url)) == []
        assert WORDS not in text_in(client.get(f"{url}?kept={row.key}"))
    KeptWords.objects.update(owner=ministry.officer, place=here)
    assert WORDS in text_in(writer.get(f"{draft}?kept={row.key}"))


def test_a_draft_of_before_rows_were_bound_opens_until_it_ends(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    keep(client, draft, opened(client, draft, **DRAFT))
    row = KeptWords.objects.get()
    KeptWords.objects.update(
        sealed=encrypt(keeping.words_of(row).urlencode(), purpose="pakn_portal.kept_draft")
    )
    assert WORDS in text_in(client.get(f"{draft}?kept={row.key}"))
