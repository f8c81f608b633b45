"""The lists in words and order of the people who keep them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail import VERSION as WAGTAIL_VERSION

from pakn_portal.snippets.models import Agency, DeadlineRule, Holiday, Sector, Synonym, Unit
from tests.snippets.test_lists_in_admin import address, keeper

__all__ = ["keeper"]


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def titles(response: Any) -> list[str]:
    return [str(row) for row in response.context["object_list"]]


def test_a_synonym_is_headed_by_what_it_is(keeper: Client) -> None:
    html = text(keeper.get(address(Synonym, "list")))
    assert "Từ viết tắt, từ thường dùng" in html
    assert "Thời hạn" not in re.sub(r"<nav.*?</nav>|<script.*?</script>|<aside.*?</aside>", "", html)


def test_a_rule_says_for_whom_it_is_and_in_which_unit_it_counts(keeper: Client) -> None:
    form = text(keeper.get(address(DeadlineRule, "add")))
    assert "Đơn vị tính" in form
    assert "---------" not in form
    assert form.count('<option value="" selected>Tất cả</option>') == 4
    if WAGTAIL_VERSION >= (8,):  # 7.4 makes this button once for each process, in the language of its start
        assert "Chọn lĩnh vực" in form
    rule = DeadlineRule.objects.create(step="reply", urgency="express", amount=5, valid_from=date(2026, 3, 5))
    listed = text(keeper.get(address(DeadlineRule, "list")))
    assert listed.count("Tất cả") > 4
    edited = text(keeper.get(address(DeadlineRule, "edit", rule.pk)))
    assert 'value="05/03/2026"' in edited
    posted = {"step": "reply", "amount": 6, "unit": "wd", "valid_from": "06/03/2026", "urgency": "express"}
    assert keeper.post(address(DeadlineRule, "edit", rule.pk), posted).status_code == 302
    rule.refresh_from_db()
    assert (rule.valid_from, rule.kind, rule.amount) == (date(2026, 3, 6), "", 6)


def test_holidays_stand_newest_year_first_and_its_days_in_order(keeper: Client) -> None:
    shown = keeper.get(address(Holiday, "list"))
    days = [row.date for row in shown.context["object_list"]]
    assert days[0] == date(2027, 1, 1)
    assert days == sorted(days, key=lambda day: (-day.year, day))
    assert "Thứ Năm 04/02/2027" in text(shown)


def test_tet_is_added_as_one_range(keeper: Client) -> None:
    data = {"name": "Tết Nguyên đán", "kind": "day_off", "status": "expected", "note": "Dự kiến"}
    add = address(Holiday, "add")
    backwards = keeper.post(add, {**data, "date": "25/01/2028", "last_date": "24/01/2028"})
    assert "Ngày cuối phải sau ngày đầu" in text(backwards)
    Holiday.objects.create(date=date(2028, 1, 28), name="Nghỉ")
    assert keeper.post(add, {**data, "date": "31/12/9999", "last_date": "31/12/9999"}).status_code == 302
    taken = keeper.post(add, {**data, "date": "25/01/2028", "last_date": "31/01/2028"})
    assert "Ngày 28/01/2028 đã có trong danh mục." in text(taken)
    assert Holiday.objects.filter(date__year=2028).count() == 1
    Holiday.objects.filter(date__year=2028).delete()
    assert keeper.post(add, {**data, "date": "25/01/2028", "last_date": "31/01/2028"}).status_code == 302
    rows = Holiday.objects.filter(date__year=2028, status="expected", name="Tết Nguyên đán")
    assert [row.date.day for row in rows.order_by("date")] == [25, 26, 27, 28, 29, 30, 31]
    assert "last_date" not in text(keeper.get(address(Holiday, "edit", rows[0].pk)))


NAMES = ["Ủy ban Dân tộc", "An Giang", "Ân Thi", "Đắk Lắk", "Dân vận", "Ăn uống", "Bộ Mẫu Một", "Zê"]
IN_ORDER = ["An Giang", "Ăn uống", "Ân Thi", "Bộ Mẫu Một", "Dân vận", "Đắk Lắk", "Ủy ban Dân tộc", "Zê"]


@pytest.mark.parametrize("model", [Agency, Sector, Unit])
def test_names_stand_in_the_order_of_the_alphabet(keeper: Client, model: Any) -> None:
    for place, name in enumerate(NAMES):
        model.objects.create(code=f"t{place}", name=name)
    forth = titles(keeper.get(address(model, "list"), {"ordering": "name"}))
    back = titles(keeper.get(address(model, "list"), {"ordering": "-name"}))
    plain = titles(keeper.get(address(model, "list")))
    ours = set(NAMES)
    assert [name for name in forth if name in ours] == IN_ORDER
    assert [name for name in back if name in ours] == IN_ORDER[::-1]
    assert [name for name in plain if name in ours] == IN_ORDER
