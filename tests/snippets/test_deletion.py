"""A row in use is kept by every door, and the sentence says where it is used."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.management.setup.roles import make_roles, role_group
from pakn_portal.snippets import deletion
from pakn_portal.snippets.deletion import uses_of
from pakn_portal.snippets.models import Agency, DeadlineRule, RefusalReason, Sector, Synonym, Unit
from tests.factories import Ministry, make_case, make_many_cases, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture
def ministry() -> Ministry:
    make_roles()
    return make_ministry()


@pytest.fixture
def keeper(ministry: Ministry) -> Client:
    user = get_user_model().objects.create_user("giu-danh-muc")
    user.groups.add(role_group("administrator"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def in_use(ministry: Ministry) -> dict[type, Any]:
    """A row of each list that something points to with PROTECT."""
    case = make_case(Status.REJECTED, ministry)
    referred = make_case(Status.FORWARDED, ministry)
    routed = make_case(Status.ROUTED, ministry)
    Case.objects.filter(pk=routed.pk).update(sector=Sector.objects.all()[0])
    routed.refresh_from_db()
    assert routed.deadline_rule is not None
    return {
        Unit: routed.lead_unit,
        Sector: routed.sector,
        RefusalReason: case.refusal_reason,
        Agency: referred.agency,
        DeadlineRule: routed.deadline_rule,
    }


def single(row: Any) -> str:
    return reverse(row.snippet_viewset.get_url_name("delete"), args=[row.pk])


def bulk(*rows: Any) -> str:
    options = rows[0]._meta
    url = reverse("wagtail_bulk_action", args=[options.app_label, options.model_name, "delete"])
    return f"{url}?{'&'.join(f'id={row.pk}' for row in rows)}"


@pytest.mark.parametrize("door", [single, bulk])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("model", [Unit, Sector, RefusalReason, Agency, DeadlineRule])
def test_what_is_used_is_kept_and_said(
    model: Any, method: str, door: Any, keeper: Client, in_use: dict[type, Any]
) -> None:
    row = in_use[model]
    page = getattr(keeper, method)(door(row), follow=True)
    assert page.status_code == 200
    (told,) = [str(message).strip() for message in page.context["messages"]]
    assert uses_of(row) in told
    assert page.request["PATH_INFO"] == reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.every_database
def test_a_batch_with_one_row_in_use_is_kept_whole(keeper: Client, in_use: dict[type, Any]) -> None:
    free = Agency.objects.create(code="moi", name="Cơ quan mới")
    page = keeper.post(bulk(in_use[Agency], free), follow=True)
    assert [str(in_use[Agency]) in str(message) for message in page.context["messages"]] == [True]
    assert Agency.objects.filter(pk__in=[in_use[Agency].pk, free.pk]).count() == 2


@pytest.mark.every_database
@pytest.mark.parametrize("door", [single, bulk])
def test_the_row_the_worker_needs_is_kept_though_nobody_uses_it(door: Any, keeper: Client) -> None:
    reason = RefusalReason.objects.get(code="not_supplemented")
    page = keeper.post(door(reason), follow=True)
    assert [str(reason) in str(message) for message in page.context["messages"]] == [True]
    assert RefusalReason.objects.filter(pk=reason.pk).exists()


@pytest.mark.every_database
def test_what_nobody_uses_goes(keeper: Client) -> None:
    agency = Agency.objects.create(code="moi", name="Cơ quan mới")
    synonym = Synonym.objects.create(term="xyz", expansions="nghĩa")
    assert keeper.post(single(agency)).status_code == 302
    assert keeper.post(bulk(synonym)).status_code == 302
    assert not Agency.objects.filter(pk=agency.pk).exists()
    assert not Synonym.objects.filter(pk=synonym.pk).exists()


@pytest.mark.every_database
def test_uses_are_counted_by_what_they_are(ministry: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    make_many_cases(3, unit=ministry.unit)
    child = Unit.objects.create(code="con", name="Phòng", parent=ministry.unit)
    with override("en"):
        assert uses_of(ministry.unit) == "3 cases, 1 unit"
        assert uses_of(child) == ""
        monkeypatch.setattr(deletion, "MOST", 2)
        assert uses_of(ministry.unit) == "more than 2 cases, 1 unit"


@pytest.mark.every_database
def test_who_stands_in_a_register_is_not_deleted(ministry: Ministry, client: Client) -> None:
    make_case(Status.PROCESSING, ministry)
    boss = get_user_model().objects.create_superuser("goc")
    client.force_login(boss)
    officer, free = ministry.officer, ministry.nobody
    doors = [reverse("wagtailusers_users:delete", args=[officer.pk]), bulk(officer, free)]
    for door in doors:
        page = client.post(door, follow=True)
        assert [str(officer.get_full_name()) in str(message) for message in page.context["messages"]] == [
            True
        ]
    assert get_user_model().objects.filter(pk__in=[officer.pk, free.pk]).count() == 2
    assert client.post(reverse("wagtailusers_users:delete", args=[free.pk])).status_code == 302
    assert not get_user_model().objects.filter(pk=free.pk).exists()
