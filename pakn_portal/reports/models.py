"""What is counted beforehand, so that a board over years reads few rows."""

from __future__ import annotations

from django.db import models

from pakn_portal.conf import unit_model_name

__all__ = ["DailyFigures", "FiguresState", "WorkerRound"]


class DailyFigures(models.Model):
    """The flows of one day in one unit and sector; no row where nothing happened, and nothing personal.

    Derived from the cases by `reports/daily.py` and never edited; its columns are the names of the flows in
    `answers/figures.py`, where each is defined.
    """

    day = models.DateField()
    #: Empty: not with a unit yet.
    unit = models.ForeignKey(unit_model_name(), on_delete=models.CASCADE, null=True, related_name="+")
    sector = models.ForeignKey("pakn_portal.Sector", on_delete=models.CASCADE, null=True, related_name="+")
    came_in = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    overran = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["day"], name="pakn_figures_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.unit_id} {self.sector_id}"


class FiguresState(models.Model):
    """One row: up to where the daily figures were counted."""

    counted_at = models.DateTimeField(null=True)
    #: The day on which they were counted: what is overdue changes with it.
    counted_on = models.DateField(null=True)
    #: The last line of the cases' register that was in it.
    last_event = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.counted_on)


class WorkerRound(models.Model):
    """One row: when the worker last came to the end of its steps."""

    ended_at = models.DateTimeField()
    #: Names of the steps that failed, with commas.
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M}"
