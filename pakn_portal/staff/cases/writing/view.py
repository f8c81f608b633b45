"""The screens on which an answer is written, approved or returned."""

from __future__ import annotations

from typing import Any

from pakn_portal.answers.versions import changed_since, remarks_on
from pakn_portal.cases.enums import Verb
from pakn_portal.staff.cases.moves.view import MoveView

#: The actions that have these screens.
VERBS = frozenset({Verb.DRAFT_ANSWER, Verb.APPROVE_ANSWER, Verb.REJECT_ANSWER})


class WritingView(MoveView):
    """With what the head asked to change, and what has changed since."""

    def known_verbs(self) -> set[Verb]:
        return set(VERBS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remarks, answer = remarks_on(self.instance), self.dossier.answer
        changed = changed_since(answer, remarks.version) if remarks and answer else None
        return super().get_context_data(**{"remarks": remarks, "changed": changed, **kwargs})
