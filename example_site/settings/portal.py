"""The portal itself: what a ministry's site already has, plus the lines that add the section."""

from __future__ import annotations

import os
from typing import Any

from example_site.settings.paths import EXAMPLE_DIR, VAR_DIR, own_key

DEBUG = os.environ.get("PORTAL_DEBUG", "1") == "1"
SECRET_KEY = os.environ.get("PORTAL_SECRET_KEY") or own_key("secret-key")
ALLOWED_HOSTS = os.environ.get("PORTAL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ROOT_URLCONF = "example_site.urls"
WSGI_APPLICATION = "example_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "example_site.portal",
    "example_site.demo",
    # the section, and the libraries it builds on
    "pakn_portal",
    "pakn_portal.wagtail_vietnamese",
    "wagtail_modeladmin",
    "django_filters",
    "django_altcha",
    "django.contrib.admin",  # wagtail-modeladmin needs the app, not its addresses
    # Wagtail as any portal has it
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
        "DIRS": [EXAMPLE_DIR / "templates"],
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
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # what senders attach: never under MEDIA_URL
    "private": {
        "BACKEND": "pakn_portal.submissions.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "private")},
    },
}

# one cache for all processes, so that each shows the same figures
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

EMAIL_BACKEND = "example_site.portal.outbox.OutboxBackend"
OUTBOX_DIR = VAR_DIR / "outbox"
DEFAULT_FROM_EMAIL = "Cổng thông tin điện tử <pakn@bo.example>"

# counts wrong passwords before any other looks at them
AUTHENTICATION_BACKENDS = [
    "pakn_portal.staff.sign_in.ThrottledSignIn",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/admin/login/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "pakn_portal.pages.views.csrf.csrf_failure"

WAGTAIL_SITE_NAME = "Bộ Lao động và An sinh xã hội"
WAGTAILADMIN_BASE_URL = os.environ.get("PORTAL_ADDRESS", "http://127.0.0.1:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]

ALTCHA_HMAC_KEY = os.environ.get("PORTAL_ALTCHA_KEY") or own_key("altcha-key")

PAKN_PORTAL: dict[str, Any] = {
    "MINISTRY_NAME": WAGTAIL_SITE_NAME,
    "MINISTRY_PHONE": "1900 0000",
    "MINISTRY_HOURS": "8:00–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu",
    "MINISTRY_CONTACT": "Số 1 phố Mẫu, phường Mẫu, Hà Nội\nĐiện thoại: 1900 0000",
}
if _es_url := os.environ.get("PAKN_ES_URL"):
    PAKN_PORTAL["SEARCH_ENGINE"] = "pakn_portal.search.engines.ElasticsearchEngine"
    PAKN_PORTAL["ELASTICSEARCH"] = {"hosts": [_es_url]}
