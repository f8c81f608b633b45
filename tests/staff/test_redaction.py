from __future__ import annotations

from typing import Any

import pytest

from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import Sender
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db

CONTENT = "Tôi là Nguyễn Thị Thu Cúc, điện thoại 0900000101. Công ty báo số 0912345678 và lại 0912345678."
WORDS = {
    "title": "Hỏi về thời hạn",
    "question": "Gọi 0912345678 hoặc 0912345678 <b>nhé</b>?",
    "answer": "Còn.",
}


@pytest.fixture
def case(ministry: Ministry) -> Case:
    return make_case(Status.ANSWERED, ministry, content=CONTENT)


def post(client: Any, case: Case, **data: Any) -> Any:
    return client.post(
        addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT),
        {"version": Case.objects.get(pk=case.pk).version, "confirmed": "", **WORDS, **data},
    )


def places(answer: Any) -> list[tuple[str, str, bool]]:
    return [(p.mark.field, p.text, p.mark.is_confirmed) for p in answer.context["places"]]


def test_it_begins_with_everything_masked(case: Case, ministry: Ministry, as_user: Any) -> None:
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    words = page.context["form"].initial
    assert "0900000101" not in words["question"] and "Cúc" not in words["question"]
    assert (places(page), page.context["waiting"]) == ([], 0)


def test_each_place_waits_for_a_decision(case: Case, ministry: Ministry, as_user: Any) -> None:
    page = post(as_user(ministry.officer), case, look="1")
    assert places(page) == [("question", "0912345678", False)] * 2
    html = page.content.decode()
    assert '<mark class="pakn-find pakn-find--open">0912345678</mark>' in html
    assert "&lt;b&gt;nhé&lt;/b&gt;" in html and "<b>nhé</b>" not in html
    assert page.context["waiting"]
    assert not PublicText.objects.exists()


def test_mask_changes_the_text_on_the_screen_only(case: Case, ministry: Ministry, as_user: Any) -> None:
    officer = as_user(ministry.officer)
    mark = post(officer, case, look="1").context["places"][0].mark.fingerprint
    page = post(officer, case, mask=mark)
    assert page.context["form"].data["question"].count("[số điện thoại]") == 2
    assert (places(page), page.context["waiting"]) == ([], 0)
    assert not PublicText.objects.exists()


def test_confirm_keeps_the_words_and_is_saved(case: Case, ministry: Ministry, as_user: Any) -> None:
    officer = as_user(ministry.officer)
    mark = post(officer, case, look="1").context["places"][0].mark.fingerprint
    page = post(officer, case, confirm=mark)
    assert places(page) == [("question", "0912345678", True)] * 2
    post(officer, case, confirmed=page.context["form"].data["confirmed"])
    text = PublicText.objects.get(case=case)
    assert (text.question, text.confirmed) == (WORDS["question"], [mark])


def test_mask_all_leaves_what_was_confirmed(case: Case, ministry: Ministry, as_user: Any) -> None:
    officer, words = as_user(ministry.officer), {"answer": "Hỏi thêm: 0987654321."}
    marks = {
        p.mark.field: p.mark.fingerprint for p in post(officer, case, look="1", **words).context["places"]
    }
    page = post(officer, case, mask_all="1", confirmed=marks["answer"], **words)
    assert "0987654321" in page.context["form"].data["answer"]
    assert "0912345678" not in page.context["form"].data["question"]


def test_the_way_to_the_publisher_is_shut_while_a_place_is_open(
    case: Case, ministry: Ministry, as_user: Any, section: Any
) -> None:
    officer = as_user(ministry.officer)
    refused = post(officer, case, and_send="1")
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "0912345678" in html
    # told at the places, and the button is never shut by what one may have typed away since
    assert refused.context["why_unsent"] in html.partition('id="places"')[2]
    assert 'value="1" class="button">Lưu và gửi biên tập' in html
    assert not PublicText.objects.exists()
    assert post(officer, case).status_code == 302
    button = {b.verb: b for b in officer.get(addresses.case_url(case.pk)).context["buttons"].all}
    assert button[Verb.REQUEST_PUBLICATION].reason != ""
    forged = officer.post(
        addresses.move_url(case.pk, Verb.REQUEST_PUBLICATION),
        {"version": Case.objects.get(pk=case.pk).version},
    )
    assert forged.status_code == 409
    assert PublicText.objects.get(case=case).state == "draft"


