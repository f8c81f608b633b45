from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pakn_portal import clock
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.entry import receipts
from pakn_portal.submissions.forms.senders import form_class_for
from pakn_portal.submissions.models import Attachment, KeptWords, Submission
from pakn_portal.submissions.secrets import normalize_secret, verify_secret
from pakn_portal.submissions.tray import sweep_uploads
from tests.factories import Ministry

pytestmark = pytest.mark.django_db

#: The smallest JPEG-like thing is no JPEG: a PNG of one pixel, whole.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def filled(client: Any, **changes: Any) -> dict[str, Any]:
    page = client.get(addresses.entry_url())
    data = {
        "form_key": page.context["form_key"],
        "channel": "post",
        "received_at": clock.local(clock.now()).strftime("%d/%m/%Y %H:%M"),
        "kind": "petition",
        "title": "Đề nghị sửa mẫu đơn trợ cấp thất nghiệp",
        "content": "Mẫu đơn hiện nay khó điền. Tôi đề nghị sửa cho dễ hiểu hơn.",
        "full_name": "Phạm Văn Thư",
        "address": "Số 5, ngõ 12, phường Láng",
    }
    return {**data, **changes}


@pytest.mark.every_wagtail
def test_a_letter_becomes_a_case_with_a_receipt(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    data = filled(client)
    receipt = client.post(addresses.entry_url(), data)
    case = Case.objects.get()
    submission = case.submission
    assert (submission.channel, submission.entered_by) == ("post", ministry.intake)
    assert case.events.get().by == ministry.intake
    assert verify_secret(normalize_secret(receipt.context["secret"]), submission.secret_hash, submission.pk)
    assert case.number in receipt.content.decode()
    again = client.post(addresses.entry_url(), data)
    assert Submission.objects.count() == 1
    assert again.context["secret"] == receipt.context["secret"]


def test_the_clock_starts_on_the_day_it_came(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    came = clock.local(clock.now()) - timedelta(days=9)
    data = filled(client, received_at=came.strftime("%d/%m/%Y %H:%M"))
    refused = client.post(addresses.entry_url(), data)
    assert list(refused.context["form"].errors) == ["backdating_reason"]
    assert "Mẫu đơn hiện nay khó điền" in refused.content.decode()
    client.post(addresses.entry_url(), {**data, "backdating_reason": "Thư đến phòng văn thư ngày nghỉ."})
    case = Case.objects.get()
    assert case.registered_on < clock.today()
    assert case.submission.backdating_reason == "Thư đến phòng văn thư ngày nghỉ."


def test_the_day_comes_first(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    client.post(
        addresses.entry_url(),
        filled(client, received_at="05/03/2026 08:15", backdating_reason="Thư thất lạc."),
    )
    case = Case.objects.get()
    assert f"{clock.local(case.submission.received_at):%Y-%m-%d %H:%M}" == "2026-03-05 08:15"
    client = as_user(ministry.intake)
    for query, count in (("05/03/2026", 1), ("06/03/2026", 0)):
        answer = client.get(addresses.list_url(registered_from=query, registered_to=query))
        assert len(answer.context["rows"]) == count


@pytest.mark.every_wagtail
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_at": "01/01/2999 08:00"}, "received_at"),
        ({"received_at": "hôm qua"}, "received_at"),
        ({"channel": "web"}, "channel"),
        ({"address": ""}, "address"),
        ({"full_name": ""}, "full_name"),
        ({"content": ""}, "content"),
    ],
)
def test_wrong_input_is_told_beside_its_field(
    changes: dict[str, str], field: str, ministry: Ministry, as_user: Any
) -> None:
    client = as_user(ministry.intake)
    answer = client.post(addresses.entry_url(), filled(client, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Case.objects.exists()


def test_one_way_to_reach_the_sender_is_enough(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    client.post(addresses.entry_url(), filled(client, channel="phone", address="", phone="0912 345 678"))
    assert Case.objects.get().submission.sender.phone == "0912345678"


@pytest.mark.every_wagtail
def test_a_good_file_waits_for_the_form(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    data = filled(client, title="")
    scan = SimpleUploadedFile("thu.png", PIXEL, content_type="image/png")
    answer = client.post(addresses.entry_url(), {**data, "attachments": scan})
    assert [file.name for file in answer.context["uploads"].kept] == ["thu.png"]
    # as in every form of staff, what may be chosen is told
    html = answer.content.decode()
    assert "mỗi tệp tối đa" in html
    assert 'aria-describedby="files-hint"' in html
    client.post(addresses.entry_url(), {**data, "title": "Thư của ông Thư"})
    assert Attachment.objects.get().submission == Case.objects.get().submission


@pytest.mark.parametrize("button", [{"attach": "1"}, {}])
def test_a_file_is_taken_off_again_before_it_is_saved(
    ministry: Ministry, as_user: Any, button: dict[str, str]
) -> None:
    client = as_user(ministry.intake)
    data = filled(client)
    for name in ("sai.png", "đúng.png"):
        scan = SimpleUploadedFile(name, PIXEL, content_type="image/png")
        form = {**data, "attach": "1", "attachments": scan}
        page = client.post(addresses.entry_url(), form, follow=True)
    wrong = next(file.key for file in page.context["uploads"].kept if file.name == "sai.png")
    assert f'name="remove_file" value="{wrong}"' in page.content.decode()
    client.post(addresses.entry_url(), {**data, **button, "remove_file": wrong})
    client.post(addresses.entry_url(), data)
    assert [file.name for file in Attachment.objects.filter(submission__isnull=False)] == ["đúng.png"]


def test_a_file_of_a_saved_form_that_is_sent_again_waits_as_long_as_any(
    ministry: Ministry, as_user: Any
) -> None:
    client = as_user(ministry.intake)
    data = filled(client)
    client.post(addresses.entry_url(), data)
    late = SimpleUploadedFile("thư.png", PIXEL)
    again = client.post(addresses.entry_url(), {**data, "attachments": [late]})
    assert again.status_code == 409
    Attachment.objects.update(uploaded_at=clock.now() - timedelta(days=3))
    assert sweep_uploads() == 0
    fresh = again.context["form_key"]
    client.post(addresses.entry_url(), {**data, "form_key": fresh})
    assert [file.name for file in Submission.objects.latest("pk").attachments.all()] == ["thư.png"]


def test_a_business_has_its_fields(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    data = filled(client, organisation="Công ty TNHH Minh Phát", tax_code="0100109106")
    client.post(f"{addresses.entry_url()}?sender=business", data)
    sender = Case.objects.get().submission.sender
    assert (sender.kind, sender.organisation) == ("business", "Công ty TNHH Minh Phát")


@pytest.mark.parametrize("role", ["officer", "head", "focal", "publisher", "leader", "inspector", "auditor"])
def test_only_the_ministry_office_enters(role: str, ministry: Ministry, as_user: Any) -> None:
    data = filled(as_user(ministry.intake))
    client = as_user(getattr(ministry, role))
    assert client.get(addresses.entry_url()).status_code == 302
    assert client.post(addresses.entry_url(), data).status_code == 302
    assert not Case.objects.exists()


def test_the_history_says_who_entered_it(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    client.post(addresses.entry_url(), filled(client))
    page = client.get(addresses.case_url(Case.objects.get().pk))
    line = page.context["dossier"].history[0]
    assert (line.verb, line.by) == (Verb.SUBMIT, "Đoàn Thị Minh Nguyệt")


def test_the_receipt_says_who_gives_it_and_where_its_codes_are_typed(
    ministry: Ministry, as_user: Any, section: Any, settings: Any
) -> None:
    settings.PAKN_PORTAL = {
        "MINISTRY_NAME": "Bộ <Mẫu>",
        "MINISTRY_CONTACT": "Số 1 phố Mẫu\nĐiện thoại: 1900 0000",
    }
    client = as_user(ministry.intake)
    html = client.post(addresses.entry_url(), filled(client)).content.decode()
    receipt = html.split('class="pakn-receipt"')[1].split("</section>")[0]
    for part in ("Bộ &lt;Mẫu&gt;", "http://testserver/pakn/tra-cuu/", "phố Mẫu<br>Điện thoại: 1900 0000"):
        assert part in receipt
    assert re.search(r"In lúc \d\d:\d\d \d\d/\d\d/\d{4}", html)


def test_a_forged_form_key_is_replaced(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    answer = client.post(addresses.entry_url(), filled(client, form_key="x"))
    assert answer.context["obstacle"] != ""
    assert answer.context["form_key"] != "x"
    assert not Case.objects.exists()


@pytest.mark.parametrize("sender", ["citizen", "business"])
def test_the_form_speaks_to_staff_and_not_to_the_sender(
    sender: str, ministry: Ministry, as_user: Any
) -> None:
    page = as_user(ministry.intake).get(addresses.entry_url(), {"sender": sender})
    form, public = page.context["form"], form_class_for(sender)()
    shared = ("kind", "content", "wants_name_published")
    assert [name for name in shared if str(form[name].label) == str(public[name].label)] == []
    assert {form.fields[name].widget.attrs["autocomplete"] for name in ("full_name", "address")} == {"off"}
    html = page.content.decode()
    for word in ("Tôi ", "của tôi", "Bạn ", "bạn là ai"):
        assert word not in html.split('class="pakn-entry"')[1].split("</form>")[0], word
    answer = as_user(ministry.intake).post(
        addresses.entry_url(), filled(as_user(ministry.intake), full_name="")
    )
    assert "họ và tên người gửi" in str(answer.context["form"].errors["full_name"])


@pytest.mark.every_wagtail
def test_the_errors_above_the_form_lead_to_their_fields_in_their_order(
    ministry: Ministry, as_user: Any
) -> None:
    client = as_user(ministry.intake)
    html = client.post(
        addresses.entry_url(), filled(client, channel="", title="", full_name="")
    ).content.decode()
    summary = html.split("pakn-errors")[1].split("</ul>")[0]
    links = re.findall(r'<a href="#([^"]+)"', summary)
    assert links == ["id_title", "id_channel", "id_full_name"]
    assert [f'id="{link}"' in html for link in links] == [True, True, True]


@pytest.mark.every_wagtail
def test_who_entered_it_shows_the_receipt_again_and_nobody_else(
    ministry: Ministry, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(ministry.intake)
    receipt = client.post(addresses.entry_url(), filled(client))
    secret, number = receipt.context["secret"], Case.objects.get().number
    assert f"Xem lại phiếu tiếp nhận {number}" in client.get(addresses.entry_url()).content.decode()
    shown = client.get(addresses.entry_receipt_url())
    assert shown.context["secret"] == secret
    assert "no-store" in shown["Cache-Control"]
    cookie = client.cookies["pakn_receipt"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", addresses.entry_url())
    assert secret.replace("-", "") not in cookie.value

    colleague = Client()
    colleague.force_login(ministry.intake)
    colleague.cookies["pakn_receipt"] = cookie.value
    again = colleague.get(addresses.entry_receipt_url(), follow=True)
    assert secret not in again.content.decode()
    assert "không xem lại được nữa" in again.content.decode()
    monkeypatch.setattr(receipts, "LASTS", timedelta(seconds=-5))
    assert secret not in client.get(addresses.entry_receipt_url(), follow=True).content.decode()


def test_the_receipt_of_a_case_that_was_sealed_is_shown_no_more(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    receipt = client.post(addresses.entry_url(), filled(client))
    Case.objects.update(status=Status.DENUNCIATION)
    shown = client.get(addresses.entry_receipt_url(), follow=True).content.decode()
    assert receipt.context["secret"] not in shown
    assert Case.objects.get().number not in shown


def test_another_kind_of_sender_keeps_what_was_typed(ministry: Ministry, as_user: Any) -> None:
    """Its tab was a link: the words were gone, and their draft was offered under the first kind alone."""
    client = as_user(ministry.intake)
    data = filled(client)
    client.post(addresses.entry_url(), {**data, "keep_draft": "1"})
    page = client.post(f"{addresses.entry_url()}?sender=business", {**data, "switch": "citizen"})
    form = page.context["form"]
    assert "organisation" in form.fields
    assert [form[name].value() for name in ("title", "content", "address")] == [
        data["title"], data["content"], data["address"],
    ]  # fmt: skip
    assert not Case.objects.exists()
    assert set(KeptWords.objects.values_list("place", flat=True)) == {"entry/business"}
    assert page.context["kept"].key
    html = page.content.decode()
    assert html.index('name="title"') < html.index('name="channel"') < html.index('name="organisation"')
