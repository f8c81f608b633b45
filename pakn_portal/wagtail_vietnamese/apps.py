"""The app `pakn_portal.wagtail_vietnamese`: put it above Wagtail's apps, for the first catalogue wins."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class WagtailVietnameseConfig(AppConfig):
    name = "pakn_portal.wagtail_vietnamese"
    label = "wagtail_vietnamese"

    def ready(self) -> None:
        # inside: apps not loaded yet
        from wagtail.admin.forms.account import NameEmailForm
        from wagtail.admin.forms.auth import LoginForm

        # Wagtail gives this field no label, so Django makes one of its name, which no catalogue has.
        LoginForm.base_fields["password"].label = gettext_lazy("Password")
        # A Vietnamese name begins with the family name; of the form for accounts see templates/wagtailusers.
        fields = NameEmailForm.base_fields
        names = {name: fields[name] for name in ("last_name", "first_name")}
        NameEmailForm.base_fields = {**names, **fields}