def test_a_forged_confirmation_confirms_nothing_else(case: Case, ministry: Ministry, as_user: Any) -> None:
    page = post(as_user(ministry.officer), case, look="1", confirmed="0" * 32 + " <script>")
    assert places(page) == [("question", "0912345678", False)] * 2
    assert page.context["form"].data["confirmed"] == ""


def test_changing_the_words_opens_the_question_again(case: Case, ministry: Ministry, as_user: Any) -> None:
    officer = as_user(ministry.officer)
    mark = post(officer, case, look="1").context["places"][0].mark.fingerprint
    page = post(officer, case, look="1", confirmed=mark, question="Gọi 0912345679?")
    assert places(page) == [("question", "0912345679", False)]


OFFICES = (
    "Xin gọi tổng đài 1900 9068, hotline 19001234, điện thoại 024 3826 9999 hoặc (028) 3829 5678, thư "
    "tiepdan@bo.gov.vn. Cán bộ: 0987654321."
)


def test_numbers_of_offices_in_the_answer_wait_for_a_decision(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry, content=OFFICES)
    Answer.objects.filter(case=case).update(body=OFFICES)
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    words = page.context["form"].initial
    for number in ("1900 9068", "19001234", "024 3826 9999", "(028) 3829 5678", "tiepdan@bo.gov.vn"):
        assert number in words["answer"]
    assert "0987654321" not in words["answer"], "a mobile number is somebody's"
    assert "3826 9999" not in words["question"], "what the sender wrote is masked as ever"
    open_places = [(p.mark.field, p.text) for p in page.context["places"]]
    assert {("answer", "024 3826 9999"), ("answer", "tiepdan@bo.gov.vn")} <= set(open_places)
    assert page.context["waiting"]
    assert "Có thể là của cơ quan" in page.content.decode()


@pytest.mark.parametrize("number", ["024 3826 9999", "(024) 38269999", "+84 24 3826 9999"])
def test_the_senders_own_landline_stays_masked(number: str, ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    Sender.objects.filter(pk=case.submission.sender.pk).update(phone="02438269999")
    Answer.objects.filter(case=case).update(body=f"Đã gọi {number} cho ông/bà.")
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    assert page.context["form"].initial["answer"] == "Đã gọi [số điện thoại] cho ông/bà."
    ((_label, place),) = [one for one in page.context["masked_places"] if one[1].field == "answer"]
    assert (place.text, place.is_own) == (number, True)


def test_what_was_masked_unasked_is_named_and_can_be_kept(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry, content=CONTENT)
    officer = as_user(ministry.officer)
    page = officer.get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    masked = [(place.field, place.text, place.is_own) for _label, place in page.context["masked_places"]]
    assert masked == [
        ("question", "Nguyễn Thị Thu Cúc", True),
        ("question", "0900000101", True),
        ("question", "0912345678", False),
        ("question", "0912345678", False),
    ]
    words = page.context["form"].initial
    kept, own = (page.context["masked_places"][at][1].fingerprint for at in (2, 1))
    assert f'name="keep" value="{kept}"' in page.content.decode()
    assert f'name="keep" value="{own}"' not in page.content.decode()

    edited = {**words, "question": f"Thưa Bộ. {words['question']}"}
    after = post(officer, case, **edited, keep=kept)
    assert after.context["form"].data["question"].count("0912345678") == 2
    assert places(after) == [("question", "0912345678", True)] * 2
    assert not after.context["waiting"]
    assert [place.text for _label, place in after.context["masked_places"]] == [
        "Nguyễn Thị Thu Cúc",
        "0900000101",
    ]
    forged = post(officer, case, **edited, keep=own)
    assert "0900000101" not in forged.context["form"].data["question"]
    rewritten = post(officer, case, **{**words, "question": "Viết lại hết."}, look="1")
    assert rewritten.context["masked_places"] == []


def test_names_of_others_wait_for_a_decision(ministry: Ministry, as_user: Any) -> None:
    """They are not masked beforehand: a name may be a street's. The gate stays shut until somebody says."""
    case = make_case(Status.ANSWERED, ministry, content="Ông Nguyễn Văn Bình nợ lương, gọi 0912345678.")
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    assert page.context["form"].initial["question"] == "Ông Nguyễn Văn Bình nợ lương, gọi [số điện thoại]."
    assert places(page) == [("question", "Nguyễn Văn Bình", False)]
    assert page.context["waiting"]
    assert "Có thể là tên người" in page.content.decode()


def test_the_given_name_of_the_sender_waits_too(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry, content="Chị Cúc hỏi.")
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT))
    assert ("question", "Cúc", False) in places(page)
