"""What `make bench AGAINST=COMMIT` reads out of two benchmarks, and what it calls worse."""

from __future__ import annotations

import pytest

from bench.against import Measure, compare, is_worse, read_numbers

TABLE = """
CPU cores: 2

| archive | what | result |
| --- | --- | --- |
| any | database queries of an archive page | 1 hits: 17, 30 hits: 18 |
| 200,000 characters | hostile text, fold | 0.12 s ('a'), twice the length takes 2.0 times as long |
| 4,540 entries | indexed by plain | 1,234 a second |
| 4,540 entries | page of ten, short query, plain | 5.4 ms (95 %: 9.1 ms) |
"""
LINES = """
engine=plain type=all variant=stripped queries=702 ndcg@10=0.0580 mrr@10=0.0700 recall@10=0.0900
time engine=plain search_ms_mean=4.0 page_ms_mean=5.0 page_ms_p50=4.9 ratio_to_plain=1.00
"""


def test_a_table_gives_one_number_a_row() -> None:
    numbers = {measure.name: (number, measure.more_is_better) for measure, number in read_numbers(TABLE)}
    assert numbers == {
        "any, database queries of an archive page": (18, False),
        "200,000 characters, hostile text, fold": (0.12, False),
        "4,540 entries, indexed by plain": (1234, True),
        "4,540 entries, page of ten, short query, plain": (5.4, False),
    }


def test_a_line_gives_its_relevance_and_its_times_and_no_ratio() -> None:
    numbers = {measure.name: number for measure, number in read_numbers(LINES)}
    assert numbers["engine=plain type=all variant=stripped ndcg@10"] == 0.058
    assert numbers["engine=plain page_ms_mean"] == 5
    assert len(numbers) == 6


@pytest.mark.parametrize(
    ("line", "before", "now", "worse"),
    [
        ("time engine=x page_ms_mean=1", 10, 10.9, False),
        ("time engine=x page_ms_mean=1", 10, 11.1, True),
        ("| a | b | 3 a second |", 100, 91, False),
        ("| a | b | 3 a second |", 100, 89, True),
        ("engine=x type=all queries=1 ndcg@10=1", 0.67, 0.67, False),
        ("engine=x type=all queries=1 ndcg@10=1", 0.67, 0.6695, True),
    ],
)
def test_what_is_worse(line: str, before: float, now: float, worse: bool) -> None:
    [(measure, _number)] = read_numbers(line)
    assert is_worse(measure, before, now) is worse


def test_medians_stand_side_by_side_and_a_new_row_is_judged_by_nobody() -> None:
    old, new = Measure("a page"), Measure("a new page")
    lines, worse = compare({old: [9, 1, 5]}, {old: [5, 5, 50], new: [1]})
    assert "| a page | 5 | 5 | 1.00 |  |" in lines
    assert any("a new page" in line and "only one" in line for line in lines)
    assert worse == []
