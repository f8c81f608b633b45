"""The reference lists in the admin, under one menu; a file for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from pakn_portal.snippets.models import Unit
from pakn_portal.snippets.viewsets.agency import AgencyViewSet
from pakn_portal.snippets.viewsets.deadline_rule import DeadlineRuleViewSet
from pakn_portal.snippets.viewsets.holiday import HolidayViewSet
from pakn_portal.snippets.viewsets.legal_basis import LegalBasisViewSet
from pakn_portal.snippets.viewsets.letter_template import LetterTemplateViewSet
from pakn_portal.snippets.viewsets.refusal_reason import RefusalReasonViewSet
from pakn_portal.snippets.viewsets.sector import SectorViewSet
from pakn_portal.snippets.viewsets.synonym import SynonymViewSet
from pakn_portal.snippets.viewsets.unit import UnitViewSet


class ListsGroup(SnippetViewSetGroup):
    """A portal with its own unit model keeps the units where it had them."""

    menu_label = _("PAKN lists")
    menu_icon = "list-ul"
    menu_order = 210
    items = [
        *([] if Unit._meta.swapped else [UnitViewSet]),
        SectorViewSet,
        AgencyViewSet,
        RefusalReasonViewSet,
        LetterTemplateViewSet,
        DeadlineRuleViewSet,
        HolidayViewSet,
        LegalBasisViewSet,
        SynonymViewSet,
    ]
