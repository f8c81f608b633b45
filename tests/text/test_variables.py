from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.text.variables import (
    FaultKind,
    TagFault,
    TextPosition,
    check_variables,
    place_of,
    render_variables,
    variable_names,
)
from tests.text.strategies import anything

KNOWN = ("mã hồ sơ", "tiêu đề", "số công văn")
_PIECES = ("{{ mã hồ sơ }}", "{{", "}}", "{%", "%}", "{% nếu có tiêu đề %}", "{% hết %}", "{% không thì %}",
           "{% nếu không có số công văn %}", "\n", " ", "a", "{{ lạ }}", "{", "%")  # fmt: skip
written = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hồ sơ {{ mã hồ sơ }}.", "Hồ sơ PAKN-1."),
        ("Hồ sơ {{MÃ  HỒ SƠ}}, {{ ma ho so }}.", "Hồ sơ PAKN-1, PAKN-1."),
        ("{% nếu có tiêu đề %}về {{ tiêu đề }}{% hết %}", "về Lương"),
        ("{% nếu có số công văn %}số{% không thì %}chưa có số{% hết %}", "chưa có số"),
        ("{% nếu không có số công văn %}chưa{% không thì %}số{% hết %}", "chưa"),
        ("{% nếu tiêu đề %}{% nếu không số công văn %}a{% hết %}b{% hết %}", "ab"),
        ("{% nếu số công văn %}{% nếu tiêu đề %}a{% không thì %}b{% hết %}{% không thì %}c{% hết %}", "c"),
        ("{% nếu cơ quan nhận %}a{% hết %}{% nếu không có cơ quan nhận %}b{% hết %}", "b"),
        ("Một\n{% nếu có số công văn %}\nHai\n{% hết %}\nBa", "Một\nBa"),
        ("Một\n  {% nếu có tiêu đề %}\nHai\n{% hết %}  \nBa", "Một\nHai\nBa"),
        ("không {gì} cả, 50 % }", "không {gì} cả, 50 % }"),
    ],
)
def test_values_take_the_place_of_their_names(text: str, shown: str) -> None:
    values = {"mã hồ sơ": "PAKN-1", "tiêu đề": "Lương", "số công văn": " ", "cơ quan nhận": ""}
    assert check_variables(text, values) == []
    assert render_variables(text, values) == shown


def test_a_value_is_not_read_again() -> None:
    values = {"tiêu đề": "{{ mã hồ sơ }}{% hết %}", "mã hồ sơ": "PAKN-1"}
    assert render_variables("{{ tiêu đề }}", values) == "{{ mã hồ sơ }}{% hết %}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a {{ mã hồ xơ }}", TagFault(FaultKind.UNKNOWN, 2, 16, "mã hồ xơ", "mã hồ sơ")),
        ("{% nếu có qqq %}{% hết %}", TagFault(FaultKind.UNKNOWN, 0, 16, "qqq")),
        ("a {{ mã hồ sơ", TagFault(FaultKind.BROKEN, 2, 4, "{{")),
        ("a {{ }}", TagFault(FaultKind.BROKEN, 2, 7, "{{ }}")),
        ("{% nếu có %}", TagFault(FaultKind.BROKEN, 0, 12, "{% nếu có %}")),
        ("{% for x in y %}", TagFault(FaultKind.BROKEN, 0, 16, "{% for x in y %}")),
        ("{% nếu có tiêu đề %}a", TagFault(FaultKind.UNCLOSED, 0, 20, "tiêu đề")),
        ("a{% hết %}", TagFault(FaultKind.NOT_OPENED, 1, 10, "hết")),
        ("{% không thì %}", TagFault(FaultKind.NOT_OPENED, 0, 15, "không thì")),
    ],
)
def test_each_fault_has_its_place(text: str, fault: TagFault) -> None:
    assert check_variables(text, KNOWN) == [fault]


def test_a_second_else_has_no_condition() -> None:
    text = "{% nếu có tiêu đề %}a{% không thì %}b{% không thì %}c{% hết %}"
    assert [(fault.kind, fault.start) for fault in check_variables(text, KNOWN)] == [
        (FaultKind.NOT_OPENED, 37)
    ]


def test_a_place_is_told_by_line_and_column() -> None:
    text = "một\nhai {{ lạ }}"
    assert place_of(text, text.index("{{")) == TextPosition(2, 5)
    assert place_of(text, 0) == TextPosition(1, 1)


def test_names_are_told_with_those_of_conditions() -> None:
    assert variable_names("{{ Mã hồ sơ }}{% nếu không có tiêu đề %}{% hết %}") == {"ma ho so", "tieu de"}


@given(st.lists(st.sampled_from([piece for piece in _PIECES if piece not in "{%"]), max_size=14).map("".join))
def test_what_has_no_fault_is_rendered_to_its_end(text: str) -> None:
    rendered = render_variables(text, dict.fromkeys(KNOWN, "v"))
    if not check_variables(text, KNOWN):
        assert not any(sign in rendered for sign in ("{{", "}}", "{%", "%}"))


@given(written | anything)
def test_faults_stand_in_order_and_inside_the_text(text: str) -> None:
    faults = check_variables(text, KNOWN)
    assert [fault.start for fault in faults] == sorted(fault.start for fault in faults)
    assert all(0 <= fault.start < fault.end <= len(text) for fault in faults)


@given(anything.filter(lambda text: "{" not in text and "}" not in text))
def test_text_without_braces_stays_as_it_is(text: str) -> None:
    assert render_variables(text, {"mã hồ sơ": "v"}) == text
