"""One case through the staff's screens with the portal's own accounts: `-m tests.own_user.journey`."""

from __future__ import annotations

from typing import Any

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("pakn_setup", verbosity=0)
    setup_test_environment()  # so that an answer tells its form, and mails stay in memory
    unit, people = make_unit_with_people()
    guess_a_password(people["keeper"])
    edit_unit(unit, people)
    case = sent_by_a_citizen()
    walk(case, unit, people)
    look_at_screens(case, people)
    call_command("pakn_worker", once=True, verbosity=0)
    call_command("pakn_verify", verbosity=0)
    tell(case)


def make_unit_with_people() -> tuple[Any, dict[str, Any]]:
    from django.contrib.auth.models import Group

    from pakn_portal.management.setup.roles import role_group
    from pakn_portal.snippets.models import Unit
    from tests.own_user.models import Member

    staff = Group.objects.create(name="Cục Việc làm")
    roles = {"intake": "intake", "focal": "unit", "officer": "unit", "head": "unit", "publisher": "publisher"}
    people = {
        name: Member.objects.create_user(f"CB-{name}", work_mail=f"{name}@bo.example") for name in roles
    }
    people["keeper"] = Member.objects.create_user("CB-keeper", is_superuser=True)
    for name, role in roles.items():
        people[name].groups.add(role_group(role), *([staff] if role == "unit" else []))
    return Unit.objects.create(code="cvl", name="Cục Việc làm", staff_group=staff), people


def signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def guess_a_password(user: Any) -> None:
    """The limit asks for no particular field of the account."""
    from django.contrib.auth import authenticate
    from django.test import Client
    from django.urls import reverse

    user.set_password("một mật khẩu dài")
    user.save()
    given = {"username": user.get_username(), "password": "wrong"}
    pages = [Client().post(reverse("wagtailadmin_login"), given).content.decode() for _each in range(6)]
    assert ["lần nhập sai mật khẩu" in page for page in pages] == [False] * 5 + [True]
    assert authenticate(**{**given, "password": "một mật khẩu dài"}) == user


def edit_unit(unit: Any, people: dict[str, Any]) -> None:
    """Head and focal person are chosen by the form, which offers accounts in order."""
    from django.urls import reverse

    client = signed_in(people["keeper"])
    address = reverse(type(unit).snippet_viewset.get_url_name("edit"), args=[unit.pk])
    page = client.get(address)
    offered = [label for value, label in page.context["form"].fields["head"].choices if value]
    assert offered == sorted(offered) and "CB-head" in offered, offered
    given = {"code": unit.code, "name": unit.name, "staff_group": unit.staff_group_id, "is_active": "on"}
    chosen = {"head": people["head"].pk, "focal_person": people["focal"].pk}
    assert client.post(address, {**given, **chosen}).status_code == 302
    unit.refresh_from_db()
    assert (unit.head, unit.focal_person) == (people["head"], people["focal"])


def sent_by_a_citizen() -> Any:
    from pakn_portal.cases.actions import open_case
    from pakn_portal.submissions.actions import NewSender, NewSubmission, create_submission

    sender = NewSender(full_name="Nguyễn Thị Cúc", address="Phường Dĩ An", email="cuc@example.vn")
    accepted = create_submission(NewSubmission(sender, title="Hỏi về nghỉ việc", content="Tôi xin hỏi."))
    return open_case(accepted.submission, secret=accepted.secret)


def walk(case: Any, unit: Any, people: dict[str, Any]) -> None:
    from pakn_portal.answers.actions import prepare_public_text
    from pakn_portal.cases.enums import Verb

    press(case, Verb.RECEIVE, people["intake"])
    press(case, Verb.FORWARD, people["intake"], to_unit=unit.pk)
    press(case, Verb.ASSIGN, people["focal"], officer=people["officer"].pk)
    press(case, Verb.DRAFT_ANSWER, people["officer"], body="Báo trước 45 ngày.", outcome="explained")
    press(case, Verb.SUBMIT_ANSWER, people["officer"])
    press(case, Verb.APPROVE_ANSWER, people["head"])
    words = {"title": "Nghỉ việc", "question": "Báo trước bao lâu?", "answer": "Báo trước 45 ngày."}
    prepare_public_text(case, **words, by=people["officer"])
    press(case, Verb.REQUEST_PUBLICATION, people["officer"])
    press(case, Verb.PUBLISH, people["publisher"])


def press(case: Any, verb: Any, user: Any, **data: Any) -> None:
    """Open the form of a button and send it, as a browser would."""
    from pakn_portal.staff.addresses import move_url

    client, address = signed_in(user), move_url(case.pk, verb)
    page = client.get(address)
    assert page.status_code == 200, (verb, page.status_code)
    version = page.context["form"]["version"].value()
    sent = client.post(address, {"version": version, **data})
    assert sent.status_code == 302, (verb, sent.status_code)
    before, _case = case.version, case.refresh_from_db()
    assert case.version > before, verb


def look_at_screens(case: Any, people: dict[str, Any]) -> None:
    from pakn_portal.staff.addresses import case_url, list_url

    for name in ("intake", "officer", "head", "publisher"):
        client = signed_in(people[name])
        assert client.get("/admin/").status_code == 200
        assert client.get(list_url()).status_code == 200
        assert client.get(list_url(), {"export": "csv"}).status_code == 200
        page = client.get(case_url(case.pk))
        assert "CB-officer" in page.content.decode(), name
    keeper = signed_in(people["keeper"])
    assert keeper.get(f"/admin/users/edit/{people['officer'].pk}/").status_code == 200
    kept = keeper.post(f"/admin/users/delete/{people['officer'].pk}/")
    assert kept.status_code == 302 and type(people["officer"]).objects.filter(badge="CB-officer").exists()


def tell(case: Any) -> None:
    from django.core import mail

    told = sorted({address for message in mail.outbox for address in message.to})
    print(f"{case.status}; mails to {', '.join(told)}")


if __name__ == "__main__":
    main()
