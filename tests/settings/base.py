"""What the settings of the tests share. Each database has a module of its own beside this one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.settings import deprecations

deprecations.are_errors()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SUFFIX = os.environ.get("PAKN_TEST_DB_SUFFIX", "") or str(os.getpid())
WORK_DIR = Path(os.environ.get("PAKN_TEST_WORK_DIR") or BASE_DIR / "var" / "tests" / SUFFIX)

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "example_site.portal",
    "tests.minutes",
    "pakn_portal",
    "pakn_portal.wagtail_vietnamese",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_altcha",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "example_site.portal.security.ContentSecurityPolicy",
    "example_site.portal.not_found.OwnNotFound",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pakn_portal.staff.sessions.StaffSessions",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "example_site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = WORK_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = WORK_DIR / "media"
OUTBOX_DIR = WORK_DIR / "outbox"
PRIVATE_ROOT = WORK_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "pakn_portal.submissions.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT)},
    },
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pakn-tests"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if SMTP_PORT := os.environ.get("PAKN_TEST_SMTP_PORT"):  # processes beside a test use its server
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(SMTP_PORT)
DEFAULT_FROM_EMAIL = "pakn@bo.example"
AUTHENTICATION_BACKENDS = [
    "pakn_portal.staff.sign_in.ThrottledSignIn",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
CSRF_FAILURE_VIEW = "pakn_portal.pages.views.csrf.csrf_failure"

WAGTAIL_SITE_NAME = "Cổng thông tin điện tử của Bộ"
WAGTAILADMIN_BASE_URL = "http://testserver"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

ALTCHA_HMAC_KEY = "only-for-tests-" + "0" * 32

PAKN_ES_URL = os.environ.get("PAKN_ES_URL", "")
PAKN_PORTAL: dict[str, Any] = {}
if (
    PAKN_ES_URL
):  # the server is named, yet the database engine serves: tests.settings.elasticsearch turns it round
    PAKN_PORTAL["ELASTICSEARCH"] = {
        "hosts": [PAKN_ES_URL],
        "index": os.environ.get("PAKN_TEST_ES_INDEX") or f"pakn_test_{SUFFIX}",
    }
