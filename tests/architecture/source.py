"""The package's source as these tests read it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "pakn_portal"

#: Data flows down this list, and an import only looks up. Equals do not see each other.
ORDER: tuple[tuple[str, ...], ...] = (
    ("text",),
    ("conf",),
    ("signals",),
    ("permissions",),
    ("languages",),
    ("clock",),
    ("error_reports",),
    ("people",),
    ("snippets",),
    ("deadlines",),
    ("register",),
    ("flow",),
    ("similar",),
    ("submissions",),
    ("cases",),
    ("routing",),
    ("answers",),
    ("signing",),
    ("publication",),
    ("pages",),
    ("consultations", "inspections"),
    ("search",),
    ("notifications",),
    ("reports",),
    ("connections",),
    ("staff",),
    # beside the way of the data: what is run by hand, and what Django and Wagtail load
    ("wagtail_vietnamese",),
    ("migrations",),
    ("management",),
    ("checks", "templatetags", "models"),
    ("receivers", "urls", "wagtail_hooks"),
    ("apps",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


def python_files(*, migrations: bool = False) -> list[Path]:
    files = sorted(PACKAGE.rglob("*.py"))
    return files if migrations else [path for path in files if "migrations" not in path.parts]


def package_of(path: Path) -> str:
    """The name in ORDER this file belongs to; the app's own `__init__` is empty and belongs to none."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")
