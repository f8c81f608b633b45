"""Wagtail's own test addresses with ours before them, as docs/how-to/install.md says."""

from __future__ import annotations

from django.urls import include, path
from wagtail.test.urls import urlpatterns as theirs

urlpatterns = [path("pakn-he-thong/", include("pakn_portal.urls")), *theirs]

handler400 = "pakn_portal.pages.views.too_much.too_much_sent"
