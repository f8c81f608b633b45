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
    assert urls.index("/admin/jsi18n/") < urls.index("/admin/tu-ngu/")


def test_every_word_of_wagtails_scripts_has_its_vietnamese() -> None:
    english, theirs = (WAGTAIL / language / "LC_MESSAGES/djangojs.mo" for language in ("en", "vi"))
    wanted = words_of(english.with_suffix(".po").read_text())
    assert len(wanted) > 50
    assert wanted - words_of(unpacked(theirs)) - words_of(unpacked(CATALOGUE.with_suffix(".mo"))) == set()


@pytest.mark.django_db
def test_the_words_are_the_same_for_all_and_may_be_kept(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    answer = client.get("/admin/tu-ngu/", {"lang": "vi"})
    assert (answer.status_code, "public" in answer["Cache-Control"]) == (200, True)
    assert "Page explorer" in answer.content.decode()
    assert "Page explorer" not in client.get("/admin/tu-ngu/", {"lang": "en"}).content.decode()
    assert client.get("/admin/tu-ngu/", {"lang": "../../x"}).status_code == 200


def test_a_language_without_words_gets_no_script() -> None:
    with override("vi"):
        assert "tu-ngu" in script()
    with override("en"):
        assert script() == ""
