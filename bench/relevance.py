"""Relevance of every engine over a corpus and judged queries: `make bench-relevance CORPUS=… QUERIES=…
ENGINES=…`.

A query's own source is left out of its ranking and of its relevant documents. One line for each engine and
query
type as typed; then the same queries without diacritics and with the tone marks placed the other way; then the
time
of a page of ten with facets and marked excerpts, every engine of one process in turn over the same queries.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import TYPE_CHECKING

from bench.engines import NAMES, PLACES, Measured, prepare
from bench.measures import DEPTH, ndcg, recall, reciprocal_rank
from bench.site import missing_server, open_site

if TYPE_CHECKING:
    from bench.corpus import JudgedQuery

Scores = tuple[float, float, float]


def main() -> int:
    options = _options()
    chosen = [name for name in NAMES if not options.engines or name in options.engines.split(",")]
    if options.place:
        _measure(options, [name for name in PLACES[options.place] if name in chosen])
        return 0
    failed = 0
    for place, names in PLACES.items():
        here = [name for name in names if name in chosen and not _told_missing(name)]
        if here:
            arguments = [*sys.argv[1:], "--engines", ",".join(here), "--place", place]
            failed |= subprocess.run([sys.executable, "-m", "bench.relevance", *arguments]).returncode
    return failed


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="documents, JSON Lines")
    parser.add_argument("--queries", type=Path, required=True, help="queries with relevant ids, JSON Lines")
    parser.add_argument("--engines", default="", help=f"comma-separated, of: {', '.join(NAMES)}")
    parser.add_argument("--place", choices=list(PLACES), help=argparse.SUPPRESS)
    return parser.parse_args()


def _told_missing(name: str) -> bool:
    reason = missing_server(name)
    if reason:
        print(f"NOT RUN: {name}: {reason}", file=sys.stderr)
    return bool(reason)


def _measure(options: argparse.Namespace, names: list[str]) -> None:
    with open_site(options.place):
        from bench.corpus import fill_archive, read_lines, read_queries

        ids = fill_archive(read_lines(options.corpus))
        queries = read_queries(options.queries)
        engines = [prepare(name) for name in names]
        for line in _relevance_lines(engines, queries, ids):
            print(line, flush=True)
        for line in _time_lines(engines, [query.text for query in queries]):
            print(line, flush=True)


def _relevance_lines(
    engines: list[Measured], queries: list[JudgedQuery], ids: dict[int, str]
) -> Iterator[str]:
    from pakn_portal.text import fold, place_tones

    variants: dict[str, Callable[[str], str]] = {
        "": lambda text: text,
        "stripped": fold,
        "swapped": lambda text: _swap_tones(text, place_tones),
    }
    for variant, change in variants.items():
        for engine in engines:
            by_type = _scores(engine, queries, ids, change)
            for kind, scores in by_type.items():
                mark = f" variant={variant}" if variant else ""
                yield f"engine={engine.name} type={kind}{mark} {_told(scores)}"


def _swap_tones(text: str, place_tones: Callable[..., str]) -> str:
    """The other placement of the one the text has."""
    old, new = place_tones(text, "old"), place_tones(text, "new")
    return old if text == new else new


def _scores(
    engine: Measured,
    queries: list[JudgedQuery],
    ids: dict[int, str],
    change: Callable[[str], str],
) -> dict[str, list[Scores]]:
    by_type: defaultdict[str, list[Scores]] = defaultdict(list)
    for query in queries:
        found = [ids[pk] for pk in engine.rank(change(query.text), DEPTH + 1)]
        ranking = [pk for pk in found if pk != query.source_id][:DEPTH]
        scores = tuple(measure(ranking, query.relevant) for measure in (ndcg, reciprocal_rank, recall))
        by_type[query.type].append(scores)
        by_type["all"].append(scores)
    return dict(sorted(by_type.items(), key=lambda item: (item[0] == "all", item[0])))


def _told(scores: list[Scores]) -> str:
    gain, rank, share = (mean(column) for column in zip(*scores, strict=True))
    return f"queries={len(scores)} ndcg@10={gain:.4f} mrr@10={rank:.4f} recall@10={share:.4f}"


def _time_lines(engines: list[Measured], texts: list[str]) -> Iterator[str]:
    """`search`: from words to ids and counts (plain: with highlights); `page`: to the hits as shown."""
    searches = _times({engine.name: partial(engine.rank, size=DEPTH) for engine in engines}, texts)
    pages = _times({engine.name: engine.page for engine in engines}, texts)
    for name in pages:
        told = [f"search_ms_mean={mean(searches[name]):.1f}", f"page_ms_mean={mean(pages[name]):.1f}"]
        told.append(f"page_ms_p50={median(pages[name]):.1f}")
        if "plain" in pages:
            told.append(f"search_to_plain={mean(searches[name]) / mean(searches['plain']):.2f}")
            told.append(f"ratio_to_plain={mean(pages[name]) / mean(pages['plain']):.2f}")
        yield f"time engine={name} {' '.join(told)}"


def _times(acts: dict[str, Callable[[str], object]], texts: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each act on each text, in turn, after a hundred to warm up."""
    for text in texts[:100]:
        for act in acts.values():
            act(text)
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for text in texts:
        for name, act in acts.items():
            started = perf_counter()
            act(text)
            taken[name].append((perf_counter() - started) * 1000)
    return taken


if __name__ == "__main__":
    sys.exit(main())
