from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.cases.enums import Outcome
from pakn_portal.templatetags.pakn_text import pakn_lines, pakn_numbers, pakn_outcome, pakn_paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Một dòng", "<p>Một dòng</p>"),
        ("Đoạn một.\n\n \nĐoạn hai.", "<p>Đoạn một.</p>\n<p>Đoạn hai.</p>"),
        ("Dòng một\r\ndòng hai", "<p>Dòng một<br>dòng hai</p>"),
        (
            "Gồm:\n- đơn\n– ảnh\nNộp tại Sở.",
            "<p>Gồm:</p>\n<ul><li>đơn</li><li>ảnh</li></ul>\n<p>Nộp tại Sở.</p>",
        ),
        ("-5 độ", "<p>-5 độ</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("- <b>x</b>", "<ul><li>&lt;b&gt;x&lt;/b&gt;</li></ul>"),
    ],
)
def test_paragraphs(text: str, html: str) -> None:
    assert pakn_paragraphs(text) == html


def test_document_number_leads_to_the_archive() -> None:
    link = '<a href="/a/?q=45%2F2019%2FQH14">45/2019/QH14</a>'
    assert pakn_paragraphs("Điều 35 Luật 45/2019/QH14.", "/a/") == f"<p>Điều 35 Luật {link}.</p>"
    assert pakn_numbers("<45/2019/QH14>", "/a/") == f"&lt;{link}&gt;"


def test_lines_that_say_something() -> None:
    assert pakn_lines("45/2019/QH14\n\n  38/2013/QH13 ") == ["45/2019/QH14", "38/2013/QH13"]


@given(st.text(alphabet="<>&\"'ab1/2020NĐ-CP -+•\n\r\t", max_size=200))
def test_nothing_escapes(text: str) -> None:
    html = pakn_paragraphs(text, "/a/")
    for tag in ("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<br>", "</a>", '<a href="/a/?q='):
        html = html.replace(tag, "")
    assert "<" not in html


def test_lines_are_shown_once() -> None:
    assert pakn_lines("28/2015/NĐ-CP\n\n 28/2015/NĐ-CP \n61/2020/NĐ-CP") == ["28/2015/NĐ-CP", "61/2020/NĐ-CP"]


def test_each_outcome_has_words_for_readers() -> None:
    words = [pakn_outcome(outcome) for outcome in Outcome]
    assert all(words)
    assert not any("giải trình" in each.lower() for each in words)
    assert pakn_outcome("") == ""
