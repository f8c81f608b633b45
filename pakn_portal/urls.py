from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "pakn_portal"

urlpatterns: list[URLPattern | URLResolver] = []
