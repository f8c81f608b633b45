from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.architecture.source import PACKAGE, python_files

#: So many files beside each other are read at a glance; more want rooms.
MOST = 14

#: Folders that may hold more, and why. A new one needs as good a reason.
MAY_BE_LARGE = {
    "cases": "the files of a procedure, by names that promise the same everywhere",
    "management/verify": "one file for each promise that is checked, as the table of invariants lists them",
    "migrations": "the history of the tables; Django asks for one folder",
    "submissions/reading": "one file for each format; all of it runs alone in a child process with limits",
}


def files_in_folders() -> Counter[str]:
    return Counter(
        path.parent.relative_to(PACKAGE).as_posix()
        for path in python_files(migrations=True)
        if path.name != "__init__.py"
    )


def test_a_folder_past_about_a_dozen_files_has_rooms() -> None:
    large = {name for name, count in files_in_folders().items() if count > MOST}
    assert large == set(MAY_BE_LARGE)


def test_no_room_is_empty() -> None:
    """A package that holds nothing explains nothing."""
    packages = [path.parent for path in PACKAGE.rglob("__init__.py")]
    assert [str(one) for one in packages if not _holds_something(one)] == []


def _holds_something(package: Path) -> bool:
    return any(path.name != "__init__.py" or path.stat().st_size for path in package.rglob("*.py"))


def test_what_a_petition_tells_is_known_only_in_its_own_room() -> None:
    """Another procedure writes mails without a word of a petition among what all share."""
    notifications = PACKAGE / "notifications"
    shared = [*notifications.glob("*.py"), *(notifications / "outbox").glob("*.py")]
    words = ("cases.", "answers.", "notifications.petition", "DUPLICATE", "RECEIPT,", "Verb.")
    found = {
        (path.name, line.strip())
        for path in shared
        for line in path.read_text().splitlines()
        if any(word in line for word in words)
    }
    # the pages of answers, of whatever procedure, have mails of their own
    assert found == {("wagtail_mails.py", "from pakn_portal.pages.answers.page import AnswerPageMixin")}
