from __future__ import annotations

import re

from tests.architecture.source import ORDER
from tests.docs.pages import DOCS, PACKAGE, ROOT, codes, names, section, tables

PAGE = DOCS / "concepts" / "architecture.md"
FILE = re.compile(r"[\w./-]+\.(py|json|md|css|txt|html)|[\w./-]+/")


def test_where_it_lives_names_only_what_exists() -> None:
    wanted = [
        name for row in tables(PAGE, "Where does it live?") for name in codes(row[1]) if FILE.fullmatch(name)
    ]
    assert [name for name in wanted if not (PACKAGE / name).exists()] == []
    assert len(wanted) >= 10


def test_the_packages_are_in_the_order_of_the_imports() -> None:
    told = re.findall(r"[a-z_]+", section(PAGE, "Architecture").split("```")[1])
    exist = {path.stem for path in PACKAGE.iterdir()}
    order = [row for row in ORDER if exist & {*row}]
    assert sorted(told) == sorted(name for row in order for name in row if name in exist)
    ranks = [next(rank for rank, row in enumerate(order) if name in row) for name in told]
    assert ranks == sorted(ranks)


def test_every_package_is_explained() -> None:
    packages = {f"{path.name}/" for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert packages - {*names(PAGE), "management/", "migrations/", "templatetags/"} == set()


def test_pages_name_only_files_that_exist() -> None:
    """A path in code that begins like one of ours must be there."""
    starts = ("pakn_portal/", "tests/", "docs/", "example_site/", "scripts/", "bench/", "requirements/")
    missing = []
    for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]:
        for name in re.findall(r"`([\w./-]+)`", path.read_text()):
            places = (ROOT / name, PACKAGE / "templates" / name)
            if name.startswith(starts) and not any(place.exists() for place in places):
                missing.append(f"{path.relative_to(ROOT)}: {name}")
    assert missing == []
