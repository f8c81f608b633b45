"""The three doors through which files come: the form, what is added later, what staff enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pakn_portal.cases import actions
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.files import ReaderFailed, reader
from pakn_portal.submissions.files.turns import Turns
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.reading import bounds
from tests.factories import Ministry, make_ministry
from tests.pages.forms import CITIZEN, fill, hidden
from tests.pages.test_tracking import act, make_mine, open_case
from tests.staff.test_entry import filled
from tests.submissions.corpus import compound, office, pdf, pictures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

Door = Callable[[Client, Ministry, list[SimpleUploadedFile], str], Any]
WORDS = "Mẫu đơn hiện nay khó điền, tôi gửi kèm giấy tờ để Bộ xem."


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


def by_form(client: Client, ministry: Ministry, files: list[SimpleUploadedFile], action: str) -> Any:
    return client.post(CITIZEN, fill(client, content=WORDS, action=action, attachments=files))


def by_supplement(client: Client, ministry: Ministry, files: list[SimpleUploadedFile], action: str) -> Any:
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Gửi giấy tờ.")
    page = open_case(client, case, secret)
    key = hidden(page.content.decode(), "form_key")
    what = "attach" if action == "attach" else "supplement"
    return act(client, page, what, form_key=key, content=WORDS, attachments=files)


def by_entry(client: Client, ministry: Ministry, files: list[SimpleUploadedFile], action: str) -> Any:
    client.force_login(ministry.intake)
    more = {"attach": "1"} if action == "attach" else {}
    return client.post(addresses.entry_url(), filled(client, content=WORDS, attachments=files, **more))


DOORS: list[Door] = [by_form, by_supplement, by_entry]
ORDINARY = [
    pictures.ORDINARY["a tracking pixel"],
    pictures.ORDINARY["a signature line"],
    pictures.ORDINARY["a portrait with a number of the wrong kind"],
    office.ORDINARY["a letter with a link"],
    pdf.ORDINARY["a link"],
]
REFUSED = {
    "pixels": pictures.BROKEN["right sums, broken pixels"],
    "HEIC": pictures.PHONE["HEIC under another name"],
    "DDE": office.REFUSED["DDE split over runs"][:2],
    "macros": compound.REFUSED["macros in small letters"][:2],
    "DTD": office.REFUSED["entities in a main part not called .xml"][:2],
    "page": ("a.pdf", pdf.HOSTILE["a web page inside"]),
}


def uploads(*files: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}-{name}", content) for n, (name, content) in enumerate(files)]


@pytest.mark.parametrize("door", DOORS)
def test_ordinary_files_come_in_and_staff_can_open_each(
    client: Client, ministry: Ministry, door: Door
) -> None:
    assert door(client, ministry, uploads(*ORDINARY), "send").status_code == 200
    kept = list(Case.objects.get().submission.attachments.all())
    assert [file.warnings for file in kept] == [[]] * len(ORDINARY)
    client.force_login(ministry.intake)
    for file in kept:
        response = client.get(reverse("pakn_portal:attachment", args=[file.key]))
        assert (response.status_code, bool(b"".join(response.streaming_content))) == (200, True)
    assert not Attachment.objects.exclude(state=FileState.AVAILABLE).exists()


@pytest.mark.parametrize("action", ["attach", "send"])
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_is_told_at_once_and_no_word_is_lost(
    client: Client, ministry: Ministry, door: Door, what: str, action: str
) -> None:
    good = pictures.ORDINARY["grey"]
    response = door(client, ministry, uploads(REFUSED[what], good), action)
    html = response.content.decode()
    assert response.status_code in (200, 422)
    assert WORDS in html
    assert f"“0-{REFUSED[what][0]}”: " in html
    assert [file.name for file in Attachment.objects.filter(submission=None)] == [f"1-{good[0]}"]


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_could_not_be_looked_at_is_asked_for_again(
    client: Client, ministry: Ministry, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_START", "raise SystemExit(1)")
    response = door(client, ministry, uploads(*ORDINARY[:1]), "send")
    assert response.status_code == 422
    assert WORDS in response.content.decode()
    assert "sau vài phút" in response.content.decode()


def test_a_sender_without_a_turn_waits_once_and_loses_nothing_else(
    client: Client, ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "WAIT_SECONDS", 0)
    by_form(client, ministry, uploads(ORDINARY[0]), "attach")
    waits, take = [], Turns._take
    monkeypatch.setattr(Turns, "_take", lambda *what: (waits.append(what[1]), take(*what)))
    data = fill(client, content=WORDS, action="attach", attachments=uploads(*ORDINARY))
    with reader._TURNS.turn("127.0.0.1", wait=0):
        waits.clear()
        html = client.post(CITIZEN, data).content.decode()
        assert (waits, html.count("sau một phút"), WORDS in html) == (
            ["127.0.0.1"],
            2 * len(ORDINARY),  # in the list of obstacles and beside the field
            True,
        )
        other = Client(REMOTE_ADDR="203.0.113.2")
        by_form(other, ministry, uploads(*ORDINARY), "send")
    assert Case.objects.get().submission.attachments.count() == len(ORDINARY)


def test_warnings_stand_beside_the_file_for_staff(client: Client, ministry: Ministry) -> None:
    name, content, _warning = office.WARNED["a template elsewhere"]
    by_form(client, ministry, uploads((name, content)), "send")
    client.force_login(ministry.intake)
    page = client.get(addresses.case_url(Case.objects.get().pk)).content.decode()
    assert "Có liên kết đến tệp ở nơi khác" in page


def test_staff_are_asked_to_come_again_and_the_picture_is_not_given_up(
    client: Client, ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine under strain says nothing about the picture."""
    by_form(client, ministry, uploads(*ORDINARY[:1]), "send")
    url = reverse("pakn_portal:attachment", args=[Attachment.objects.get().key])
    client.force_login(ministry.intake)

    def strained(file: Any, kind: str) -> Any:
        raise ReaderFailed

    with monkeypatch.context() as moment:
        moment.setattr(reader, "draw", strained)
        response = client.get(url)
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert "sau vài phút" in response.content.decode()
    assert client.get(url).status_code == 200
