"""Rows that a person may see: every list, export, panel and view starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NoReturn

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from pakn_portal.cases.enums import DELIVERED, OPEN, OTHER_PROCEDURES, SEALED, Status, Verb
from pakn_portal.people.scope import Scope, scope_of

#: As `Case.is_open`.
IS_OPEN: Final = Q(status__in=OPEN, closed_on=None)
#: As `Case.waits_for_keepers`.
WAITS_FOR_KEEPERS: Final = Q(status__in=OTHER_PROCEDURES, settled_as="")


class CaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> CaseQuerySet:
        """The cases this user may open; nothing for somebody without a role."""
        return self.within(scope_of(user))

    def within(self, scope: Scope) -> CaseQuerySet:
        if scope.sees_all:
            plain = self.exclude(status__in=SEALED)
        else:
            open_doors = Q(pk__in=[])
            if scope.unit_ids:
                open_doors |= Q(lead_unit__in=scope.unit_ids)
                open_doors |= Q(pk__in=self._supported_by(scope))
            if scope.is_publisher:
                open_doors |= Q(status__in=DELIVERED)
            plain = self.filter(open_doors).exclude(status__in=SEALED)
        if scope.reads_sealed:
            return self.filter(Q(status__in=SEALED) | Q(pk__in=plain.values("pk")))
        return plain

    def joined_to(self, case: Any) -> CaseQuerySet:
        """What is about the same matter as this case by somebody's word, and not sealed."""
        about = Q(master=case.pk)
        if case.master_id is not None:
            about |= Q(pk=case.master_id) | Q(master=case.master_id)
        return self.filter(about).exclude(pk=case.pk).exclude(status__in=SEALED)

    def sealed_among(self, numbers: Iterable[str]) -> set[str]:
        """Of these numbers, those that are named to no sender. One query, none for no numbers."""
        wanted = set(numbers)
        sealed = self.filter(number__in=wanted, status__in=SEALED)
        return set(sealed.values_list("number", flat=True)) if wanted else set()

    def _supported_by(self, scope: Scope) -> models.QuerySet[Any]:
        model: Any = self.model
        through = model.supporting_units.through
        theirs = {f"{_unit_column(through)}__in": scope.unit_ids}
        rows: models.QuerySet[Any] = through.objects.filter(**theirs).values("case_id")
        return rows

    def with_names(self) -> CaseQuerySet:
        """Joined for a list: constant number of queries whatever the number of rows."""
        return self.select_related(
            "submission", "submission__sender", "sector", "lead_unit", "officer", "refusal_reason", "agency"
        )

    def with_wait(self) -> CaseQuerySet:
        """With `asked_at`: when the case last came to wait for its sender, None when it never did."""
        event: Any = apps.get_model("pakn_portal", "CaseEvent")
        entries = event.objects.filter(case=OuterRef("pk"), to_status=Status.NEED_INFO)
        entries = entries.exclude(from_status=Status.NEED_INFO).order_by("-sequence")
        cases: CaseQuerySet = self.annotate(asked_at=Subquery(entries.values("at")[:1]))
        return cases

    def with_asked_unit(self) -> CaseQuerySet:
        """With `asked_unit_id`: the unit whose opinion the case waits for, or waited for last; told by the
        register.
        """
        event: Any = apps.get_model("pakn_portal", "CaseEvent")
        asked = event.objects.filter(case=OuterRef("pk"), verb=Verb.REQUEST_OPINION).order_by("-sequence")
        cases: CaseQuerySet = self.annotate(asked_unit_id=Subquery(asked.values("unit_id")[:1]))
        return cases

    def open(self) -> CaseQuerySet:
        """As `Case.is_open`."""
        return self.filter(IS_OPEN)

    def delete(self) -> NoReturn:
        raise TypeError("Cases are never deleted.")


def _unit_column(through: Any) -> str:
    return next(str(f.name) for f in through._meta.fields if f.is_relation and f.name != "case")
