"""Addresses of the example portal. The section is pages; only its machinery has a prefix of its own."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from example_site.portal import outbox_views

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("pakn-he-thong/", include("pakn_portal.urls")),
]

if settings.DEBUG:
    urlpatterns += [
        path("hop-thu/", outbox_views.letters, name="outbox"),
        path("hop-thu/<str:name>/", outbox_views.letter, name="outbox_letter"),
        *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    ]

urlpatterns += [path("", include(wagtail_urls))]

handler400 = "pakn_portal.pages.views.too_much.too_much_sent"
