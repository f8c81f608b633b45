"""What forms say beside the fields that most lists have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODE_HELP = _("Known to imports and reports; it stays as it is once saved.")
ACTIVE_HELP = _("Switch off what is no longer used; old cases keep it.")
