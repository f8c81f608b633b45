from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage

from pakn_portal import permissions
from pakn_portal.management.setup.lists import read
from pakn_portal.pages.answers.workflow import PublicationTask
from pakn_portal.pages.models import FormIndexPage, SectionPage, SubmissionPage, TrackingPage
from pakn_portal.search.page.models import ArchivePage
from pakn_portal.snippets.models import (
    Agency,
    DeadlineRule,
    Holiday,
    LegalBasis,
    LetterTemplate,
    RefusalReason,
    Sector,
    Synonym,
)

LISTS = {
    "agencies": Agency,
    "deadline_rules": DeadlineRule,
    "holidays": Holiday,
    "legal_bases": LegalBasis,
    "letter_templates": LetterTemplate,
    "refusal_reasons": RefusalReason,
    "sectors": Sector,
    "synonyms": Synonym,
}


def set_up(**options: Any) -> str:
    out = StringIO()
    call_command("pakn_setup", stdout=out, stderr=out, **options)
    return out.getvalue()


def counts() -> dict[str, int]:
    models = [Group, Page, Workflow, WorkflowPage, PublicationTask, GroupPagePermission, *LISTS.values()]
    through = Group.permissions.through
    return {model.__name__: model._default_manager.count() for model in [*models, through]}


def last_line(output: str) -> str:
    return output.strip().splitlines()[-1]


def test_makes_the_section_at_its_addresses(site: Site) -> None:
    set_up()
    root = site.root_page.url_path
    section = Page.objects.descendant_of(site.root_page).filter(url_path__startswith=f"{root}pakn/")
    paths = section.order_by("path").values_list("url_path", flat=True)
    assert [path.removeprefix(root) for path in paths] == [
        "pakn/",
        "pakn/gui/",
        "pakn/gui/nguoi-dan/",
        "pakn/gui/doanh-nghiep/",
        "pakn/tra-cuu/",
        "pakn/hoi-dap/",
    ]
    senders = SubmissionPage.objects.order_by("path").values_list("sender_kind", flat=True)
    assert list(senders) == ["citizen", "business"]
    assert SectionPage.objects.get().title == "Bộ với Người dân và Doanh nghiệp"
    assert FormIndexPage.objects.get().live and TrackingPage.objects.get().live


def test_a_second_run_makes_nothing(site: Site) -> None:
    first = set_up()
    before = counts()
    second = set_up()
    assert counts() == before
    made = last_line(first).split()[0]
    assert last_line(second) == f"0 created, {made} kept."


def test_loads_every_starter_row(site: Site) -> None:
    set_up()
    assert {name: model.objects.count() for name, model in LISTS.items()} == {
        name: len(read(name)) for name in LISTS
    }


def test_each_role_has_its_group_and_rights(site: Site) -> None:
    set_up()
    for name, rights in permissions.ROLES.values():
        held = Group.objects.get(name=name).permissions.select_related("content_type")
        names = {f"{row.content_type.app_label}.{row.codename}" for row in held}
        assert {*rights, "wagtailadmin.access_admin"} - names == set()
    administrators = Group.objects.get(name=permissions.ROLES["administrator"][0])
    assert administrators.permissions.filter(codename="change_holiday").exists()
    assert administrators.permissions.filter(codename="change_unit").exists()
    publishers = Group.objects.get(name=permissions.ROLES["publisher"][0])
    granted = GroupPagePermission.objects.filter(group=publishers)
    assert sorted(granted.values_list("permission__codename", "page__slug")) == [
        ("change_page", "hoi-dap"),
        ("publish_page", "hoi-dap"),
    ]


def test_the_archive_has_the_publication_workflow(site: Site) -> None:
    set_up()
    workflow = ArchivePage.objects.get().get_workflow()
    assert workflow.name == "Công khai câu trả lời"
    (task,) = workflow.tasks
    assert isinstance(task.specific, PublicationTask)
    assert [group.name for group in task.specific.groups.all()] == [permissions.ROLES["publisher"][0]]


