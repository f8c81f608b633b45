"""Reference lists that editors keep, a file for each. Starter rows are in `starter/`; `pakn_setup` loads them
without harm, again and again.
"""

from __future__ import annotations

from pakn_portal.snippets.models.agency import Agency
from pakn_portal.snippets.models.deadline_rule import DeadlineRule
from pakn_portal.snippets.models.holiday import Holiday
from pakn_portal.snippets.models.legal_basis import LegalBasis
from pakn_portal.snippets.models.letter_template import LetterTemplate
from pakn_portal.snippets.models.refusal_reason import RefusalReason
from pakn_portal.snippets.models.sector import Sector
from pakn_portal.snippets.models.synonym import Synonym
from pakn_portal.snippets.models.text_piece import TextPiece
from pakn_portal.snippets.models.unit import AbstractUnit, Unit

__all__ = [
    "AbstractUnit",
    "Agency",
    "DeadlineRule",
    "Holiday",
    "LegalBasis",
    "LetterTemplate",
    "RefusalReason",
    "Sector",
    "Synonym",
    "TextPiece",
    "Unit",
]
