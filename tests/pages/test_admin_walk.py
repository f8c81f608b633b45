"""Every address of the admin, asked for by those who may not know of an answer: its words are nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Revision, TaskState
from wagtail.search.models import IndexEntry

from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import correct_answer, publish_answer, request_publication
from pakn_portal.pages.answers.actions import page_of_case as page_of
from pakn_portal.pages.answers.cms import off_site
from pakn_portal.pages.models import AnswerPage
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.rows import Kept

# some two thousand pages of the admin
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
#: What is looked for stands in every word that is looked for, and in no question.
LOOKED_FOR = "mầm xanh"
WAITING, SEALED, NEVER_PUBLIC, LIVE = "kanarimot", "kanarihai", "kanariba", "kanarison"


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


def four_cases(who: Ministry) -> dict[str, Case]:
    """One that waits for its publisher, one that was public, one locked before that, and one on the site."""
    made = {word: make_case(Status.ANSWERED, who) for word in (WAITING, SEALED, NEVER_PUBLIC, LIVE)}
    for word, case in made.items():
        write(case, word, who)
        request_publication(case, by=who.officer)
    for word in (SEALED, LIVE):
        publish_answer(made[word], by=who.publisher)
    write(made[SEALED], SEALED, who, more=" lần hai")
    correct_answer(made[SEALED], by=who.publisher, note=f"Sửa {SEALED}.")
    actions.hold_case(made[SEALED], by=who.intake)
    actions.hold_case(made[NEVER_PUBLIC], by=who.intake)
    return made


_four_cases = Kept(four_cases)


@pytest.fixture
def cases(who: Ministry) -> dict[str, Case]:
    return _four_cases(who)


def write(case: Case, word: str, who: Ministry, more: str = "") -> None:
    answers.prepare_public_text(
        case,
        title=f"{word} {LOOKED_FOR}{more}",
        question=f"{word}hoi {LOOKED_FOR}?",
        answer=f"{word}dap {LOOKED_FOR}.",
        by=who.officer,
    )


def group(name: str, *rights: str) -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@bo.example", "x")
    made, _is_new = Group.objects.get_or_create(name=name)
    made.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="wagtailredirects"),
        *Permission.objects.filter(codename__in=("view_sector", "change_sector", "view_unit")),
    )
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        root = Page.objects.get(depth=1)
        GroupPagePermission.objects.get_or_create(group=made, page=root, permission=permission)
    user.groups.add(made)
    return user


def patterns(found: list[Any], before: str = "") -> Iterator[str]:
    for each in found:
        route = before + re.sub(r"^\^|\$$|\\Z$", "", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def addresses(page: AnswerPage | None) -> Iterator[str]:
    """Each pattern of the admin about this page, as far as a GET may ask it."""
    assert page is not None
    revision = page.revisions.order_by("pk").first()
    task = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).first()
    unit = page.public_text.case.lead_unit
    values = {
        "revision_id": revision.pk if revision else 1,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": task.pk if task else 1,
        "content_type_app_name": "pakn_portal",
        "content_type_model_name": "answerpage",
        "app_label": "wagtailcore",
        "model_name": "page",
        "object_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "destination_id": page.get_parent().pk,
        "action": "publish",
        "action_name": "approve",
        "workflow_id": 1,
        "task_id": 1,
        "slug": page.slug,
        "unit": unit.pk if unit else 1,
    }
    for route in sorted(set(patterns(get_resolver().url_patterns))):
        if not route.startswith("admin/") or "logout" in route or "failwhale" in route:
            continue
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(values.get(name[1], page.pk)), route)
        filled = re.sub(
            r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", lambda n: str(values.get(n[1], page.pk)), filled
        )
        filled = re.sub(r"[\\^$?]|\(.*?\)", "", filled)
        yield f"/{filled}"
        if "reports" in filled:
            yield f"/{filled}?export=csv"
        if any(word in filled for word in ("search", "choose", "results", "/api/", "bulk")):
            yield f"/{filled}?q={LOOKED_FOR}&id={page.pk}&search={LOOKED_FOR}"
    for action in ("publish", "unpublish", "move", "delete"):
        yield f"/admin/bulk/wagtailcore/page/{action}/?next=/admin/&id={page.pk}"
    yield f"/admin/choose-page/chosen-multiple/?id={page.pk}"
    for model in ("unit", "sector"):
        yield f"/admin/snippets/pakn_portal/{model}/usage/{unit.pk if unit else 1}/"


def told(client: Client, address: str, words: list[str]) -> list[str]:
    answer = client.get(address)
    body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
    text = body.decode(errors="replace").casefold() + str(answer.headers).casefold()
    return [word for word in words if word.casefold() in text]


@pytest.mark.parametrize("role", ["visitor", "other", "editor", "moderator", "auditor"])
def test_no_address_of_the_admin_tells(cases: dict[str, Case], who: Ministry, role: str) -> None:
    client = Client(raise_request_exception=False)
    user = {
        "visitor": lambda: None,
        "other": lambda: who.other_officer,
        "editor": lambda: group("Editors", "add_page", "change_page"),
        "moderator": lambda: group("Moderators", *RIGHTS),
        "auditor": lambda: who.auditor,
    }[role]()
    if user is not None:
        client.force_login(user)
    # an auditor reads every case that is not sealed
    unknown = [SEALED, NEVER_PUBLIC] if role == "auditor" else [WAITING, SEALED, NEVER_PUBLIC]
    words = [*unknown, *(cases[word].number for word in unknown)]
    asked = [address for name in unknown for address in addresses(page_of(cases[name]))]
    # an address that names no page is the same for each
    leaks = [
        f"{address}: {word}" for address in dict.fromkeys(asked) for word in told(client, address, words)
    ]
    assert leaks == []
    assert len(asked) > 300 * len(unknown)
    if role in ("editor", "moderator"):  # the walk finds what may be known
        assert told(client, "/admin/reports/site-history/", [LIVE]) == [LIVE]
        assert told(client, f"/admin/choose-page/search/?q={LOOKED_FOR}", [LIVE]) == [LIVE]


def test_the_tables_of_the_cms_keep_no_word_of_it(cases: dict[str, Case]) -> None:
    tables = (Page, AnswerPage, PageLogEntry, TaskState, Redirect, IndexEntry)
    kept = [str(row) for model in tables for row in model.objects.values()]
    sealed = [page_of(cases[word]).pk for word in (SEALED, NEVER_PUBLIC)]  # type: ignore[union-attr]
    kept += [str(row) for row in Revision.objects.filter(object_id__in=map(str, sealed)).values()]
    kept += list(Revision.objects.values_list("object_str", flat=True))
    public = page_of(cases[SEALED]).public_slug  # type: ignore[union-attr]
    found = [
        row
        for row in kept
        if any(word in row.replace(public, "") for word in (WAITING, SEALED, NEVER_PUBLIC))
    ]
    assert found == []


def test_what_waits_what_was_taken_off_and_what_is_sealed_look_alike(cases: dict[str, Case]) -> None:
    pages = [page_of(cases[word]) for word in (WAITING, SEALED, NEVER_PUBLIC)]
    assert {page.title for page in pages if page} == {off_site.title()}
    assert all(page.url_path.endswith(f"/{page.slug}/") for page in pages if page)
    assert [page.slug for page in pages if page] == [
        f"tra-loi-{page.public_text_id}" for page in pages if page
    ]


def test_its_address_still_says_that_it_was_taken_off(cases: dict[str, Case], client: Client) -> None:
    page = page_of(cases[SEALED])
    assert page is not None
    answer = client.get(f"{page.get_parent().url}{page.public_slug}/")
    assert answer.status_code == 410
    html = answer.content.decode()
    assert LOOKED_FOR not in html
    assert SEALED not in html.replace(page.public_slug, "")
    assert client.get(f"{page.get_parent().url}{page.public_slug}x/").status_code == 404


def test_lists_cost_the_same_whatever_is_hidden(who: Ministry) -> None:
    def cost() -> int:
        client = Client()
        client.force_login(who.other_officer)
        client.get("/admin/choose-page/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/choose-page/search/?q=mầm")
        return len(queries)

    cost()  # what is kept for the process is read once
    one = cost()
    for number in range(4):
        case = make_case(Status.ANSWERED, who)
        write(case, f"mam{number}", who)
        request_publication(case, by=who.officer)
    assert cost() == one
