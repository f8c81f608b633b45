"""What every screen knows that carries out an act on cases."""

from __future__ import annotations

from typing import Final

from pakn_portal.deadlines.calendar import UnknownYear
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.flow.errors import MoveError
from pakn_portal.publication.gate import GateShut

#: The button that shows the mail to the sender before anything is done.
LOOK: Final = "letter"
#: What a verb refuses with; `str(error)` is for the person.
REFUSALS: Final = (MoveError, GateShut, NoRule, UnknownYear)
