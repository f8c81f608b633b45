"""Each mistake of an installer, made in the files of a small portal, is told by `check --deploy`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.small_portal import BASE, URLS, write_portal

pytestmark = pytest.mark.slow

MASTER = """<html><head><title>{% block tieu_de %}Cổng{% endblock %}</title>
{% block head_extra %}<link rel="icon" href="/x.svg">{% endblock %}</head>
<body>{% block noi_dung %}{% endblock %}</body></html>
"""


def test_a_portal_that_follows_the_page_is_told_nothing(tmp_path: Path) -> None:
    assert "no issues" in write_portal(tmp_path).run("check", "--deploy", anew=True)


#: What stands at the end of the settings; the identifier; words of the message or of its mend. Mistakes that
#: do not hide one another share a portal, for each portal is a process.
MISTAKES = {
    "storage": [
        ('del STORAGES["private"]', "E008", "STORAGES"),
        ('INSTALLED_APPS.remove("wagtail.contrib.redirects")', "E002", "wagtail.contrib.redirects"),
        ('INSTALLED_APPS.remove("django_altcha")', "E002", "django_altcha"),
        ('PAKN_PORTAL["MINISTRY"] = "Bộ Mẫu"', "E001", "MINISTRY_NAME"),
        ('PAKN_PORTAL["BASE_TEMPLATE"] = "portal/missing.html"', "E020", "portal/missing.html"),
        ('WAGTAILADMIN_BASE_URL = ""', "W005", "WAGTAILADMIN_BASE_URL"),
    ],
    "options": [
        ('STORAGES["private"]["OPTIONS"] = {"locaton": "/srv/x"}', "E008", "locaton"),
        ("MIDDLEWARE.pop()", "E023", "wagtail.contrib.redirects.middleware.RedirectMiddleware"),
        ("INSTALLED_APPS.append(INSTALLED_APPS.pop(0))", "W020", "wagtail.contrib.redirects"),
        ("AUTHENTICATION_BACKENDS.pop(0)", "W031", "ThrottledSignIn"),
        ('MIDDLEWARE.remove("pakn_portal.staff.sessions.StaffSessions")', "W032", "StaffSessions"),
        ('PAKN_PORTAL_UNIT_MODEL = "auth.Group"', "E025", "AbstractUnit"),
        ("USE_I18N = False", "E026", "USE_I18N = True"),
        ("USE_TZ = False", "E005", "USE_TZ = True"),
        ('PAKN_PORTAL["MINISTRY_NAME"] = ""', "W022", "MINISTRY_NAME"),
    ],
    "backend": [
        ('STORAGES["private"]["BACKEND"] = "portal.missing.Storage"', "E008", "portal.missing"),
        ('TEMPLATES[0]["APP_DIRS"] = False', "E020", "APP_DIRS"),
        ('DEFAULT_FROM_EMAIL = "webmaster@localhost"', "W024", "DEFAULT_FROM_EMAIL"),
        ('EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"', "W025", "smtp.EmailBackend"),
        ("ALTCHA_HMAC_KEY = None", "E011", "ALTCHA_HMAC_KEY"),
        ('CACHES["default"]["BACKEND"] = "django.core.cache.backends.dummy.DummyCache"', "W004", "CACHES"),
        ('DATABASES["default"]["OPTIONS"] = {}', "W002", "transaction_mode"),
    ],
    "served folder": [
        ('STORAGES["private"]["OPTIONS"]["location"] = str(MEDIA_ROOT / "private")', "E009", "MEDIA_ROOT"),
    ],
    "collected folder": [
        (
            'STATICFILES_DIRS = [HERE / "assets"]\n'
            'STORAGES["private"]["OPTIONS"]["location"] = str(HERE / "assets" / "private")',
            "E009",
            "STATICFILES_DIRS",
        ),
        (
            "MIDDLEWARE.insert(1, MIDDLEWARE.pop(5))\nMIDDLEWARE.insert(2, MIDDLEWARE.pop(0))",
            "E032",
            "before django.contrib.sessions.middleware.SessionMiddleware",
        ),
        ('PAKN_PORTAL["FILE_SCANNER"] = "portal.missing.Scanner"', "E006", "portal.missing"),
    ],
    "static folder of an app": [
        (
            "import wagtail.admin\nAPP = Path(wagtail.admin.__file__).parent\n"
            'STORAGES["private"]["OPTIONS"]["location"] = str(APP / "static" / "private")',
            "E009",
            "collectstatic",
        ),
    ],
    "relative folder": [
        ('STORAGES["private"]["OPTIONS"]["location"] = "private"', "E034", "from / on"),
    ],
    "memory": [
        (
            'STORAGES["private"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}',
            "E033",
            "when the process ends",
        ),
    ],
    "closed folder": [
        (
            'STORAGES["private"]["OPTIONS"]["location"] = str(HERE / "portal_urls.py" / "private")',
            "W023",
            "portal_urls.py/private",
        ),
    ],
    "types": [
        ('PAKN_PORTAL["TRUSTED_PROXY_COUNT"] = "1"', "E022", "a whole number, such as 1"),
        ('PAKN_PORTAL["MAIL_MAX_ATTEMPTS"] = -1', "E022", "MAIL_MAX_ATTEMPTS"),
        ('PAKN_PORTAL["ATTACHMENT_TYPES"] = "pdf"', "E022", "a list"),
        ('PAKN_PORTAL["CLAMD"] = "localhost:3310"', "E022", "a dict"),
        ('PAKN_PORTAL["RATE_LIMITS"] = {"submit_per_address_hour": "10"}', "E022", "submit_per_address_hour"),
    ],
    "no dict": [("PAKN_PORTAL = []", "E022", "PAKN_PORTAL is []")],
}


@pytest.mark.parametrize("mistakes", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_settings_is_told_with_its_mend(
    tmp_path: Path, mistakes: list[tuple[str, str, str]]
) -> None:
    portal = write_portal(tmp_path, "\n".join(mistake for mistake, _code, _words in mistakes))
    told = portal.run("check", "--deploy", expect=None)
    assert "Traceback" not in told
    messages = [message for message in told.split("\n?: ") if "pakn_portal." in message]
    for mistake, code, words in mistakes:
        assert any(f"pakn_portal.{code}" in text and words in text for text in messages), mistake


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ('PAKN_PORTAL_UNIT_MODEL = "portal.Unit"', "no installed app has the label 'portal'"),
        ('PAKN_PORTAL_UNIT_MODEL = "auth.Unti"', "doesn't have a 'Unti' model"),
        ('PAKN_PORTAL_UNIT_MODEL = "Unit"', "it has no dot"),
        ("PAKN_PORTAL_UNIT_MODEL = None", "it is no text"),
        ('INSTALLED_APPS.remove("django.contrib.admin")', "needs 'django.contrib.admin' in INSTALLED_APPS"),
    ],
)
def test_what_no_check_can_outlive_ends_with_a_sentence_that_names_it(
    tmp_path: Path, mistake: str, words: str
) -> None:
    last = write_portal(tmp_path, mistake).run("check", expect=1).strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert words in last


def test_forgotten_addresses_are_an_error(tmp_path: Path) -> None:
    line = '    path("pakn-he-thong/", include("pakn_portal.urls")),\n'
    without = write_portal(tmp_path / "without", urls=URLS.replace(line, "")).run("check", expect=1)
    wagtails = '    path("", include(wagtail_urls)),\n'
    late = URLS.replace(line, "").replace(wagtails, wagtails + line)
    after = write_portal(tmp_path / "late", urls=late).run("check", expect=1)
    for told in (without, after):
        assert "pakn_portal.E024" in told
        assert 'include("pakn_portal.urls")' in told


def below_a_language() -> str:
    imported = "from django.conf.urls.i18n import i18n_patterns\nurlpatterns = i18n_patterns("
    return URLS.replace("urlpatterns = [", imported).replace("\n]\n", "\n)\n")


def test_addresses_below_a_language_are_found(tmp_path: Path) -> None:
    middleware = 'MIDDLEWARE.insert(1, "django.middleware.locale.LocaleMiddleware")'
    assert "no issues" in write_portal(tmp_path, middleware, urls=below_a_language()).run("check")


def test_a_portal_beneath_a_path_has_its_addresses(tmp_path: Path) -> None:
    middleware = 'MIDDLEWARE.insert(1, "django.middleware.locale.LocaleMiddleware")'
    settings = f'{middleware}\nFORCE_SCRIPT_NAME = "/portal"'
    portal = write_portal(tmp_path, settings, urls=below_a_language())
    assert "no issues" in portal.run("check")
    portal.migrate()
    portal.run("pakn_setup", "--verbosity=0")
    told = portal.run("pakn_setup", "--under", "/portal/de/pakn/")
    assert "0 created" in told


def test_a_base_template_without_our_blocks_is_an_error(tmp_path: Path) -> None:
    told = write_portal(tmp_path, base=MASTER).run("check", expect=1)
    assert "pakn_portal.E021" in told
    for block in ("title", "extra_css", "content"):
        assert f"{{% block {block} %}}{{% endblock %}}" in told


def test_blocks_count_only_where_a_reader_sees_them(tmp_path: Path) -> None:
    """Through `extends`: a block that no parent has shows nothing, nor does one in an include."""
    portal = write_portal(tmp_path, base='{% extends "master.html" %}{% block content %}{% endblock %}')
    portal.template("master.html", MASTER)
    assert "shows no block title, extra_css, content (" in portal.run("check", expect=1)
    portal.template(
        "base.html", BASE.replace("{% block content %}{% endblock %}", '{% include "main.html" %}')
    )
    portal.template("main.html", "{% block content %}{% endblock %}")
    assert "shows no block content (" in portal.run("check", expect=1)


def test_the_adapter_of_the_hint_mends_other_names(tmp_path: Path) -> None:
    adapter = (
        '{% extends "master.html" %}'
        "{% block tieu_de %}{% block title %}{% endblock %}{% endblock %}"
        "{% block head_extra %}{{ block.super }}{% block extra_css %}{% endblock %}{% endblock %}"
        "{% block noi_dung %}{% block content %}{% endblock %}{% endblock %}"
    )
    portal = write_portal(tmp_path, 'PAKN_PORTAL["BASE_TEMPLATE"] = "pakn_base.html"')
    portal.template("master.html", MASTER)
    portal.template("pakn_base.html", adapter)
    assert "no issues" in portal.run("check")


def test_a_base_template_that_breaks_is_told_before_a_visitor_meets_it(tmp_path: Path) -> None:
    told = write_portal(tmp_path, base="{% load no_such_library %}" + BASE).run("check", expect=1)
    assert "pakn_portal.E020" in told
    assert "no_such_library" in told


def test_links_to_localhost_are_told_once_there_is_a_database(tmp_path: Path) -> None:
    portal = write_portal(tmp_path)
    portal.migrate()
    told = portal.run("check", "--database", "default")
    assert "pakn_portal.W026" in told
    assert "Sites" in told


def test_tables_that_are_not_there_are_told_in_a_sentence(tmp_path: Path) -> None:
    """Neither before the first migration nor half-way through does a command end in a traceback."""
    portal = write_portal(tmp_path)
    for migrated in ((), ("migrate", "--verbosity=0", "pakn_portal", "0003")):
        if migrated:
            portal.begin_before("pakn_portal")
            portal.run(*migrated)
        (code, told), *refused = portal.run_each(
            ["check", "--database", "default"],
            ["pakn_setup"],
            ["pakn_verify"],
            ["pakn_remove", "--yes-i-have-a-backup"],
        )
        assert code == 0, told
        assert "pakn_portal.W037" in told
        assert "manage.py migrate" in told
        for code, told in refused:
            assert code == 1, told
            assert told.startswith("CommandError: ")
            assert "manage.py migrate" in told
            assert len(told.strip().splitlines()) == 1


def test_the_first_migration_tells_nobody_to_migrate(tmp_path: Path) -> None:
    """Of one app: the check is made before any row of the plan is looked at."""
    assert "W037" not in write_portal(tmp_path).run("migrate", "contenttypes")


def test_a_zone_that_is_none_silences_what_reads_it(tmp_path: Path) -> None:
    portal = write_portal(tmp_path)
    portal.migrate()
    settings = portal.folder / "portal_settings.py"
    settings.write_text(settings.read_text() + 'PAKN_PORTAL["TIME_ZONE"] = "Hanoi"\n')
    told = portal.run("check", "--deploy", "--database", "default", expect=1)
    assert "pakn_portal.E028" in told
    assert "Traceback" not in told
