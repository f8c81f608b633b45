"""Answer pages, as `pakn_verify` holds them against what was released."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.publication.registry import ReleasedPages


class AnswersOnSite(ReleasedPages):
    """Those to cases, and what an import brought."""

    model = AnswerPage

    def live(self) -> QuerySet[Any]:
        pages: QuerySet[Any] = AnswerPage.objects.live().select_related("public_text__case")
        return pages

    def number(self, page: AnswerPage) -> str:
        return str(page.public_text.case.number if page.public_text else page.source_id)

    def released_hash(self, page: AnswerPage) -> str:
        return str(page.public_text.released_hash if page.public_text else page.content_hash)

    def misplaced(self, page: AnswerPage) -> str:
        case = page.public_text.case if page.public_text else None
        return f"{case.number} is {case.status}" if case and case.status != Status.PUBLISHED else ""

    def missing(self) -> Iterable[str]:
        off = Q(public_text=None) | Q(public_text__page=None) | Q(public_text__page__live=False)
        cases = Case.objects.filter(off, status=Status.PUBLISHED)
        return cases.values_list("number", flat=True).iterator()

    def archived(self) -> QuerySet[Any]:
        """To cases only: what an import brought can be imported again."""
        return self.live().exclude(public_text=None)
