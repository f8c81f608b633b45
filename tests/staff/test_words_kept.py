"""Whatever turns a form of staff away, its words come back to whoever wrote them, and to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.management.worker import STEPS
from pakn_portal.routing.actions import take_to_unit
from pakn_portal.snippets.models import RefusalReason, Sector
from pakn_portal.staff import addresses, kept_words
from pakn_portal.submissions.models import Attachment, KeptWords, LeftWords, Submission
from pakn_portal.submissions.secrets import issue_form_key
from pakn_portal.submissions.uploads import Uploads, take_uploads
from tests.architecture.source import PACKAGE
from tests.factories import Ministry, make_case
from tests.fixtures.later import later
from tests.submissions.files import pdf

pytestmark = pytest.mark.django_db

WORDS = "Kính gửi ông/bà: <b>hồ sơ</b> còn thiếu; đã viết nửa giờ."
DRAFT = {"body": WORDS, "legal_bases": "Luật Việc làm 2025", "outcome": "explained"}


def sign_in(user: Any, client: Client | None = None) -> Client:
    """By the log-in page, with whatever session there is."""
    client = client or Client()
    user.set_password("x")
    user.save()
    page = client.get("/admin/login/")
    assert page.status_code == 200
    assert client.post("/admin/login/", {"username": user.username, "password": "x"}).status_code == 302
    return client


def lose_session(client: Client) -> None:
    del client.cookies[django_settings.SESSION_COOKIE_NAME]


def opened(client: Client, url: str, **typed: Any) -> dict[str, Any]:
    """The form's hidden fields as a browser sends them, with what was typed."""
    html = client.get(url).content.decode()
    form = html[html.index('name="writer"') - 400 :]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {**{name: unescape(value) for name, value in hidden}, **typed}


