from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pakn_portal.error_reports import keeps_quiet
from pakn_portal.pages.views.public_file import public_file
from pakn_portal.search.page.similar import answered_view, similar_view
from pakn_portal.search.page.suggestions import suggestions_view
from pakn_portal.staff.cases.files import staff_file
from pakn_portal.submissions.captcha import challenge

app_name = "pakn_portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("goi-y/", keeps_quiet(suggestions_view), name="suggestions"),
    path("tuong-tu/", keeps_quiet(similar_view), name="similar"),
    path("da-tra-loi/", keeps_quiet(answered_view), name="answered"),
    path("tep-dinh-kem/<str:key>/", keeps_quiet(staff_file), name="attachment"),
    path("tep-cong-khai/<str:key>/", keeps_quiet(public_file), name="public_file"),
    path("thu-thach/", keeps_quiet(challenge), name="challenge"),
]
