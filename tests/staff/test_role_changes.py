"""Who changes in the CMS who may do what: not their own role, and never in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from pakn_portal import clock, permissions
from pakn_portal.management.setup.roles import find_permissions
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox import sending
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.seals import is_as_written
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.models import Unit
from tests.factories import Ministry, make_group, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.every_wagtail]

INSPECTOR = permissions.ROLES["inspector"][0]
REFUSED = "Không ai được tự thay đổi quyền của chính mình"


@pytest.fixture
def keeper(ministry: Ministry) -> Any:
    """`quantri` as a portal has it: may edit users and groups, and is no superuser."""
    rights = ["add_user", "change_user", "view_user", "add_group", "change_group", "view_group"]
    keepers = Group.objects.create(name="Quản trị người dùng")
    keepers.permissions.add(*find_permissions([f"auth.{right}" for right in rights]))
    ministry.administrator.groups.add(keepers)
    return ministry.administrator


@pytest.fixture
def client(keeper: Any) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def edit(client: Client, user: Any, groups: list[Group], **changes: Any) -> Any:
    given = {
        "username": user.username, "email": user.email, "first_name": "Mai", "last_name": "Lộc",
        "is_active": "on", "groups": [group.pk for group in groups], **changes,
    }  # fmt: skip
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), given, follow=True)


def told() -> str:
    """What leaves by mail."""
    mail.outbox.clear()
    send_due_mails()
    return "\n".join(f"{sent.to} {sent.subject}\n{sent.body}" for sent in mail.outbox)


def test_m5_nobody_makes_themselves_an_inspector(client: Client, keeper: Any) -> None:
    page = edit(client, keeper, [*keeper.groups.all(), make_group("inspector")])
    assert REFUSED in page.content.decode() and INSPECTOR in page.content.decode()
    assert not keeper.groups.filter(name=INSPECTOR).exists()
    assert told() == ""


def test_not_by_the_screen_for_many_either(client: Client, keeper: Any, ministry: Ministry) -> None:
    action = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
    address = f"{action}?id={keeper.pk}&id={ministry.nobody.pk}"
    page = client.post(address, {"role": make_group("inspector").pk}, follow=True)
    assert REFUSED in page.content.decode()
    assert not Group.objects.get(name=INSPECTOR).user_set.filter(pk__in=[keeper.pk, ministry.nobody.pk])


def edit_group(client: Client, group: Group, rights: list[Permission]) -> Any:
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    page = client.get(address)
    given: dict[str, Any] = {"name": group.name, "permissions": [right.pk for right in rights]}
    for panel in page.context["permission_panels"]:
        form = panel.management_form
        given |= {form.add_prefix(name): form[name].value() for name in form.fields}
    return client.post(address, given, follow=True)


def test_nor_by_a_right_for_a_group_of_their_own(client: Client, keeper: Any) -> None:
    group = keeper.groups.get(name="Quản trị người dùng")
    rights = find_permissions([permissions.READ_SEALED, "auth.add_user", "auth.change_user"])
    page = edit_group(client, group, rights)
    assert REFUSED in page.content.decode()
    assert not group.permissions.filter(codename="read_sealed_case").exists()


def test_their_own_name_they_may_change(client: Client, keeper: Any) -> None:
    groups = set(keeper.groups.all())
    edit(client, keeper, list(groups), first_name="Xuân")
    keeper.refresh_from_db()
    assert (keeper.first_name, set(keeper.groups.all())) == ("Xuân", groups)
    assert told() == ""


def test_a_role_given_to_somebody_else_is_told_and_logged(
    client: Client, keeper: Any, ministry: Ministry
) -> None:
    edit(client, ministry.publisher, [make_group("inspector")])
    assert ministry.publisher.groups.get().name == INSPECTOR
    text = told()
    assert text.count("thanhtra@bo.example") == 1 and len(mail.outbox) == 1, "one mail for one act"
    assert f"(bientap): được giao nhóm “{INSPECTOR}”" in text
    assert "(bientap): bị rút nhóm “PAKN – Biên tập công khai”" in text
    assert "(quantri)" in text
    entries = ModelLogEntry.objects.filter(action="pakn_portal.role_change").order_by("pk")
    assert {(entry.user, entry.object_id) for entry in entries} == {(keeper, str(ministry.publisher.pk))}
    assert sorted(entry.data["did"] for entry in entries) == ["given", "taken"]
    assert all(INSPECTOR in entry.message or "bị rút" in entry.message for entry in entries)


@pytest.fixture
def acting(keeper: Any, ministry: Ministry) -> Iterator[Any]:
    """One act of the CMS that changes several roles, one after the other."""
    make_group("inspector")
    with LogContext(user=keeper):
        ministry.publisher.groups.add(Group.objects.get(name=INSPECTOR))
        yield ministry.publisher


def test_a_mail_on_its_way_stays_as_it_is_and_another_tells_the_rest(acting: Any) -> None:
    """A worker has it in hand: changed now, it would have left with other words than its row has."""
    first = OutgoingMail.objects.get(template="role_changed")
    OutgoingMail.objects.filter(pk=first.pk).update(claimed_until=clock.now() + timedelta(minutes=5))
    acting.groups.clear()
    mails = OutgoingMail.objects.filter(template="role_changed", to_user=first.to_user_id).order_by("pk")
    assert [len(mail.context["changes"]) for mail in mails] == [1, 2]
    assert all(map(is_as_written, mails))


def test_a_mail_that_was_changed_since_the_worker_read_it_leaves_with_all(
    acting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, changed = sending._claim, []

    def changed_meanwhile(mail: OutgoingMail) -> bool:
        if mail.template == "role_changed" and not changed:
            changed.append(mail.pk)
            acting.groups.clear()
        return whole(mail)

    monkeypatch.setattr(sending, "_claim", changed_meanwhile)
    text = told() + told()
    assert "được giao nhóm" in text and "bị rút nhóm" in text
    assert len(changed) == OutgoingMail.objects.filter(template="role_changed", state="sent").count()
    assert all(map(is_as_written, OutgoingMail.objects.all()))


def test_a_right_for_a_group_is_told(client: Client, ministry: Ministry) -> None:
    group = make_group("publisher")
    edit_group(client, group, find_permissions([permissions.READ_SEALED, permissions.PUBLISH]))
    text = told()
    assert "nhóm “PAKN – Biên tập công khai”: được giao quyền “" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_superuser": "on"}, "được giao toàn quyền"),
        ({"is_active": ""}, "bị rút quyền đăng nhập"),
        ({"password1": "mật khẩu mới 9z", "password2": "mật khẩu mới 9z"}, "đã thay đổi mật khẩu"),
        ({"email": "khac@bo.example"}, "đã thay đổi địa chỉ thư điện tử"),
    ],
)
def test_so_is_what_makes_another_its_holder(
    client: Client, ministry: Ministry, changes: dict[str, str], words: str
) -> None:
    given = {name: value for name, value in changes.items() if value}
    leader = ministry.leader
    data = {"is_active": "on", **given}
    if "is_active" in changes:
        del data["is_active"]
    posted = {
        "username": leader.username, "email": leader.email, "first_name": "Đ", "last_name": "T",
        "groups": [group.pk for group in leader.groups.all()], **data,
    }  # fmt: skip
    client.post(reverse("wagtailusers_users:edit", args=[leader.pk]), posted)
    assert f"(lanhdaobo): {words}" in told()


def test_accounts_closed_many_at_once_are_told(client: Client, ministry: Ministry) -> None:
    action = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    address = f"{action}?id={ministry.officer.pk}&id={ministry.focal.pk}"
    client.post(address, {"mark_as_active": "False"})
    text = told()
    assert "(chuyenvien): bị rút quyền đăng nhập" in text and "(daumoi): bị rút" in text
    assert text.count("thanhtra@bo.example") == 1


def edit_unit(client: Client, unit: Any, **changes: Any) -> Any:
    given = {
        "code": unit.code, "name": unit.name, "is_active": "on", "parent": unit.parent_id or "",
        "staff_group": unit.staff_group_id, "head": unit.head_id,
        "focal_person": unit.focal_person_id, **changes,
    }  # fmt: skip
    address = reverse(Unit.snippet_viewset.get_url_name("edit"), args=[unit.pk])
    return client.post(address, {name: "" if value is None else value for name, value in given.items()})


def test_a_new_head_is_told(client: Client, ministry: Ministry, section: Any) -> None:
    edit_unit(client, ministry.unit, head=ministry.officer.pk)
    assert f"{ministry.unit}: đã thay đổi lãnh đạo đơn vị" in told()


def test_so_is_a_unit_that_goes_beneath_another(client: Client, ministry: Ministry, section: Any) -> None:
    edit_unit(client, ministry.unit, parent=ministry.other_unit.pk)
    ministry.unit.refresh_from_db()
    assert ministry.unit.parent == ministry.other_unit
    assert f"{ministry.unit}: đã thay đổi đơn vị cấp trên" in told()


@pytest.mark.parametrize("place", ["head", "focal_person"])
def test_nobody_makes_themselves_head_of_a_unit(
    place: str, client: Client, keeper: Any, ministry: Ministry, section: Any
) -> None:
    before = getattr(ministry.unit, place)
    edit_unit(client, ministry.unit, **{place: keeper.pk})
    ministry.unit.refresh_from_db()
    assert getattr(ministry.unit, place) == before
    assert told() == ""


def test_nor_gives_a_unit_to_a_group_of_their_own(
    client: Client, keeper: Any, ministry: Ministry, section: Any
) -> None:
    before = ministry.unit.staff_group
    edit_unit(client, ministry.unit, staff_group=keeper.groups.first().pk)
    ministry.unit.refresh_from_db()
    assert ministry.unit.staff_group == before


def test_nor_puts_a_unit_beneath_their_own(
    client: Client, keeper: Any, ministry: Ministry, section: Any
) -> None:
    keeper.groups.add(make_group("unit"), ministry.other_unit.staff_group)
    edit_unit(client, ministry.unit, parent=ministry.other_unit.pk)
    ministry.unit.refresh_from_db()
    assert ministry.unit.parent is None


def test_the_setting_names_who_is_told(client: Client, ministry: Ministry, settings: Any) -> None:
    settings.PAKN_PORTAL = {"ROLE_CHANGES_TOLD_TO": "auditor"}
    edit(client, ministry.publisher, [])
    assert [row.to_user for row in OutgoingMail.objects.all()] == [ministry.auditor]


def test_the_shell_and_the_setting_up_tell_nothing(ministry: Ministry) -> None:
    ministry.nobody.groups.add(make_group("inspector"))
    ministry.nobody.is_superuser = True
    ministry.nobody.save()
    call_command("pakn_setup", verbosity=0)
    assert not OutgoingMail.objects.exists()


def import_units(client: Client, *lines: str) -> Any:
    return client.post(reverse(Unit.snippet_viewset.get_url_name("import")), {"table": "\n".join(lines)})


@pytest.mark.parametrize("place", ["head", "focal_person", "staff_group", "parent"])
def test_no_order_of_the_rows_of_a_file_gives_a_unit_to_who_sends_it(
    client: Client, keeper: Any, ministry: Ministry, section: Any, place: str
) -> None:
    keeper.groups.add(make_group("unit"), own := Group.objects.create(name="Nhóm riêng"))
    middle, mine = make_unit("Giữa"), make_unit("Phòng")
    Unit.objects.filter(pk=mine.pk).update(head=keeper, staff_group=None)
    value = {"staff_group": own.name, "parent": mine.code}.get(place, keeper.username)
    cells = {"parent": "", place: value}
    answer = import_units(
        client,
        "code,name,parent" if place == "parent" else f"code,name,parent,{place}",
        f"{ministry.other_unit.code},{ministry.other_unit.name},{middle.code}" + "," * (place != "parent"),
        ",".join(["moi", "Mới", *cells.values()]),
        f"{ministry.unit.code},{ministry.unit.name},moi" + "," * (place != "parent"),
    )
    assert answer.status_code == 422 and REFUSED in answer.content.decode()
    assert not Unit.objects.filter(code="moi").exists()
    assert ministry.unit.pk not in scope_of(get_user_model().objects.get(pk=keeper.pk)).unit_ids
    assert told() == ""


@pytest.mark.parametrize("place", ["head", "focal_person", "staff_group"])
def test_who_has_a_new_unit_is_told(client: Client, ministry: Ministry, section: Any, place: str) -> None:
    values = {"staff_group": ministry.unit.staff_group.name}
    answer = import_units(
        client, f"code,name,{place}", f"moi,Mới,{values.get(place, ministry.officer.username)}"
    )
    assert answer.status_code == 302
    assert "Mới: đã thay đổi" in told()
    assert ModelLogEntry.objects.filter(action="pakn_portal.role_change", label="Mới").exists()