def test_edits_are_kept(site: Site) -> None:
    set_up()
    Sector.objects.filter(code="khac").update(name="Việc khác", is_active=False)
    DeadlineRule.objects.filter(step="intake").update(amount=1, valid_from="2026-01-01")
    Holiday.objects.filter(date="2026-01-01").update(name="Năm mới")
    SectionPage.objects.get().delete()
    section = SectionPage(title="Chuyên mục của chúng tôi", slug="chuyen-muc")
    site.root_page.refresh_from_db()
    site.root_page.add_child(instance=section)
    group = Group.objects.get(name=permissions.ROLES["unit"][0])
    group.permissions.add(Permission.objects.get(codename="add_image"))
    set_up()
    assert Sector.objects.filter(code="khac").values_list("name", "is_active").get() == ("Việc khác", False)
    assert DeadlineRule.objects.get(step="intake").amount == 1
    assert Holiday.objects.get(date="2026-01-01").name == "Năm mới"
    assert SectionPage.objects.get().title == "Chuyên mục của chúng tôi"
    assert ArchivePage.objects.get().url_path.endswith("/chuyen-muc/hoi-dap/")
    assert group.permissions.filter(codename="add_image").exists()


def test_names_in_use_get_a_number_and_a_word(site: Site) -> None:
    site.root_page.add_child(instance=Page(title="Trang cũ", slug="pakn"))
    other = Group.objects.create(name="Biên tập viên của cổng")
    output = set_up()
    assert SectionPage.objects.get().slug == "pakn-2"
    assert "“pakn” is in use" in output
    assert Page.objects.get(slug="pakn").title == "Trang cũ"
    assert other.permissions.count() == 0


def test_goes_under_the_named_page_of_the_named_site(site: Site) -> None:
    tree = Page.get_first_root_node()
    other_home = tree.add_child(instance=Page(title="Trang khác", slug="trang-khac"))
    services = other_home.add_child(instance=Page(title="Dịch vụ", slug="dich-vu"))
    Site.objects.create(hostname="khac.example", root_page=other_home)
    set_up(site="khac.example", under="/dich-vu/")
    assert SectionPage.objects.get().get_parent().pk == services.pk
    set_up()  # the default site gets a section of its own
    assert SectionPage.objects.count() == 2
    assert "was not moved" not in set_up(site="khac.example", under=str(services.pk))
    assert "was not moved to “Trang khác”" in set_up(site="khac.example", under=str(other_home.pk))
    assert SectionPage.objects.count() == 2


@pytest.mark.parametrize(
    ("options", "word"), [({"site": "nowhere.example"}, "no site"), ({"under": "/khong-co/"}, "no page")]
)
def test_says_what_it_cannot_find(site: Site, options: dict[str, str], word: str) -> None:
    with pytest.raises(CommandError, match=word):
        set_up(**options)
    assert SectionPage.objects.count() == 0


def test_an_archive_with_another_workflow_keeps_it_with_a_warning(site: Site) -> None:
    set_up()
    own = Workflow.objects.create(name="Quy trình riêng")
    WorkflowPage.objects.filter(page=ArchivePage.objects.get()).update(workflow=own)
    output = set_up()
    assert ArchivePage.objects.get().get_workflow() == own
    assert "Quy trình riêng" in output


def test_a_role_whose_group_was_renamed_is_told(site: Site) -> None:
    set_up()
    group = Group.objects.get(name="PAKN – Văn phòng Bộ")
    get_user_model().objects.create_user("vanphong", "vp@bo.example", "x").groups.add(group)
    assert "renamed" not in set_up()
    Group.objects.filter(pk=group.pk).update(name="Văn phòng mới")
    told = set_up()
    assert "“Văn phòng mới” has the rights of “PAKN – Văn phòng Bộ”" in told
    assert "renamed" not in set_up()


def test_a_group_with_a_former_name_is_renamed_and_keeps_its_members(site: Site) -> None:
    for former, present in [
        ("PAKN – Thanh tra Bộ", "PAKN – Tiếp nhận khiếu nại, tố cáo"),
        ("PAKN – Inspectorate", "PAKN – Complaints and denunciations"),
    ]:
        Group.objects.filter(name__in=permissions.known_names("inspector")).delete()
        group = Group.objects.create(name=former)
        member = get_user_model().objects.create(username=former)
        member.groups.add(group)
        set_up()
        group.refresh_from_db()
        assert group.name == present
        assert list(group.user_set.all()) == [member]
        assert group.permissions.filter(codename="read_sealed_case").exists()
        assert Group.objects.filter(name__in=permissions.known_names("inspector")).count() == 1
