"""The addresses of a portal that has all its pages beneath a language."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns

from tests.urls import urlpatterns as _plain

urlpatterns = i18n_patterns(*_plain)
