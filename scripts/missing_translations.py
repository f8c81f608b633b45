"""Every English message of the code has its Vietnamese, and no other; the compiled catalogue is fresh."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
#: What marks a message; `_` by its usual name.
MARKERS = {
    "_",
    *(f"{kind}gettext{when}" for kind in ("", "n", "p", "np") for when in ("", "_lazy", "_noop")),
}


def main() -> int:
    if shutil.which("msgfmt") is None:
        print("gettext is missing: apt-get install gettext", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        problems = [*unlike_the_code(Path(folder)), *stale(Path(folder))]
    for path in sorted((ROOT / "pakn_portal").rglob("*.py")):
        problems += [f"{path.relative_to(ROOT)}:{problem}" for problem in hidden_in(path.read_text())]
    print("\n".join(problems) or "every message has its Vietnamese")
    return 1 if problems else 0


def unlike_the_code(folder: Path) -> list[str]:
    """Merge the messages of a copy of the code into a copy of the catalogue: what stays empty is missing, and
    what becomes obsolete is used by nobody.
    """
    copy = folder / "pakn_portal"
    shutil.copytree(ROOT / "pakn_portal", copy, ignore=shutil.ignore_patterns("__pycache__"))
    run([sys.executable, "-m", "django", "makemessages", "-l", "vi", "--no-wrap", "-v", "0"], cwd=copy)
    found = {
        "no Vietnamese": messages("--untranslated", "--no-obsolete", catalogue=copy / CATALOGUE),
        "to be confirmed (fuzzy)": messages("--only-fuzzy", "--no-obsolete", catalogue=copy / CATALOGUE),
        "used by nobody": messages("--only-obsolete", "--clear-obsolete", catalogue=copy / CATALOGUE),
    }
    return [f"{problem}: {text}" for problem, texts in found.items() for text in texts]


def hidden_in(source: str) -> list[str]:
    """Messages inside an f-string, with their lines: not every gettext finds them there."""
    found = {
        (call.lineno, ast.unparse(call))
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in MARKERS
    }
    return [f"{line}: inside an f-string: {call}" for line, call in sorted(found)]


def messages(*choice: str, catalogue: Path) -> list[str]:
    """The msgid lines (with the place in the code) of the chosen entries."""
    output = run(["msgattrib", *choice, "--no-wrap", str(catalogue)], cwd=ROOT)
    entries = [entry for entry in output.split("\n\n") if 'msgid ""\nmsgstr' not in entry]
    return [
        " ".join(line for line in entry.splitlines() if line.startswith(("#:", "msgid")))
        for entry in entries
        if entry
    ]


def stale(folder: Path) -> list[str]:
    source = ROOT / "pakn_portal" / CATALOGUE
    if not source.exists():
        return [f"{source.relative_to(ROOT)} does not exist"]
    fresh = folder / "fresh.mo"
    run(["msgfmt", "--check", "-o", str(fresh), str(source)], cwd=ROOT)
    compiled = source.with_suffix(".mo")
    texts = [
        run(["msgunfmt", "--no-wrap", str(path)], cwd=ROOT) for path in (fresh, compiled) if path.exists()
    ]
    return (
        []
        if len(texts) == 2 and texts[0] == texts[1]
        else [f"{compiled.relative_to(ROOT)} is older than its .po"]
    )


def run(command: list[str], *, cwd: Path) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
