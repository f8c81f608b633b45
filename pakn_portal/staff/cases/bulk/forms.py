"""What every form of one act on many cases has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope


class BulkForm(forms.Form):
    """Asked once for all of them."""

    def __init__(self, *args: Any, cases: Sequence[Case], scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.prepare(cases)

    def prepare(self, cases: Sequence[Case]) -> None:
        """Choices that depend on the cases."""

    def acted_on(self, cases: Sequence[Case]) -> list[Case]:
        """Those of them that the act is for, once the form is valid."""
        return list(cases)

    @property
    def asked_once(self) -> list[forms.BoundField]:
        """The fields that are of no row."""
        return self.visible_fields()

    def data_of(self, case: Case) -> dict[str, Any]:
        """What is asked for this case, once the form is valid."""
        return self.cleaned_data

    def why_left_out(self, case: Case) -> str:
        """Why nothing is tried with this case, though it was chosen; empty where it is tried."""
        return ""

    def row_of(self, case: Case) -> Any:
        """The fields of this case alone; None where all is asked once."""
        return None
