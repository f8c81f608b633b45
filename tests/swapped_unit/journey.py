"""One case from sending to publication with the portal's own units: `-m tests.swapped_unit.journey`."""

from __future__ import annotations

from typing import Any

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("pakn_setup", verbosity=0)
    department, people = make_department()
    case = play(department, people)
    look_at_screens(case, people)
    rename(department)
    call_command("pakn_verify", verbosity=0)
    print(f"{case.status} by {type(case.lead_unit).__name__}")


def make_department() -> tuple[Any, dict[str, Any]]:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from pakn_portal.management.setup.roles import role_group
    from tests.swapped_unit.models import Department

    staff = Group.objects.create(name="Cục Việc làm")
    top = Department.objects.create(code="bo", name="Bộ")
    roles = {
        "officer": "unit",
        "head": "unit",
        "intake": "intake",
        "publisher": "publisher",
        "keeper": "administrator",
    }
    people = {}
    for name, role in roles.items():
        people[name] = get_user_model().objects.create_user(name)
        people[name].groups.add(role_group(role), *([staff] if role == "unit" else []))
    department = Department.objects.create(
        code="cvl", name="Cục Việc làm", parent=top, staff_group=staff, head=people["head"], telephone="1900"
    )
    return department, people


def play(department: Any, people: dict[str, Any]) -> Any:
    from pakn_portal.answers import actions as answers
    from pakn_portal.cases import actions as cases
    from pakn_portal.pages.answers import actions as pages
    from pakn_portal.routing import actions as routing
    from pakn_portal.submissions.actions import NewSender, NewSubmission, create_submission

    sender = NewSender(full_name="Nguyễn Thị Cúc", address="Phường Dĩ An", email="cuc@example.vn")
    accepted = create_submission(NewSubmission(sender, title="Hỏi về nghỉ việc", content="Tôi xin hỏi."))
    case = cases.open_case(accepted.submission, secret=accepted.secret)
    cases.receive_case(case, by=people["intake"])
    routing.forward_case(case, to_unit=department, by=people["intake"])
    routing.assign_case(case, officer=people["officer"], by=people["head"])
    answers.draft_answer(case, body="Ông/bà báo trước 45 ngày.", by=people["officer"])
    answers.submit_answer(case, by=people["officer"])
    answers.approve_answer(case, by=people["head"])
    words = {"title": "Nghỉ việc", "question": "Báo trước bao lâu?", "answer": "Báo trước 45 ngày."}
    answers.prepare_public_text(case, **words, by=people["officer"])
    pages.request_publication(case, by=people["officer"])
    pages.publish_answer(case, by=people["publisher"])
    return case


def look_at_screens(case: Any, people: dict[str, Any]) -> None:
    """The archive, the staff's list and the reference lists open with the other model, too."""
    from django.test import Client
    from django.urls import reverse

    from pakn_portal.cases.models import Case
    from pakn_portal.pages.answers.actions import archive_page
    from pakn_portal.snippets.models import Sector, Unit

    assert list(Case.objects.visible_to(people["officer"])) == [case]
    assert list(Case.objects.visible_to(people["keeper"])) == []
    client = Client()
    assert client.get(archive_page().url, {"q": "bao truoc"}).status_code == 200
    client.force_login(people["keeper"])
    assert client.get(reverse(Sector.snippet_viewset.get_url_name("list"))).status_code == 200
    assert not hasattr(Unit, "snippet_viewset")
    client.force_login(people["officer"])
    assert client.get("/admin/").status_code == 200


def rename(department: Any) -> None:
    """The portal's own list, edited as it likes: search follows."""
    from pakn_portal.search.engines import get_engine
    from pakn_portal.search.names import write_new_names
    from pakn_portal.search.query.request import SearchRequest

    write_new_names()
    type(department).objects.filter(pk=department.pk).update(name="Cục Quản lý nhân lực")
    assert get_engine().search(SearchRequest(text="quản lý nhân lực")).total == 0
    assert write_new_names() == 1
    assert get_engine().search(SearchRequest(text="quản lý nhân lực")).total == 1


if __name__ == "__main__":
    main()
