from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.letter_variables import names_of
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.snippets.starter_rows import read
from pakn_portal.text.variables import MOST_FAULTS, check_variables, name_key
from tests.snippets.test_lists_in_admin import address, log_in

pytestmark = pytest.mark.django_db

VALUES = {
    "name": "Trả lời",
    "code": "tra-loi",
    "kind": "answer",
    "sector": "",
    "sort_order": "1",
    "is_active": "on",
}


@pytest.fixture
def keeper(section: Any, client: Client) -> Client:
    return log_in(client, "administrator")


def test_an_unknown_variable_is_refused_with_its_place(keeper: Client) -> None:
    body = "Kính gửi\nVề {{ mã hồ xơ }}, {{ cơ quan nhận }}."
    page = keeper.post(address(LetterTemplate, "add"), {**VALUES, "body": body})
    first, second = page.context["form"].errors["body"]
    assert first == "Dòng 2, ký tự thứ 4: không có biến “mã hồ xơ”. Có phải bạn định viết “mã hồ sơ”?"
    assert second.startswith("Dòng 2, ký tự thứ 20:")  # only a slip names an agency
    assert "Về {{ mã hồ xơ }}" in page.content.decode()
    assert LetterTemplate.objects.filter(code="tra-loi").count() == 0


def test_each_change_is_a_version(keeper: Client) -> None:
    keeper.post(address(LetterTemplate, "add"), {**VALUES, "body": "Một {{ mã hồ sơ }}."})
    template = LetterTemplate.objects.get(code="tra-loi")
    keeper.post(address(LetterTemplate, "edit", template.pk), {**VALUES, "body": "Hai {{ mã hồ sơ }}."})
    contents = [revision.content["body"] for revision in template.revisions.order_by("pk")]
    assert contents == ["Một {{ mã hồ sơ }}.", "Hai {{ mã hồ sơ }}."]
    older, newer = template.revisions.order_by("pk")
    compared = keeper.get(address(LetterTemplate, "revisions_compare", template.pk, older.pk, newer.pk))
    assert compared.status_code == 200


def test_a_text_of_nothing_but_faults_is_answered_at_once(keeper: Client) -> None:
    page = keeper.post(address(LetterTemplate, "add"), {**VALUES, "body": "{{ sai }}\n" * 20_000})
    assert len(page.context["form"].errors["body"]) == MOST_FAULTS


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_ships_has_no_fault_and_serves_every_kind(language: str) -> None:
    rows = read("letter_templates", language)
    assert [check_variables(row["body"], names_of(row["kind"])) for row in rows] == [[]] * len(rows)
    assert {row["kind"] for row in rows} == set(LetterKind)


@pytest.mark.parametrize("kind", LetterKind)
def test_no_two_variables_are_written_alike(kind: str) -> None:
    keys = [name_key(name) for name in names_of(kind)]
    assert len(set(keys)) == len(keys)
    assert not [key for key in keys if key.startswith("khong ")]  # words of conditions
