"""Whoever looks for a name in a list finds it where the Vietnamese alphabet has it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.people.names import by_name, name_key, person
from pakn_portal.snippets.models import Agency, Sector
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case, make_unit, make_user

pytestmark = pytest.mark.django_db

NAMES = ["Vụ Bảo hiểm xã hội", "Vụ Bình đẳng giới", "Vụ Cao Bằng", "Vụ Cần Thơ", "Vụ Dân số", "Vụ Đất đai"]


def offered(html: str, name: str) -> list[str]:
    """The names of the chooser, in their order."""
    chooser = html.partition(f'name="{name}"')[2].partition("</select>")[0]
    options = re.findall(r"<option[^>]*>\s*([^<]+?)\s*</option>", unescape(chooser))
    return list(dict.fromkeys(text for text in options if text in NAMES))


@pytest.fixture
def rows(ministry: Ministry) -> None:
    for number, name in enumerate(reversed(NAMES)):
        unit = make_unit(name)
        unit.focal_person = make_user(f"f{number}", unit=unit)
        unit.save()
        Sector.objects.create(code=f"s{number}", name=name)
        Agency.objects.create(code=f"a{number}", name=name)


@pytest.mark.usefixtures("rows")
def test_units_sectors_and_agencies_are_offered_by_the_alphabet(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry)
    office = as_user(ministry.intake)
    for verb, field in ((Verb.FORWARD, "to_unit"), (Verb.CLASSIFY, "sector"), (Verb.REFER, "agency")):
        page = office.get(addresses.move_url(case.pk, verb))
        assert offered(page.content.decode(), field) == NAMES, verb
    listed = office.get(addresses.list_url()).content.decode()
    assert offered(listed, "sector") == offered(listed, "lead_unit") == NAMES
    entry = office.get(addresses.entry_url()).content.decode()
    assert offered(entry, "suggested_sector") == NAMES


def test_people_are_offered_by_the_alphabet(ministry: Ministry, as_user: Any) -> None:
    names = ["Cao Bá", "Cần Văn", "Đỗ An"]
    for name in reversed(names):
        make_user(full_name=name, unit=ministry.unit)
    page = as_user(ministry.focal).get(addresses.move_url(make_case(Status.ROUTED, ministry).pk, Verb.ASSIGN))
    options = re.findall(r"<option[^>]*>\s*([^<]+?)\s*</option>", unescape(page.content.decode()))
    offered_names = [text.partition(" – ")[0] for text in options]  # what each has in hand stands behind
    assert [text for text in offered_names if text in names] == names


def test_the_side_bar_names_somebody_as_colleagues_do(ministry: Ministry, as_user: Any) -> None:
    """By the given name: Wagtail's own says all of a Vietnamese name but that."""
    user = ministry.officer
    user.first_name, user.last_name = "Yến", "Trịnh Thị Hải"
    user.save()
    html = as_user(user).get("/admin/").content.decode()
    script = html.partition('id="wagtail-sidebar-props"')[2].partition(">")[2]
    props = json.loads(script.partition("</script>")[0])
    assert "Hải Yến" in json.dumps(props, ensure_ascii=False)


def test_the_family_name_stands_first(ministry: Ministry, settings: Any) -> None:
    """As whoever makes the account writes it into the fields: “Tên” and “Họ và chữ đệm”."""
    user = ministry.officer
    user.first_name, user.last_name = " Tâm", "Hồ Thị Minh "
    assert person(user) == "Hồ Thị Minh Tâm"
    user.last_name = ""
    assert person(user) == "Tâm"
    user.first_name, user.last_name = "Hồ Thị Minh", "Tâm"
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "FAMILY_NAME_FIELD": "first_name"}
    assert person(user) == "Hồ Thị Minh Tâm"


def test_a_user_model_of_the_portal_names_people_itself() -> None:
    class Own(AbstractBaseUser):
        username, first_name, last_name = "tam", "Minh Tâm", "Hồ Thị"

        class Meta:
            abstract = True

        def get_full_name(self) -> str:
            return "Bà Hồ Thị Minh Tâm"

    own = object.__new__(Own)
    assert person(own) == "Bà Hồ Thị Minh Tâm"


@pytest.mark.parametrize("given", ["first_name", "last_name"])
def test_people_are_sorted_by_the_given_name(given: str, ministry: Ministry, settings: Any) -> None:
    family = "last_name" if given == "first_name" else "first_name"
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "FAMILY_NAME_FIELD": family}
    users = get_user_model().objects
    for place, names in enumerate([("Anh", "Vũ"), ("Bình", "An"), ("Bình", "Cao")]):
        users.create_user(f"sort{place}", **dict(zip((given, family), names, strict=True)))
    found = by_name(users.filter(username__startswith="sort"))
    assert [user.username for user in found] == ["sort0", "sort1", "sort2"]
    assert sorted(found, key=name_key) == list(found)


def test_the_page_of_a_case_names_people_so(ministry: Ministry, as_user: Any) -> None:
    for user, given in ((ministry.officer, "Yến"), (ministry.head, "Khải")):
        user.first_name, user.last_name = given, "Trịnh Thị Hải"
        user.save()
    case = make_case(Status.ANSWERED, ministry)
    html = unescape(as_user(ministry.officer).get(addresses.case_url(case.pk)).content.decode())
    assert "Trịnh Thị Hải Yến" in html
    assert "Yến Trịnh" not in html
    assert "Khải Trịnh" not in html
