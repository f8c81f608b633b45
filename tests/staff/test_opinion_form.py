"""Whoever gives an opinion has before them what was asked, and room to answer it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.routing.actions import continue_without, request_opinion
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db


def page(client: Any, pk: int, verb: Verb) -> str:
    return unescape(client.get(addresses.move_url(pk, verb)).content.decode())


def test_the_question_stands_above_the_opinion(ministry: Ministry, as_user: Any) -> None:
    """That of the last time: a unit may be asked again."""
    case = make_case(Status.PROCESSING, ministry)
    for words in ("Mức hưởng tính từ tháng nào?", "Văn bản nào còn hiệu lực?"):
        request_opinion(case, unit=ministry.other_unit, by=ministry.officer, note=words)
        if words.startswith("Mức"):
            continue_without(case, by=ministry.officer, note="Hỏi lại.")
    html = page(as_user(ministry.other_officer), case.pk, Verb.GIVE_OPINION)
    form = html.partition('class="pakn-move__form"')[2].partition("<aside")[0]
    assert "Văn bản nào còn hiệu lực?" in form.partition("<form")[0]
    assert "Mức hưởng" not in form


@pytest.mark.parametrize("verb", [Verb.GIVE_OPINION, Verb.REQUEST_OPINION])
def test_the_words_come_before_the_files(verb: Verb, ministry: Ministry, as_user: Any) -> None:
    is_asked = verb == Verb.GIVE_OPINION
    case = make_case(Status.COORDINATING if is_asked else Status.PROCESSING, ministry)
    html = page(as_user(ministry.other_officer if is_asked else ministry.officer), case.pk, verb)
    box, files = html.index('<textarea name="note"'), html.index('name="attachments"')
    assert box < files
    assert html.count('name="note"') == 1
    rows = html[box:].partition(">")[0].partition('rows="')[2].partition('"')[0]
    assert int(rows) >= 8