def text_in(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def draft(ministry: Ministry) -> str:
    """The address of a draft to be written."""
    return addresses.move_url(make_case(Status.PROCESSING, ministry).pk, Verb.DRAFT_ANSWER)


def test_a_draft_survives_the_end_of_its_session(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    turned_away = client.post(draft, data, follow=True)
    assert turned_away.redirect_chain[0][0].startswith("/admin/login/")
    assert "Phần đã viết được giữ; đăng nhập lại để tiếp tục." in text_in(turned_away)
    sign_in(ministry.officer, client)
    again = client.get(draft, follow=True)
    assert again.status_code == 200
    assert WORDS in text_in(again)
    assert "Luật Việc làm 2025" in text_in(again)
    assert "Phiên đăng nhập đã hết" in text_in(again)
    assert 'data-w-unsaved-force-value="true"' in text_in(again)
    assert not Answer.objects.exists()
    assert not client.get(draft, follow=True).context["form"]["body"].value()
    assert client.post(draft, opened(client, draft, **DRAFT)).status_code == 302
    assert Answer.objects.get().body == WORDS


def test_what_was_taken_back_has_an_address_of_its_own(ministry: Ministry, draft: str) -> None:
    """Whoever goes back or loads the page anew finds these words in it, and not those of an older draft."""
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    client.post(draft, {**data, "body": "Bản cũ hơn.", "keep_draft": "1"}, headers={"X-Pakn-Keep": "1"})
    lose_session(client)
    client.post(draft, data)
    sign_in(ministry.officer, client)
    led = client.get(draft)
    for _time in range(2):
        page = client.get(led.headers["Location"])
        assert page.context["form"]["body"].value() == WORDS
        assert "Phiên đăng nhập đã hết" in text_in(page)
        (older,) = page.context["kept"].offered
        assert older.beginning == "Bản cũ hơn."
        assert "taken_back" not in older.url
    client.get(draft)
    assert KeptWords.objects.exclude(saved_at=None).count() == 2


def test_after_a_lost_session_the_form_goes_on_with_its_draft(ministry: Ministry, draft: str) -> None:
    """What was typed after the draft was kept last is no second text."""
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    kept = client.post(draft, {**data, "keep_draft": "1"}, headers={"X-Pakn-Keep": "1"}).json()
    data.update(kept=kept["kept"], kept_revision=kept["revision"])
    lose_session(client)
    client.post(draft, {**data, "body": f"{WORDS} Thêm một câu.", "open_tab": "bases"})
    sign_in(ministry.officer, client)
    page = client.get(draft, follow=True)
    assert "Thêm một câu." in text_in(page)
    assert page.context["kept"].offered == []
    assert page.context["kept"].key == kept["kept"]
    form = opened(client, page.request["PATH_INFO"], **DRAFT)
    assert client.post(draft, {**form, "kept": kept["kept"]}).status_code == 302
    assert not KeptWords.objects.exists()


def test_a_draft_that_was_changed_elsewhere_meanwhile_is_offered_and_compared(
    ministry: Ministry, draft: str
) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    kept = client.post(draft, {**data, "keep_draft": "1"}, headers={"X-Pakn-Keep": "1"}).json()
    data.update(kept=kept["kept"], kept_revision=kept["revision"])
    changed = {**data, "body": "Viết ở máy khác.", "keep_draft": "1"}
    sign_in(ministry.officer).post(draft, changed, headers={"X-Pakn-Keep": "1"})
    lose_session(client)
    client.post(draft, data)
    sign_in(ministry.officer, client)
    page = client.get(draft, follow=True)
    (offered,) = page.context["kept"].offered
    assert offered.is_against_form
    assert [one.name for one in offered.compared] == ["body"]
    assert "Nội dung đang hiện trong biểu mẫu khác" in text_in(page)


def test_the_log_in_page_says_once_that_they_are_kept(ministry: Ministry, draft: str) -> None:
    for user, url in ((ministry.officer, draft), (ministry.intake, addresses.entry_url())):
        client = sign_in(user)
        data = opened(client, url, **DRAFT)
        lose_session(client)
        turned_away = client.post(url, data, follow=True)
        assert text_in(turned_away).count("Phần đã viết được giữ") == 1


def test_two_tabs_of_one_form_both_keep_their_words(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    other = {**data, "body": "Một bản trả lời khác hẳn."}
    lose_session(client)
    for tab in (data, data, other):
        client.post(draft, tab)
    sign_in(ministry.officer, client)
    first = client.get(draft, follow=True)
    assert first.context["form"]["body"].value() == "Một bản trả lời khác hẳn."
    (beside,) = first.context["kept"].offered
    assert beside.beginning[:12] == WORDS[:12]
    again = client.get(draft)
    assert not again.context["form"]["body"].value()
    assert {one.beginning[:12] for one in again.context["kept"].offered} == {WORDS[:12], "Một bản trả "}


def test_a_tab_of_which_nothing_can_be_kept_loses_no_words(
    ministry: Ministry, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    for body in ("Thẻ thứ nhất.", "Thẻ thứ hai."):
        client.post(draft, {**data, "body": body})
    sign_in(ministry.officer, client)
    monkeypatch.setattr("pakn_portal.staff.drafts.keeping.MOST_OF_ACCOUNT", 0)
    for body in ("Thẻ thứ hai.", "Thẻ thứ nhất."):
        page = client.get(draft)
        assert page.context["form"]["body"].value() == body
        assert "đã đầy" in page.context["kept"].sentence


def test_they_are_offered_to_no_other_account(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    sign_in(ministry.head, client)
    session = dict(client.session)
    assert WORDS not in text_in(client.get(draft, follow=True))
    assert WORDS not in str(session)
    assert "Kính gửi" not in str(session)


def test_their_writer_finds_them_after_somebody_else_signed_in_there(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    sign_in(ministry.head, client)
    assert "đã viết nửa giờ" not in text_in(client.get(draft, follow=True))
    client.post("/admin/logout/")
    sign_in(ministry.officer, client)
    assert "đã viết nửa giờ" in text_in(client.get(draft, follow=True))
    assert not LeftWords.objects.exists()


def test_nothing_is_kept_for_whoever_had_no_form_of_ours(draft: str, client: Client) -> None:
    client.post(draft, {**DRAFT, "writer": "1:forged"})
    client.post(draft, DRAFT)
    client.post(addresses.entry_url(), {"form_key": issue_form_key(), "attachments": [pdf("thư.pdf")]})
    assert not client.session.keys()
    assert not Attachment.objects.exists()


def test_they_are_not_kept_for_ever(ministry: Ministry, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    sign_in(ministry.officer, client)
    monkeypatch.setattr("pakn_portal.staff.kept_words.KEPT_FOR", timedelta(seconds=-1))
    assert WORDS not in text_in(client.get(draft, follow=True))


def test_they_end_by_themselves_whether_or_not_sessions_are_cleared(ministry: Ministry, draft: str) -> None:
    """Nothing of them is in the session, and the worker deletes them."""
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    assert all(len(str(row)) < 500 for row in Session.objects.values_list("session_data", flat=True))
    with later(hours=11):
        next(step for step in STEPS if step.name == "limits").run(lambda: False)
        assert LeftWords.objects.count() == 1
    with later(hours=12, minutes=1):
        next(step for step in STEPS if step.name == "limits").run(lambda: False)
        assert not LeftWords.objects.exists()
        sign_in(ministry.officer, client)
        assert WORDS not in text_in(client.get(draft, follow=True))


def test_no_more_than_the_newest_wait(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    for number in range(7):
        client.post(draft, {**data, "body": f"Bản {number}"})
    assert LeftWords.objects.count() == 5
    sign_in(ministry.officer, client)
    page = client.get(draft, follow=True)
    assert page.context["form"]["body"].value() == "Bản 6"
    assert len(page.context["kept"].offered) == 4
    assert not LeftWords.objects.exists()


def test_a_confirmed_secret_takes_them_along(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    case = Case.objects.get()
    actions.hold_case(case, by=ministry.intake)
    assert LeftWords.objects.count() == 1
    actions.confirm_secret(case, by=ministry.inspector, paper_number="1/BM", paper_dated_on=clock.today())
    assert not LeftWords.objects.exists()


def test_a_secret_that_is_confirmed_while_files_are_read_leaves_none_behind(
    ministry: Ministry, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, form_key=issue_form_key(), **DRAFT)
    lose_session(client)
    case = Case.objects.get()
    actions.hold_case(case, by=ministry.intake)

    def meanwhile(*files: Any, **given: Any) -> Uploads:
        actions.confirm_secret(case, by=ministry.inspector, paper_number="1", paper_dated_on=clock.today())
        return take_uploads(*files, **given)

    monkeypatch.setattr(kept_words, "take_uploads", meanwhile)
    client.post(draft, {**data, "attachments": [pdf("a.pdf")]})
    assert not LeftWords.objects.exists()
    assert not Attachment.objects.filter(submission=None).exists()


def test_where_sessions_are_cookies_they_are_kept_too(ministry: Ministry, draft: str, settings: Any) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    sign_in(ministry.officer, client)
    assert WORDS in text_in(client.get(draft, follow=True))


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.NOTE, Verb.REQUEST_OPINION])
def test_so_does_every_move_with_a_text(ministry: Ministry, verb: Verb) -> None:
    case = make_case(Status.PROCESSING, ministry)
    address = addresses.move_url(case.pk, verb)
    user = ministry.focal if verb == Verb.SEND_BACK else ministry.officer
    client = sign_in(user)
    data = opened(client, address, note=WORDS)
    lose_session(client)
    client.post(address, data)
    sign_in(user, client)
    assert WORDS in text_in(client.get(address, follow=True))


def test_so_does_a_text_for_the_public(ministry: Ministry) -> None:
    case = make_case(Status.ANSWERED, ministry)
    address = addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT)
    client = sign_in(ministry.officer)
    data = opened(client, address, title="Tựa", question="Hỏi gì", answer=WORDS, mask_all="1")
    lose_session(client)
    client.post(address, data)
    sign_in(ministry.officer, client)
    assert WORDS in text_in(client.get(address, follow=True))
    assert not PublicText.objects.exists()


def entered(client: Client) -> dict[str, Any]:
    return opened(
        client,
        addresses.entry_url(),
        channel="post",
        received_at=clock.local(clock.now()).strftime("%d/%m/%Y %H:%M"),
        kind="petition",
        title="Đề nghị sửa mẫu đơn",
        content=WORDS,
        full_name="Phạm Văn Thư",
        address="Số 5, ngõ 12, phường Láng",
    )


def test_so_does_a_letter_that_was_typed_in(ministry: Ministry) -> None:
    client = sign_in(ministry.intake)
    data = entered(client)
    client.post(addresses.entry_url(), {**data, "attach": "1", "attachments": [pdf("thư.pdf")]})
    lose_session(client)
    client.post(addresses.entry_url(), data)
    sign_in(ministry.intake, client)
    again = client.get(addresses.entry_url(), follow=True)
    for typed in (WORDS, "Phạm Văn Thư", "Số 5, ngõ 12, phường Láng", "thư.pdf", data["received_at"]):
        assert typed in text_in(again)
    assert not Submission.objects.exists()
    assert Attachment.objects.count() == 1


def test_so_do_the_files_that_came_with_the_lost_form(ministry: Ministry) -> None:
    client = sign_in(ministry.intake)
    data = entered(client)
    lose_session(client)
    files = [pdf("thư.pdf"), SimpleUploadedFile("thư.exe", b"MZ")]
    client.post(addresses.entry_url(), {**data, "attachments": files})
    sign_in(ministry.intake, client)
    again = client.get(addresses.entry_url(), follow=True)
    assert [file.name for file in again.context["uploads"].kept] == ["thư.pdf"]
    assert "“thư.exe”" in text_in(again)
    sent = client.post(addresses.entry_url(), data)
    assert sent.status_code == 200
    assert [file.name for file in Submission.objects.get().attachments.all()] == ["thư.pdf"]


def test_files_of_a_form_without_a_key_are_named(ministry: Ministry) -> None:
    client = sign_in(ministry.intake)
    data = {**entered(client), "form_key": "x", "attachments": [pdf("thư.pdf")]}
    lose_session(client)
    client.post(addresses.entry_url(), data)
    sign_in(ministry.intake, client)
    assert "“thư.pdf”" in text_in(client.get(addresses.entry_url(), follow=True))
    assert not Attachment.objects.exists()


def test_whoever_may_not_enter_letters_any_more_copies_words_and_is_told_of_files(ministry: Ministry) -> None:
    client = sign_in(ministry.intake)
    data = {**entered(client), "attachments": [pdf("thư.pdf")]}
    ministry.intake.groups.set(ministry.officer.groups.all())
    refused = client.post(addresses.entry_url(), data)
    assert refused.status_code == 403
    for typed in (WORDS, "Phạm Văn Thư", "Số 5, ngõ 12, phường Láng", "thư.pdf"):
        assert typed in text_in(refused)


def test_the_token_of_another_tab_loses_no_draft(ministry: Ministry, draft: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.officer)
    data = opened(client, draft, **DRAFT)
    refused = client.post(draft, {**data, "csrfmiddlewaretoken": "a" * 64})
    assert refused.status_code == 403
    assert WORDS in text_in(refused)
    assert "Nội dung chưa được gửi" in text_in(refused)
    assert not Answer.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text_in(refused))
    assert token
    assert client.post(draft, {**data, "csrfmiddlewaretoken": token[1]}).status_code == 302
    assert Answer.objects.get().body == WORDS


def test_the_token_of_another_tab_loses_no_letter(ministry: Ministry) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.intake)
    data = {**entered(client), "attachments": [pdf("thư.pdf")]}
    refused = client.post(addresses.entry_url(), {**data, "csrfmiddlewaretoken": ""})
    assert refused.status_code == 403
    assert WORDS in text_in(refused)
    assert "thư.pdf" in text_in(refused)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_another_site_puts_no_words_into_a_form_of_staff(
    ministry: Ministry, draft: str, headers: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.officer)
    refused = client.post(draft, DRAFT, headers=headers)
    assert refused.status_code == 403
    assert WORDS not in text_in(refused)


def test_no_word_of_the_browser_lets_staff_act_without_their_token(ministry: Ministry, draft: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.officer)
    data = opened(client, draft, **DRAFT)
    data.pop("csrfmiddlewaretoken")
    own = {"Sec-Fetch-Site": "same-origin"}
    refused = client.post(draft, data, headers=own)
    mark = re.findall(r'name="shown_again" value="([^"]+)"', text_in(refused))
    for value in [*mark, "x"]:
        assert client.post(draft, {**data, "shown_again": value}, headers=own).status_code == 403
    assert not Answer.objects.exists()


def test_a_form_of_another_account_is_neither_shown_nor_saved(ministry: Ministry, draft: str) -> None:
    data = opened(sign_in(ministry.officer), draft, **DRAFT)
    other = sign_in(ministry.head)
    refused = other.post(draft, data, follow=True)
    assert WORDS not in text_in(refused)
    assert not Answer.objects.exists()


def test_a_case_that_went_elsewhere_leaves_the_words_to_be_copied(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    data["legal_bases"] = "45/2019/QH14"
    actions.hold_case(Case.objects.get(), by=ministry.intake)
    gone = client.post(draft, data)
    assert gone.status_code == 404
    assert gone.context["words"] == [WORDS, "45/2019/QH14"]
    assert WORDS in text_in(gone)
    assert client.get(draft).status_code == 404
    assert client.post(draft, DRAFT).status_code == 404


def test_words_come_back_even_when_the_move_is_no_more(ministry: Ministry, draft: str) -> None:
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    lose_session(client)
    client.post(draft, data)
    actions.withdraw_case(Case.objects.get())
    sign_in(ministry.officer, client)
    assert WORDS in text_in(client.get(draft, follow=True))


def test_an_entry_sent_again_a_day_later_is_answered_by_its_receipt(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    data = entered(client)
    first = client.post(addresses.entry_url(), data)
    with later(hours=25):
        again = as_user(ministry.intake).post(addresses.entry_url(), data)
    assert again.context["secret"] == first.context["secret"]
    assert Submission.objects.count() == 1


def test_whoever_leaves_a_form_with_words_is_asked(ministry: Ministry, draft: str) -> None:
    for user, address in ((ministry.officer, draft), (ministry.intake, addresses.entry_url())):
        html = sign_in(user).get(address).content.decode()
        assert 'data-controller="w-unsaved"' in html
        assert "beforeunload@window->w-unsaved#confirm" in html
        assert 'data-w-unsaved-confirmation-value="true"' in html


def test_every_form_of_staff_in_which_one_writes_asks_before_it_is_left() -> None:
    """A form in a template that draws fields, rather than a button alone, has what the CMS watches."""
    folder = PACKAGE / "templates" / "pakn_portal"
    found = 0
    for path in [*(folder / "staff").rglob("*.html"), *(folder / "snippets").rglob("*.html")]:
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(), re.S):
            if "pakn_field" in form or "in form %}" in form:
                found += 1
                assert "includes/unsaved.html" in form, path.name
    assert found >= 6


def test_the_inner_note_goes_along_to_the_action_that_a_reason_leads_to(ministry: Ministry) -> None:
    """Where that one has a box for it, and where it has one box for all."""
    client = sign_in(ministry.intake)
    for code, boxes in (("out_of_competence", 2), ("state_secret", 1)):
        case = make_case(Status.RECEIVED, ministry)
        reason = RefusalReason.objects.get(code=code)
        written = {"reason": reason.pk, "note": "Gửi cơ quan khác.", "inner_note": "Đã gọi Sở."}
        url = addresses.move_url(case.pk, Verb.REFUSE)
        form = client.post(url, opened(client, url, **written)).context["form"]
        shown = [str(form[name].value()) for name in ("note", "inner_note") if name in form.fields]
        assert len(shown) == boxes
        assert "Gửi cơ quan khác." in shown[0]
        assert "Đã gọi Sở." in shown[-1]


def test_a_letter_that_a_page_asks_for_by_itself_keeps_no_words(ministry: Ministry) -> None:
    """Of a session that ended: they still stand on the page that asked, and are no whole text."""
    url = addresses.move_url(make_case(Status.RECEIVED, ministry).pk, Verb.REQUEST_SUPPLEMENT)
    client = sign_in(ministry.intake)
    data = opened(client, url, note="Xin gử", letter="letter")
    lose_session(client)
    answer = client.post(url, data, headers={"X-Pakn-Part": "letter"})
    assert answer.status_code == 401
    sign_in(ministry.intake, client)
    assert "Xin gử" not in text_in(client.get(url, follow=True))


def test_an_intake_that_a_colleague_was_faster_with_gives_the_note_back(ministry: Ministry) -> None:
    case = make_case()
    client = sign_in(ministry.intake)
    url = addresses.intake_url(case.pk)
    sector = Sector.objects.order_by("pk")[0]
    data = opened(client, url, sector=sector.pk, urgency="normal", to_unit=ministry.unit.pk, note=WORDS)
    take_to_unit(
        Case.objects.get(pk=case.pk),
        sector=sector,
        urgency="normal",
        to_unit=ministry.unit,
        by=ministry.intake,
    )
    for form in (data, {**data, "sector": ""}, {**data, "keep_draft": "1"}):
        answer = client.post(url, form)
        assert answer.status_code == 409
        assert WORDS in text_in(answer)
        assert 'role="alert"' in text_in(answer)
    lose_session(client)
    client.post(url, data)
    sign_in(ministry.intake, client)
    assert WORDS in text_in(client.get(url, follow=True))
