"""The people of the demo as the factories know them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from pakn_portal.snippets.models import Unit
from tests.factories import Ministry


def demo_ministry() -> Ministry:
    def user(name: str) -> Any:
        return get_user_model().objects.get(username=name)

    unit = Unit.objects.get(focal_person=user("daumoi"))
    other = Unit.objects.get(staff_group__in=user("chuyenvien2").groups.all())
    return Ministry(
        unit=unit,
        other_unit=other,
        intake=user("vanphong"),
        focal=user("daumoi"),
        officer=user("chuyenvien"),
        head=user("lanhdaodonvi"),
        second_officer=user("chuyenvien"),
        other_officer=user("chuyenvien2"),
        other_head=other.head,
        publisher=user("bientap"),
        second_publisher=user("bientap2"),
        leader=user("lanhdaobo"),
        inspector=user("thanhtra"),
        auditor=None,
        administrator=user("quantri"),
    )
