"""The hostile texts of the list (H1–H20, H65–H67), through every form that a visitor can send."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from pakn_portal.cases import actions
from pakn_portal.cases.models import Case
from pakn_portal.submissions.models import Attachment, Submission
from tests.factories import make_ministry
from tests.pages.forms import BUSINESS, CITIZEN, TRACKING, fill, hidden, number_and_secret, send
from tests.pages.test_tracking import make_mine, open_case
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive, pytest.mark.usefixtures("section", "quick")]

TEXTS = {
    "h1-script": "<script>alert(1)</script>",
    "h2-attribute": '" onfocus="alert(1)" autofocus="',
    "h3-link": "javascript:alert(1)//data:text/html,x",
    "h4-template": "{{7*7}} {% load x %} ${7*7} %(x)s %s {0.__class__}",
    "h5-decomposed": unicodedata.normalize("NFD", "Tiếng Việt Ấỗữ"),
    "h7-invisible": "Ng\u200buy\u00adễ\u2060n",
    "h8-bidi": "abc\u202ecod.exe\u2066x",
    "h11-zalgo": "a" + "\u0301" * 200,
    "h12-control": "\x00\x01\x08\x1b[31m\x7f\ufeff\x85",
    "h12-surrogate": "\ud800 \udfff",
    "h13-emoji": "😀👩‍👩‍👧‍👦🇻🇳",
    "h14-one-word": "a" * 60_000,
    "h14-many-lines": "a\n" * 30_000,
    "h16-telex": "Nguwowif lao ddoongj",
    "h17-case": "İIıißK",
    "h18-header": "x\r\nBcc: a@b.vn\r\n\r\n",
    "h19-xml": "<!-- ]]> --> <![CDATA[",
    "h20-separators": "a\u2028b\u2029c",
    "h69-query": "_exists_:x AND *:* /.*/ \\",
    "h71-sql": "' OR 1=1;--",
}
FIELDS = (
    "title",
    "content",
    "concerned_unit",
    "full_name",
    "organisation",
    "address",
    "tax_code",
    "phone",
    "email",
)
CHOICES = ("kind", "suggested_sector", "province", "wants_name_published", "action", "remove_file", "website")
KEYS = ("form_key", "plain_answer", "altcha", "secrecy_mark", "secrecy_checked")
UNSAFE = ("<script>alert", 'onfocus="alert', "<!-- ]]>", "<![CDATA[")


def post(client: Client, url: str, data: dict[str, Any]) -> Any:
    """As a browser would send it; lone surrogates cannot be, so a program's bytes stand for them."""
    pairs = {name: value.encode("utf-8", "surrogatepass") for name, value in data.items()}
    return client.post(url, urlencode(pairs), "application/x-www-form-urlencoded")


def shows_no_markup(response: Any) -> bool:
    """What was typed is shown as text, if at all."""
    html = response.content.decode()
    return not [mark for mark in UNSAFE if mark in html]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("url", [CITIZEN, BUSINESS])
def test_no_text_in_any_field_breaks_the_form(client: Client, url: str, text: str) -> None:
    for names in (FIELDS, CHOICES, KEYS):
        response = post(client, url, fill(client, url, **dict.fromkeys(names, text)))
        assert response.status_code in (200, 422)
        assert shows_no_markup(response)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_accepted_is_clean_in_the_register_and_on_every_page(client: Client, text: str) -> None:
    words = text[:150].split("\n")[0]
    response = post(client, CITIZEN, fill(client, title=f"Hỏi {words}", content=f"Hỏi {text[:9000]}"))
    assert response.status_code == 200, response.context["errors"]
    submission = Submission.objects.get()
    for stored in (submission.title, submission.content):
        assert stored == unicodedata.normalize("NFC", stored)
        assert not [
            char
            for char in stored
            if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\n\u200d\u200c"
        ]
    assert "\n" not in submission.title
    number, secret = number_and_secret(response.content.decode())
    seen = client.post(TRACKING, {"number": number, "secret": secret})
    assert seen.status_code == 200
    for page in (response, seen):
        assert shows_no_markup(page)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_nor_the_tracking_page_and_the_supplement(client: Client, text: str) -> None:
    ministry = make_ministry()
    for names in (("number", "secret"), ("token",), ("grant", "action", "key")):
        response = post(client, TRACKING, dict.fromkeys(names, text))
        assert response.status_code in (403, 404)
        assert shows_no_markup(response)
    query = urlencode({"number": text[:2000].encode("utf-8", "surrogatepass")})
    assert shows_no_markup(client.get(f"{TRACKING}?{query}"))
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Cho biết thêm.")
    page = open_case(client, case, secret)
    grant = page.context["grant"]
    for action, names in {
        "attach": ("content", "form_key", "remove_file"),
        "supplement": ("content", "form_key", "secrecy_mark"),
        "file": ("key",),
        "withdraw": ("form_key",),
        text: ("content",),
    }.items():
        response = post(client, TRACKING, {"grant": grant, "action": action, **dict.fromkeys(names, text)})
        assert response.status_code in (200, 404, 422)
        assert shows_no_markup(response)
    assert Case.objects.get(pk=case.pk).status in ("submitted", "need_info")


