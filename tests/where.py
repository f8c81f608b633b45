"""Which tests run again, and where. Every test runs once, on SQLite with Wagtail 8.

A second database, Wagtail or Python costs minutes, so a test runs there again only for what may differ there.
A folder or a file stands here; a single test elsewhere carries the marker itself.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent

EVERY_DATABASE: Final = "every_database"
EVERY_WAGTAIL: Final = "every_wagtail"
NEWEST: Final = "newest"
ANY_HOUR: Final = "any_hour"
NO_WAGTAIL: Final = "no_wagtail"
ONE_SERVER: Final = "one_server"

AGAIN: Final[dict[str, tuple[str, ...]]] = {
    # locks, SQL, search, races; a test that commits (transaction=True) is one without standing here, and of a
    # list or a page those are marked that ask the database for an order, a number, a text or a limit
    EVERY_DATABASE: (
        "tests/cases/test_concurrency.py",
        "tests/cases/test_hold.py",
        "tests/faults",
        "tests/imports",
        "tests/management/test_verify.py",
        "tests/notifications/test_sweeps.py",
        "tests/register",
        "tests/reports",
        "tests/search/engines",
        "tests/search/index",
        "tests/search/test_facet_fields.py",
        "tests/search/test_names.py",
        "tests/search/test_projection.py",
        "tests/search/test_sources.py",
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
        "tests/pages/test_answer_page.py",
        "tests/pages/test_forms.py",
        "tests/pages/test_section.py",
        "tests/setup/test_pakn_setup.py",
        "tests/snippets/test_lists_in_admin.py",
        "tests/staff/test_case_page.py",
        "tests/submissions/test_captcha.py",
    ),
}

#: What stands in a folder of `EVERY_WAGTAIL` and is decided by our own code alone: rights, figures, limits,
#: files, letters and kept words. Their screens are opened by other tests of the folder, or by the tests in
#: them that carry the marker themselves. `make test-all` has all of them.
SAME_ON_EVERY_WAGTAIL: Final = (
    "tests/pages/test_changed_forms.py",
    "tests/pages/test_checked_before_sending.py",
    "tests/pages/test_counted_from.py",
    "tests/pages/test_expected_days.py",
    "tests/pages/test_hostile.py",
    "tests/pages/test_identifiers.py",
    "tests/pages/test_joined_to_sealed.py",
    "tests/pages/test_limits.py",
    "tests/pages/test_nothing_lost.py",
    "tests/pages/test_personal_data.py",
    "tests/pages/test_public_files.py",
    "tests/pages/test_public_words.py",
    "tests/pages/test_sent_before.py",
    "tests/pages/test_taking_in_cost.py",
    "tests/pages/test_tracking.py",
    "tests/pages/test_tracking_locked.py",
    "tests/pages/test_upload_doors.py",
    "tests/pages/test_upload_races.py",
    "tests/pages/test_words_language.py",
    "tests/snippets/test_closing_units.py",
    "tests/snippets/test_dates.py",
    "tests/snippets/test_exchange.py",
    "tests/snippets/test_law_in_force.py",
    "tests/snippets/test_terms_of_the_law.py",
    "tests/snippets/test_words_of_lists.py",
    "tests/staff/test_attached_files.py",
    "tests/staff/test_boards.py",
    "tests/staff/test_boards_of_roles.py",
    "tests/staff/test_bulk.py",
    "tests/staff/test_confirm.py",
    "tests/staff/test_confirmed_leftovers.py",
    "tests/staff/test_confirmed_secret.py",
    "tests/staff/test_correcting.py",
    "tests/staff/test_correction_labels.py",
    "tests/staff/test_desk_list.py",
    "tests/staff/test_entry.py",
    "tests/staff/test_entry_look.py",
    "tests/staff/test_factories.py",
    "tests/staff/test_guards.py",
    "tests/staff/test_help.py",
    "tests/staff/test_inner_due.py",
    "tests/staff/test_intake.py",
    "tests/staff/test_kept_drafts.py",
    "tests/staff/test_late.py",
    "tests/staff/test_left_limits.py",
    "tests/staff/test_legal_bases.py",
    "tests/staff/test_letter_before.py",
    "tests/staff/test_letters.py",
    "tests/staff/test_mails.py",
    "tests/staff/test_moves.py",
    "tests/staff/test_next_case.py",
    "tests/staff/test_notices.py",
    "tests/staff/test_order_of_names.py",
    "tests/staff/test_own_zone.py",
    "tests/staff/test_redaction.py",
    "tests/staff/test_rights.py",
    "tests/staff/test_search_box.py",
    "tests/staff/test_texts_of_staff.py",
    "tests/staff/test_tokens.py",
    "tests/staff/test_turns.py",
    "tests/staff/test_words_kept.py",
    "tests/staff/test_words_to_take.py",
    "tests/staff/test_writing_panel.py",
)

#: What speaks to a search server and yet tells nothing of its version: a server that is killed, ordinary
#: words over the larger archive, what nobody may read. `make test` has them with Elasticsearch 8 alone, and
#: what a second version could answer otherwise with both: queries, shape and rebuild of the index, refusals.
SAME_ON_EVERY_SERVER: Final = (
    "tests/faults/test_search_server_killed.py",
    "tests/search/engines/test_demo_archive.py",
    "tests/search/test_sources.py",
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


def markers_of(
    path: str, *, commits: bool, browser: bool, own: Container[str] = frozenset()
) -> Iterable[str]:
    """The markers of a test in this file (from the checkout's root, with slashes), beside its `own`."""
    if path in UNMEASURED:
        yield "no_cover"
    if path in SAME_ON_EVERY_WAGTAIL and EVERY_WAGTAIL not in own:
        yield NO_WAGTAIL
    if path in SAME_ON_EVERY_SERVER:
        yield ONE_SERVER
    for marker, places in AGAIN.items():
        if any(path == place or path.startswith(f"{place}/") for place in places) or (
            marker == EVERY_DATABASE and commits and not browser
        ):
            yield marker


#: What the text of a file says that holds such a test, beside the marker's own name.
_SAID: Final = {EVERY_DATABASE: r"|transaction=True|transactional_db|manage_process"}


def files_of(*markers: str, but: Container[str] = ()) -> list[str]:
    """The folders and files where the tests with one of these markers are; a test compares it with them all.

    To read every file of the tests costs each worker half as much as some of the parts. `but`: what of a
    folder is left out, unless a test in it carries a marker of its own.
    """
    listed = {place for marker in markers for place in AGAIN.get(marker, ())}
    places = {place for each in listed for place in _without(each, but)}
    said = re.compile("|".join(rf"\bmark\.{marker}\b{_SAID.get(marker, '')}" for marker in markers))
    for place in _saying(said):
        if not any(place == other or place.startswith(f"{other}/") for other in places):
            places.add(place)
    return sorted(places)


def _without(place: str, but: Container[str]) -> list[str]:
    """The place itself, where nothing of it is left out."""
    tests = [path.relative_to(ROOT).as_posix() for path in (ROOT / place).rglob("test_*.py")]
    kept = [test for test in tests if test not in but]
    return kept if len(kept) < len(tests) else [place]


def _saying(said: re.Pattern[str]) -> Iterator[str]:
    """What a conftest.py says is said of its folder."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name.startswith("test_") and said.search(path.read_text()):
            yield path.relative_to(ROOT).as_posix()
        elif path.name == "conftest.py" and path.parent.name != "tests" and said.search(path.read_text()):
            yield path.parent.relative_to(ROOT).as_posix()
