"""Which letter templates fit a case: said once for the letter, the panel beside a draft and the words for the
sender.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from pakn_portal.cases.models import Case
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import LetterTemplate


def templates_for(case: Case, kind: LetterKind) -> QuerySet[LetterTemplate]:
    """Those of the case's sector first, then those for all."""
    rows = LetterTemplate.objects.filter(kind=kind, is_active=True)
    rows = rows.filter(Q(sector=None) | Q(sector=case.sector_id))
    return rows.order_by(F("sector").asc(nulls_last=True), "sort_order", "name")
