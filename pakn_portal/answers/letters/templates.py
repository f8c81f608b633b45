"""Which letter templates fit a case: said once for the letter, the panel beside a draft and the words for the
sender.
"""

from __future__ import annotations

from django.db.models import F, Q

from pakn_portal.cases.models import Case
from pakn_portal.snippets.confirmation.versions import may_be_sent
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import LetterTemplate


def templates_for(case: Case, kind: LetterKind) -> list[LetterTemplate]:
    """Those of the case's sector first, then those for all; none whose words the CMS did not save. One
    query.
    """
    rows = LetterTemplate.objects.filter(kind=kind, is_active=True)
    rows = rows.filter(Q(sector=None) | Q(sector=case.sector_id)).select_related("latest_revision")
    ordered = rows.order_by(F("sector").asc(nulls_last=True), "sort_order", "name")
    return [row for row in ordered if may_be_sent(row)]
