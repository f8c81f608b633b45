from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.utils.translation import override

import pakn_portal
from pakn_portal.wagtail_vietnamese.wagtail_hooks import script
from scripts.words_of_wagtail import BUILT
from scripts.words_of_wagtail import script as built_script
from tests.factories import Ministry

CATALOGUE = Path(pakn_portal.__file__).parent / "wagtail_vietnamese/locale/vi/LC_MESSAGES/djangojs.po"
WAGTAIL = Path(wagtail.__file__).parent / "admin/locale"


def unpacked(compiled: Path) -> str:
    return subprocess.run(
        ["msgunfmt", "--no-wrap", str(compiled)], check=True, capture_output=True, text=True
    ).stdout


def words_of(catalogue: str) -> set[str]:
    return set(re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE))


def script_urls(client: Any) -> list[str]:
    return re.findall(r'<script src="([^"]+)"', client.get("/admin/").content.decode())


@pytest.mark.django_db
def test_our_words_come_after_wagtails(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    urls = [url.split("?")[0] for url in script_urls(client)]
    assert urls.index("/admin/jsi18n/") < urls.index("/static/wagtail_vietnamese/words.vi.js")


def test_every_word_of_wagtails_scripts_has_its_vietnamese() -> None:
    english, theirs = (WAGTAIL / language / "LC_MESSAGES/djangojs.mo" for language in ("en", "vi"))
    wanted = words_of(english.with_suffix(".po").read_text())
    assert len(wanted) > 50
    assert wanted - words_of(unpacked(theirs)) - words_of(unpacked(CATALOGUE.with_suffix(".mo"))) == set()


def test_the_script_has_the_words_of_the_catalogue() -> None:
    """One file, the same for everybody, which browsers keep."""
    built = BUILT.read_text()
    assert built == built_script()
    assert '"Page explorer": "' in built


def test_a_language_without_words_gets_no_script() -> None:
    with override("vi"):
        assert "words.vi.js" in script()
    with override("en"):
        assert script() == ""
