"""The test site with the screen of `wagtail.contrib.simple_translation`, as its hook would add it."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView

from tests import urls

submit = require_admin_access(SubmitPageTranslationView.as_view())
translation = ([path("<int:page_id>/", submit, name="submit_page_translation")], "simple_translation")
urlpatterns = [path("admin/translation/submit/page/", include(translation)), *urls.urlpatterns]
