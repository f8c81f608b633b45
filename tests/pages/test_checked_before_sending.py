"""Before anything is sent it is shown once more: with every word and file, without JavaScript."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from pakn_portal.cases.models import Case
from pakn_portal.submissions.models import Attachment, Submission
from tests.pages.forms import CITIZEN, GOOD, fill, number_and_secret
from tests.publication.test_cost import queries
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]


def hidden_of(html: str) -> dict[str, str]:
    """What the page sends again by itself."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    }


def test_what_was_written_is_shown_and_sent_from_there(client: Client) -> None:
    page = client.post(CITIZEN, fill(client, action="check", attachments=[pdf("đơn.pdf")]))
    html = unescape(page.content.decode())
    assert page.status_code == 200
    told = ("0900 000 101", "đơn.pdf", "chưa được gửi")
    for shown in (GOOD["title"], GOOD["content"], GOOD["full_name"], *told):
        assert shown in html
    assert not Case.objects.exists()
    sent = client.post(CITIZEN, {**hidden_of(page.content.decode()), "action": "send"})
    number_and_secret(sent.content.decode())
    submission = Submission.objects.get()
    assert (submission.title, submission.content) == (GOOD["title"], GOOD["content"])
    assert [file.name for file in submission.attachments.all()] == ["đơn.pdf"]
    receipt = unescape(sent.content.decode())
    assert GOOD["title"] in receipt
    assert GOOD["content"] in receipt


def test_each_line_leads_back_to_its_field_with_every_word(client: Client) -> None:
    page = client.post(CITIZEN, fill(client, action="check", attachments=[pdf("đơn.pdf")]))
    assert f'formaction="{CITIZEN}#id_title"' in page.content.decode()
    back = client.post(CITIZEN, {**hidden_of(page.content.decode()), "action": "edit"})
    html = unescape(back.content.decode())
    assert f'value="{GOOD["title"]}"' in html
    assert GOOD["content"] in html
    assert "đơn.pdf" in html
    assert back.context["errors"] == []
    assert Attachment.objects.count() == 1


def test_what_is_wrong_is_told_before_it_is_checked(client: Client) -> None:
    page = client.post(CITIZEN, fill(client, action="check", full_name=""))
    assert page.status_code == 422
    assert [anchor for anchor, _told in page.context["errors"]] == ["id_full_name"]


def test_the_sum_is_asked_once(client: Client) -> None:
    wrong = client.post(CITIZEN, fill(client, action="check", plain_answer="99"))
    assert [anchor for anchor, _told in wrong.context["errors"]] == ["captcha"]
    page = client.post(CITIZEN, fill(client, action="check"))
    assert 'id="id_plain_answer"' not in page.content.decode()
    assert client.post(CITIZEN, {**hidden_of(page.content.decode()), "action": "send"}).status_code == 200
    assert Case.objects.count() == 1


def test_words_of_others_stay_words(client: Client) -> None:
    page = client.post(CITIZEN, fill(client, action="check", title="<script>alert(1)</script>"))
    assert "<script>alert" not in page.content.decode()


def test_it_is_not_kept_by_the_browser_and_writes_nothing(client: Client) -> None:
    form = fill(client, action="check")
    with queries() as asked:
        page = client.post(CITIZEN, form)
    assert "no-store" in page["Cache-Control"]
    assert [sql for sql in written(asked) if "limitcount" not in sql] == []
    assert len(asked) <= 40
    with queries() as asked:
        client.post(CITIZEN, {**hidden_of(page.content.decode()), "action": "send"})
    assert [sql for sql in written(asked) if "pakn_portal_submission" in sql]


def written(asked: list[tuple[str, bool]]) -> list[str]:
    return [sql for sql, _where in asked if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_the_form_says_which_words_are_of_the_matter(client: Client) -> None:
    html: Any = client.get(CITIZEN).content.decode()
    named = re.search(r'data-pakn-draft-matter="([^"]*)"', html)
    assert named
    assert named[1].split() == ["kind", "title", "content", "suggested_sector", "concerned_unit"]
