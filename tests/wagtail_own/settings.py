"""Wagtail's own test settings, with this app beside Wagtail's test apps when `PAKN_BESIDE` is 1.

For `scripts/compare_wagtail.py` alone: the tests of this project have their own settings beside this module.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from pathlib import Path

from wagtail.test.settings import *  # noqa: F403
from wagtail.test.settings import INSTALLED_APPS, STORAGES, TEMPLATES

WORK_DIR = Path(os.environ.get("PAKN_TEST_WORK_DIR") or tempfile.mkdtemp(prefix="wagtail-own-"))
STATIC_ROOT, MEDIA_ROOT = WORK_DIR / "static", WORK_DIR / "media"
TEST_RUNNER = "tests.wagtail_own.runner.OutcomeRunner"

if importlib.util.find_spec("jinja2") is None:  # the comparison tells which tests need it
    TEMPLATES = [engine for engine in TEMPLATES if "jinja2" not in engine["BACKEND"]]

if os.environ.get("PAKN_BESIDE") == "1":
    # as docs/how-to/install.md says
    INSTALLED_APPS = ["pakn_portal", "wagtail_modeladmin", "django_altcha", *INSTALLED_APPS]
    TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}, *TEMPLATES[1:]]
    CSRF_FAILURE_VIEW = "pakn_portal.pages.views.csrf.csrf_failure"
    ROOT_URLCONF = "tests.wagtail_own.urls"
    STORAGES = {
        **STORAGES,
        "private": {
            "BACKEND": "pakn_portal.submissions.storage.PrivateFileSystemStorage",
            "OPTIONS": {"location": str(WORK_DIR / "private")},
        },
    }
    ALTCHA_HMAC_KEY = "only-for-tests-" + "0" * 32
    PAKN_PORTAL = {"BASE_TEMPLATE": "wagtail_own/base.html"}
