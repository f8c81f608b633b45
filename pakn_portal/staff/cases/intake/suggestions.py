"""What the intake screen has chosen beforehand, and why; whoever takes the case in decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.search.page.related import Related, related

#: Of the similar answers at least so many agree, or they say nothing.
_LEAST: Final = 2


@dataclass(frozen=True)
class Suggestion:
    """A row, or None where nothing speaks for one; `reason` begins in the middle of a sentence."""

    row: Any = None
    reason: str = ""
    #: The answers that the reason names.
    evidence: Sequence[Related] = field(default_factory=tuple)


class Suggestions:
    """Of one case. Its search costs a constant number of queries, and is asked once."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def similar(self) -> list[Related]:
        """Answers on the same matter, by the archive's own search."""
        try:
            return related(self.case.submission.title, "", archive_page().url)
        except LookupError:
            return []

    @cached_property
    def sector(self) -> Suggestion:
        case = self.case
        if case.sector is None:
            return self._majority(lambda entry: entry.sector)
        if case.submission.suggested_sector_id == case.sector_id and not self._is_classified:
            return Suggestion(case.sector, _("chosen by the sender"))
        return Suggestion(case.sector, _("as classified before"))

    @cached_property
    def other_sector(self) -> Suggestion:
        """What similar answers say where they say something else."""
        found = self._majority(lambda entry: entry.sector)
        return Suggestion() if found.row == self.sector.row else found

    @cached_property
    def unit(self) -> Suggestion:
        sector = self.sector.row
        usual = sector.lead_unit if sector is not None else None
        found = (
            Suggestion(usual, _("by the sector “%(sector)s”") % {"sector": sector})
            if usual is not None
            else self._majority(lambda entry: entry.unit)
        )
        return Suggestion() if found.row is not None and found.row == self.returned_by else found

    @cached_property
    def returned_by(self) -> Any:
        """The unit that sent the case back last."""
        if self.case.status != Status.RETURNED:
            return None
        line = self.case.events.filter(verb=Verb.SEND_BACK).select_related("unit").order_by("sequence").last()
        return line.unit if line is not None else None

    @cached_property
    def _is_classified(self) -> bool:
        return self.case.events.filter(verb=Verb.CLASSIFY).exists()

    def _majority(self, of: Callable[[Any], Any]) -> Suggestion:
        votes = Counter(row for each in self.similar if (row := of(each.entry)) is not None)
        best = votes.most_common(1)
        if not best or best[0][1] < _LEAST or not best[0][0].is_active:
            return Suggestion()
        row, count = best[0]
        reason = ngettext(
            "because of %(count)s similar answer", "because of %(count)s similar answers", count
        ) % {"count": count}
        return Suggestion(row, reason, [each for each in self.similar if of(each.entry) == row])


class SureSuggestions(Suggestions):
    """Of one of many: what the sender, the office or the list of sectors says. Similar answers are only worth
    something to whoever reads them beside the case, so nobody searches for them here.
    """

    def __init__(self, case: Case, *, is_classified: bool, returned_by: Any) -> None:
        super().__init__(case)
        self._is_classified, self.returned_by, self.similar = is_classified, returned_by, []


def sure_suggestions(cases: Sequence[Case]) -> dict[Any, SureSuggestions]:
    """By the key of the case. One query however many they are."""
    lines = CaseEvent.objects.filter(case__in=cases, verb__in=(Verb.CLASSIFY, Verb.SEND_BACK))
    classified, back = set(), {}
    for line in lines.select_related("unit").order_by("case", "sequence"):
        if line.verb == Verb.CLASSIFY:
            classified.add(line.case_id)
        else:
            back[line.case_id] = line.unit
    return {
        case.pk: SureSuggestions(
            case,
            is_classified=case.pk in classified,
            returned_by=back.get(case.pk) if case.status == Status.RETURNED else None,
        )
        for case in cases
    }
