"""The pages of the section. Each comes ready to use, and as an abstract mixin for a portal with its own page
class.
"""

from __future__ import annotations

from pakn_portal.pages.answer import AnswerPage, AnswerPageMixin, Correction
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.pages.section import (
    FormIndexPage,
    SectionPage,
    SectionPageMixin,
    SubmissionPage,
    TrackingPage,
)
from pakn_portal.pages.workflow import PublicationTask

__all__ = [
    "AnswerPage",
    "AnswerPageMixin",
    "Correction",
    "FormIndexPage",
    "LegalText",
    "PublicationTask",
    "SectionPage",
    "SectionPageMixin",
    "SubmissionPage",
    "TrackingPage",
]
