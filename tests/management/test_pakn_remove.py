"""A portal that takes the section out again is as sane as before; half a removal is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.small_portal import SmallPortal, write_portal

pytestmark = pytest.mark.slow

#: What a webmaster takes out of the settings afterwards.
WITHOUT = """
for name in ("pakn_portal", "wagtail_modeladmin", "django_filters", "django_altcha", "django.contrib.admin"):
    INSTALLED_APPS.remove(name)
del STORAGES["private"], CSRF_FAILURE_VIEW
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("pakn_portal.")]
"""
PUBLISH = """
from django.core.management import call_command
from wagtail.models import Page, Site
from tests.factories import make_case, make_ministry

call_command("pakn_setup", verbosity=0)
make_case("published", make_ministry())
Site.objects.update(hostname="testserver", port=80)
print(Page.objects.filter(content_type__app_label="pakn_portal").count(), "pages")
"""
LOOK = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Site, Task, Workflow

client = Client()
client.force_login(get_user_model().objects.create_superuser("webmaster", "w@bo.example", "x"))
root = Site.objects.get().root_page
for address in ("/", "/admin/", f"/admin/pages/{root.pk}/", "/admin/workflows/list/", "/admin/groups/",
                "/admin/reports/site-history/", "/admin/pages/search/?q=PAKN", "/admin/users/"):
    print(client.get(address).status_code, address)
print(Page.find_problems(), Task.objects.filter(content_type__app_label="pakn_portal").count(),
      Group.objects.filter(name__startswith="PAKN").count(), Workflow.objects.count())
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> SmallPortal:
    """With the section, and an answer on the site."""
    portal = write_portal(tmp_path_factory.mktemp("portal"))
    portal.migrate()
    assert int(portal.python(PUBLISH).split()[0]) >= 7
    return portal


def test_a_removal_is_whole_or_refused(portal: SmallPortal) -> None:
    refused, unconfirmed, verified, removed = portal.run_each(
        ["migrate", "pakn_portal", "zero"],
        ["pakn_remove"],
        ["pakn_verify"],
        ["pakn_remove", "--yes-i-have-a-backup"],
    )
    assert (refused[0], unconfirmed[0], verified[0], removed[0]) == (1, 1, 0, 0)
    assert "pakn_remove" in refused[1]
    assert "Traceback" not in refused[1]
    assert "--yes-i-have-a-backup" in unconfirmed[1]
    assert "0 offences" in verified[1]  # nothing was touched so far
    assert "8 groups removed, and all tables." in removed[1]
    urls = (portal.folder / "portal_urls.py").read_text()
    ours = '    path("pakn-he-thong/", include("pakn_portal.urls")),\n'
    kept = [line for line in urls.replace(ours, "").splitlines() if not line.startswith("handler400")]
    (portal.folder / "portal_urls.py").write_text("\n".join(kept))
    with Path(portal.folder / "portal_settings.py").open("a") as settings:
        settings.write(WITHOUT)
    (stale, _told), (_code, checked), (_code, tree), (_code, looked) = portal.run_each(
        ["remove_stale_contenttypes", "--include-stale-apps", "--no-input"],
        ["check"],
        ["fixtree"],
        ["shell", "--verbosity=0", "--command", LOOK],
    )
    assert stale == 0
    assert "no issues" in checked
    assert tree.count("No problems found.") == 2
    *answers, left = looked.strip().splitlines()
    assert [answer for answer in answers if not answer.startswith("200 ")] == []
    assert left == "([], [], [], [], []) 0 0 1"  # the workflow is Wagtail's own
