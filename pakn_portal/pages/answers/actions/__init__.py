"""Verbs of publication: request, return, publish, unpublish, correct. All pass the gate of `publication`.

Each raises MoveError, or GateShut, with a sentence when it is refused.
"""

from pakn_portal.pages.answers.actions.correcting import correct_answer
from pakn_portal.pages.answers.actions.publishing import publish_answer, unpublish_answer, unpublish_imported
from pakn_portal.pages.answers.actions.requesting import request_publication, return_public_text
from pakn_portal.pages.answers.pages_of_cases import archive_page, live_page_of, page_of_case

__all__ = [
    "archive_page",
    "correct_answer",
    "live_page_of",
    "page_of_case",
    "publish_answer",
    "request_publication",
    "return_public_text",
    "unpublish_answer",
    "unpublish_imported",
]
