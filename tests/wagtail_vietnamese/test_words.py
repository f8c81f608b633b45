"""Our catalogue beside Wagtail's own, in whichever of the supported versions this runs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
import wagtail
import wagtail_modeladmin
from django.apps import apps
from django.test import Client
from django.utils.translation import gettext, ngettext, override

from scripts.words_of_wagtail import DOMAINS, OURS, dropped, lacking, read, theirs

#: Words that the later version brought; the earlier one does not say them.
NEW_IN_8: Final = {
    ("", "%(model_name)s scheduled for publishing"),
    ("", "%(model_name)s scheduled for publishing at %(go_live_at)s"),
    ("", "%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    ("", "%(model_name)s unscheduled from publishing"),
    ("", "- Select an option -"),
    ("", "A human-readable label to identify this token."),
    ("", "API token"),
    ("", "API token '%(name)s' revoked."),
    ("", "API token created"),
    ("", "API token revoked"),
    ("", "API tokens"),
    ("", "Anyone"),
    ("", "Are you sure you want to revoke this API token?"),
    ("", "Back to API tokens"),
    ("", "Cancelled by %(cancelled_by)s"),
    ("", "Copy token"),
    ("", "Copying failed — please select and copy the token manually."),
    ("", "Create API token"),
    ("", "Last used"),
    ("", "Locked by"),
    ("", "Never"),
    ("", "No, don't revoke"),
    ("", "Revoke"),
    ("", "Revoke API token"),
    ("", "Revoked"),
    ("", 'The token "%(name)s" has been created, copy it now, it will never be shown again.'),
    ("", "Token"),
    ("", "Wagtail API v3"),
    ("", "Yes, revoke"),
    ("", 'You do not have permission to publish pages at "%(page_title)s"'),
    ("", "created"),
    ("", "last used at"),
    ("", "revoked at"),
    ("", "unknown number"),
}
#: Words that the later version no longer says.
GONE_IN_8: Final = {
    ("", "Page scheduled for publishing"),
    ("", "Page scheduled for publishing at %(go_live_at)s"),
    ("", "Page unscheduled for publishing at %(go_live_at)s"),
    ("", "Page unscheduled from publishing"),
}
#: Nothing in it is a word.
ONLY_MARKS: Final = (
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "%(field_label)s:",
    "Wagtail ModelAdmin",
)
GONE: Final = {7: NEW_IN_8, 8: GONE_IN_8}


def test_words_wagtail_has_no_vietnamese_for_come_from_our_catalogue() -> None:
    with override("vi"):
        assert gettext("Awaiting your review") == "Chờ bạn duyệt"
        assert (
            gettext("Unpublish") == "Gỡ công khai"
        )  # Wagtail's own word for it is another than ours beside it
        assert ngettext("Publish 1 page", "Publish %(counter)s pages", 1) == "Công khai %(counter)s trang"


@pytest.mark.every_wagtail
def test_no_word_is_glued_to_a_name() -> None:
    """Wagtail's own lost the blank in some: “Nhập Tên đăng nhậpcủa bạn”."""
    ours = read(OURS / "django.po")
    glued = re.compile(r"%\(\w+\)[sd]\w|\w%\(\w+\)[sd]")
    found = [
        said
        for message, vietnamese in theirs("django", wagtail, wagtail_modeladmin).items()
        for said in glued.findall(ours.get(message) or vietnamese)
        if said not in message[1]
    ]
    assert found == []


def test_the_log_in_page_asks_for_the_name_in_good_vietnamese(db: None, client: Client) -> None:
    page = client.get("/admin/login/").content.decode()
    assert 'placeholder="Tên đăng nhập"' in page


def test_no_word_is_left_in_english() -> None:
    left = [
        message
        for domain in DOMAINS
        for message, vietnamese in read(OURS / f"{domain}.po").items()
        if vietnamese in ("", message[1]) and message[1] not in ONLY_MARKS
    ]
    assert left == []


def test_wagtail_says_every_word_that_we_translate() -> None:
    """One that it dropped goes, once no supported version says it."""
    assert set().union(*(dropped(domain) for domain in DOMAINS)) == GONE[wagtail.VERSION[0]]


def test_every_word_of_wagtail_has_vietnamese() -> None:
    """Those that a new version brought are printed by `python -m scripts.words_of_wagtail`."""
    assert set().union(*(lacking(domain) for domain in DOMAINS)) == set()


def test_the_app_knows_nothing_of_the_section() -> None:
    """It could be taken out, and a portal may leave it out."""
    app = apps.get_app_config("wagtail_vietnamese")
    assert list(app.get_models()) == []
    code = "\n".join(path.read_text() for path in Path(app.path).glob("*.py"))
    assert "from pakn_portal" not in code


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_up_to_date(domain: str, tmp_path: Path) -> None:
    source, fresh = OURS / f"{domain}.po", tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "--check", "-o", str(fresh), str(source)], check=True)
    texts = [
        subprocess.run(
            ["msgunfmt", "--no-wrap", str(path)], check=True, capture_output=True, text=True
        ).stdout
        for path in (fresh, source.with_suffix(".mo"))
    ]
    assert texts[0] == texts[1]