def test_h14_a_megabyte_in_one_field_comes_back(client: Client) -> None:
    for word in ("à" * 400_000, "à\n" * 200_000):
        response = send(client, content=word)
        assert response.status_code == 422
        assert word.splitlines()[0] in response.content.decode()


def test_h5_what_is_decomposed_is_stored_composed(client: Client) -> None:
    typed = "Trợ cấp thất nghiệp ở Đắk Lắk"
    send(
        client,
        title=unicodedata.normalize("NFD", typed),
        full_name=unicodedata.normalize("NFD", "Lò Thị Ửng"),
    )
    submission = Submission.objects.get()
    assert (submission.title, submission.sender.full_name) == (typed, "Lò Thị Ửng")


def test_h13_emoji_come_back_as_they_were_sent(client: Client) -> None:
    response = send(client, content="Xin hỏi 😀🇻🇳👍🏽")
    assert Submission.objects.get().content == "Xin hỏi 😀🇻🇳👍🏽"
    number, secret = number_and_secret(response.content.decode())
    assert "😀🇻🇳👍🏽" in client.post(TRACKING, {"number": number, "secret": secret}).content.decode()


@pytest.mark.parametrize(
    "name", ["a\u202efdp.exe", "a.pdf\x00.exe", "x" * 400 + ".pdf", "../../etc/passwd.pdf", "<b>.pdf"]
)
def test_h8_h37_a_hostile_name_of_a_file_is_harmless_or_refused(client: Client, name: str) -> None:
    data = fill(client, action="attach")
    response = client.post(CITIZEN, {**data, "attachments": [pdf(name)]})
    assert response.status_code in (200, 422)
    assert "<b>" not in response.content.decode()
    for kept in Attachment.objects.all():
        assert kept.name.endswith(".pdf")
        assert not set(kept.name) & set('/\\\x00\u202e<>"')
        assert len(kept.name.encode()) <= 255


def test_h66_of_a_field_sent_twice_one_counts(client: Client) -> None:
    data = fill(client)
    response = client.post(CITIZEN, {**data, "title": ["Một", "Hai"], "full_name": ["Trần Một", "Trần Hai"]})
    assert response.status_code == 200
    submission = Submission.objects.get()
    assert (submission.title, submission.sender.full_name) == ("Hai", "Trần Hai")


def test_h67_ten_thousand_fields_and_deep_proofs_are_no_error(client: Client) -> None:
    data = fill(client)
    many = {**data, **{f"field-{number}": "x" for number in range(10_000)}}
    assert client.post(CITIZEN, many).status_code == 400
    deep = client.post(CITIZEN, {**fill(client, plain_answer=None), "altcha": "[" * 3000 + "]" * 3000})
    assert deep.status_code == 422
    assert Submission.objects.count() == 0


def test_h65_a_path_or_query_is_not_reflected(client: Client) -> None:
    for url in (CITIZEN, TRACKING, "/pakn/", "/pakn/gui/"):
        html = client.get(url, {"number": TEXTS["h2-attribute"], "kind": TEXTS["h1-script"]}).content.decode()
        assert "<script>alert" not in html
        assert 'onfocus="alert' not in html
    assert hidden(client.get(CITIZEN, {"form_key": "mine"}).content.decode(), "form_key") != "mine"
