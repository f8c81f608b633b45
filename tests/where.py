"""Which tests run again, and where. Every test runs once, on SQLite with Wagtail 8.

A second database, Wagtail or Python costs minutes, so a test runs there again only for what may differ there.
A folder or a file stands here; a single test elsewhere carries the marker itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent

EVERY_DATABASE: Final = "every_database"
EVERY_WAGTAIL: Final = "every_wagtail"
NEWEST: Final = "newest"
ANY_HOUR: Final = "any_hour"
NO_WAGTAIL: Final = "no_wagtail"

AGAIN: Final[dict[str, tuple[str, ...]]] = {
    # locks, SQL, search, races; a test that commits (transaction=True) is one without standing here
    EVERY_DATABASE: (
        "tests/cases/test_concurrency.py",
        "tests/cases/test_hold.py",
        "tests/faults",
        "tests/imports",
        "tests/management/test_verify.py",
        "tests/notifications/test_sweeps.py",
        "tests/register",
        "tests/reports",
        "tests/search",
        "tests/setup",
        "tests/snippets/test_deletion.py",
        "tests/staff/test_boards.py",
        "tests/staff/test_bulk.py",
        "tests/staff/test_desk_list.py",
        "tests/staff/test_list.py",
        "tests/staff/test_search_box.py",
        "tests/submissions/test_actions.py",
        "tests/submissions/test_tray.py",
        "tests/submissions/test_limits.py",
    ),
    # pages, staff, snippets, publication, migrations
    EVERY_WAGTAIL: (
        "tests/architecture/test_migrations.py",
        "tests/pages",
        "tests/setup",
        "tests/snippets",
        "tests/staff",
    ),
    # what counts days and hours: in `make test` each at one instant, in `make test-all` at each of them
    ANY_HOUR: (
        "tests/cases",
        "tests/deadlines",
        "tests/notifications",
        "tests/reports",
        "tests/staff/test_boards.py",
        "tests/staff/test_boards_of_roles.py",
        "tests/staff/test_desk_list.py",
        "tests/staff/test_kept_drafts.py",
    ),
    # checks, and one test or more of each road through the section
    NEWEST: (
        "tests/architecture/test_migrations.py",
        "tests/checks",
        "tests/notifications/test_sending.py",
        "tests/pages/test_answer_page.py",
        "tests/pages/test_forms.py",
        "tests/pages/test_section.py",
        "tests/search/page/test_page.py",
        "tests/setup",
        "tests/snippets/test_lists_in_admin.py",
        "tests/staff/test_case_page.py",
        "tests/submissions/test_captcha.py",
    ),
}

#: What stands in a folder of `EVERY_WAGTAIL` and is decided by our own code alone: rights, figures, limits,
#: files, letters and kept words, whose screens other tests of the folder open. `make test-all` has them.
SAME_ON_EVERY_WAGTAIL: Final = (
    "tests/pages/test_changed_forms.py",
    "tests/pages/test_counted_from.py",
    "tests/pages/test_expected_days.py",
    "tests/pages/test_hostile.py",
    "tests/pages/test_identifiers.py",
    "tests/pages/test_joined_to_sealed.py",
    "tests/pages/test_limits.py",
    "tests/pages/test_nothing_lost.py",
    "tests/pages/test_public_files.py",
    "tests/pages/test_sent_before.py",
    "tests/pages/test_tracking.py",
    "tests/pages/test_tracking_locked.py",
    "tests/pages/test_upload_doors.py",
    "tests/pages/test_upload_races.py",
    "tests/staff/test_attached_files.py",
    "tests/staff/test_boards.py",
    "tests/staff/test_boards_of_roles.py",
    "tests/staff/test_bulk.py",
    "tests/staff/test_confirm.py",
    "tests/staff/test_confirmed_leftovers.py",
    "tests/staff/test_confirmed_secret.py",
    "tests/staff/test_correcting.py",
    "tests/staff/test_desk_list.py",
    "tests/staff/test_guards.py",
    "tests/staff/test_inner_due.py",
    "tests/staff/test_kept_drafts.py",
    "tests/staff/test_late.py",
    "tests/staff/test_left_limits.py",
    "tests/staff/test_letter_before.py",
    "tests/staff/test_letters.py",
    "tests/staff/test_next_case.py",
    "tests/staff/test_own_zone.py",
    "tests/staff/test_redaction.py",
    "tests/staff/test_rights.py",
    "tests/staff/test_texts_of_staff.py",
    "tests/staff/test_tokens.py",
    "tests/staff/test_turns.py",
    "tests/staff/test_words_kept.py",
    "tests/staff/test_words_to_take.py",
)

#: Many rounds over what single tests walk too: the coverage, which costs half as much again, rests there.
UNMEASURED: Final = (
    "tests/cases/test_rights_matrix.py",
    "tests/cases/test_walks.py",
    "tests/example_site/test_demo_cases.py",
    "tests/pages/test_hostile.py",
    "tests/search/engines/test_limits.py",
    "tests/staff/test_rights.py",
    "tests/text/test_linear_time.py",
    "tests/text/test_tones.py",
)


def markers_of(path: str, *, commits: bool, browser: bool) -> Iterable[str]:
    """The markers of a test in this file (from the checkout's root, with slashes)."""
    if path in UNMEASURED:
        yield "no_cover"
    if path in SAME_ON_EVERY_WAGTAIL:
        yield NO_WAGTAIL
    for marker, places in AGAIN.items():
        if any(path == place or path.startswith(f"{place}/") for place in places) or (
            marker == EVERY_DATABASE and commits and not browser
        ):
            yield marker


#: What the text of a file says that holds such a test, beside the marker's own name.
_SAID: Final = {EVERY_DATABASE: r"|transaction=True|transactional_db|manage_process"}


def files_of(*markers: str) -> list[str]:
    """The folders and files where the tests with one of these markers are; a test compares it with them all.

    To read every file of the tests costs each worker half as much as some of the parts.
    """
    places = {place for marker in markers for place in AGAIN.get(marker, ())}
    said = re.compile("|".join(rf"\bmark\.{marker}\b{_SAID.get(marker, '')}" for marker in markers))
    for place in _saying(said):
        if not any(place == other or place.startswith(f"{other}/") for other in places):
            places.add(place)
    return sorted(places)


def _saying(said: re.Pattern[str]) -> Iterator[str]:
    """What a conftest.py says is said of its folder."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name.startswith("test_") and said.search(path.read_text()):
            yield path.relative_to(ROOT).as_posix()
        elif path.name == "conftest.py" and path.parent.name != "tests" and said.search(path.read_text()):
            yield path.parent.relative_to(ROOT).as_posix()
