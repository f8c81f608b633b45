"""The benchmarks of the archive, with a table at the end: `make bench`.

Archive search against `plain` (the baseline of `bench/plain.py`) on one Elasticsearch and against the
database engine, at the size of the corpus and at 100,000 entries made of it; how fast entries are written and
indexed; how many database queries the archive and the list of cases cost with few rows and with many; what it
costs to take a petition in, and how many two workers take in a second; how much of the house each road of a
petition enters; what screens of staff cost on PostgreSQL with few cases and with many; how long hostile text
takes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench import desk, roads
from bench.engines import prepare
from bench.site import missing_server, open_site

LARGE = 100_000
PAGES = 200
Row = tuple[str, str, str]


def main() -> int:
    options = dict(argument.split("=", 1) for argument in sys.argv[1:] if "=" in argument)
    corpus, queries = Path(options.get("CORPUS", "")), Path(options.get("QUERIES", ""))
    if not (corpus.is_file() and queries.is_file()):
        print(
            "usage: python -m bench CORPUS=documents.jsonl QUERIES=queries.jsonl "
            "[LARGE=100000] [CASES=200000]",
            file=sys.stderr,
        )
        return 2
    large = int(options.get("LARGE", LARGE))
    rows: list[Row] = []
    if (cases := int(options.get("CASES", desk.MANY))) and not _told_missing("database-postgresql"):
        rows += desk.rows(cases)
    with open_site("sqlite"):
        rows += roads.rows()
    with open_site("sqlite"):
        _measure(corpus, queries, large, rows)
    _print_table(rows)
    return 0


def _measure(corpus: Path, queries: Path, large: int, rows: list[Row]) -> None:
    from bench.corpus import clear_archive, read_lines
    from bench.hostile_text import hostile_rows
    from bench.sending import cpu_rows, two_workers_rows
    from bench.synthesis import recombine

    documents = list(read_lines(corpus))
    texts = [str(row["text"]) for row in read_lines(queries)]
    rows += _query_counts()
    rows += cpu_rows()
    rows += [] if _told_missing("database-postgresql") else two_workers_rows()
    rows += hostile_rows()
    for size in (len(documents), large):
        if size < len(documents):  # LARGE=0: no larger one
            continue
        clear_archive()
        rows += _at_size(recombine(documents, size), size, texts)


def _at_size(documents: object, size: int, texts: list[str]) -> list[Row]:
    from bench.corpus import fill_archive

    title = f"{size:,} entries"
    started = perf_counter()
    fill_archive(documents)  # type: ignore[arg-type]
    rows = [
        (title, "written by the projection (SQLite)", f"{size / (perf_counter() - started):,.0f} a second")
    ]
    names = [name for name in ("plain", "elasticsearch", "database-sqlite") if not _told_missing(name)]
    engines = []
    for name in names:
        started = perf_counter()
        engines.append(prepare(name))
        if name != "database-sqlite":
            rate = size / (perf_counter() - started)
            rows.append((title, f"indexed by {name}", f"{rate:,.0f} a second"))
        print(f"{title}: {name} is filled", flush=True)
    short = [text for text in texts if len(text.split()) <= 8]
    longer = [text for text in texts if len(text.split()) > 8]
    for kind, chosen in (("short", short), ("long", longer)):
        chosen = list(islice(cycle(chosen), PAGES)) if chosen else []
        for name, told in _times([(engine.name, engine.page) for engine in engines], chosen):
            rows.append((title, f"page of ten, {kind} query, {name}", told))
    return rows


def _times(pages: list[tuple[str, Callable[[str], object]]], texts: list[str]) -> list[tuple[str, str]]:
    taken: dict[str, list[float]] = {name: [] for name, _page in pages}
    for text in texts[:20]:
        for _name, page in pages:
            page(text)
    for text in texts:
        for name, page in pages:
            started = perf_counter()
            page(text)
            taken[name].append((perf_counter() - started) * 1000)
    return [
        (name, f"{median(times):.1f} ms (95 %: {quantiles(times, n=20)[-1]:.1f} ms)")
        for name, times in taken.items()
        if len(times) > 1
    ]


def _query_counts() -> list[Row]:
    from bench.query_counts import archive_queries, case_list_queries

    archive = ", ".join(f"{hits} hits: {count}" for hits, count in archive_queries().items())
    cases = ", ".join(f"{number:,} cases: {count}" for number, count in case_list_queries().items())
    return [
        ("any", "database queries of an archive page", archive),
        ("any", "database queries of the list of cases", cases),
    ]


def _told_missing(name: str) -> bool:
    reason = missing_server(name)
    if reason:
        print(f"NOT RUN: {name}: {reason}", file=sys.stderr)
    return bool(reason)


def _print_table(rows: list[Row]) -> None:
    print(f"\nCPU cores: {os.cpu_count()}\n\n| archive | what | result |\n| --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    sys.exit(main())
