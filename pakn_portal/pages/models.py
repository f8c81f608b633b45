"""The pages of the section. Each comes ready to use, and as an abstract mixin for a portal with its own page
class.
"""

from __future__ import annotations

from pakn_portal.pages.answers.page import AnswerPage, AnswerPageMixin, Correction
from pakn_portal.pages.answers.workflow import PublicationTask
from pakn_portal.pages.forms.page import SubmissionPage
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.pages.section.page import FormIndexPage, SectionPage, SectionPageMixin
from pakn_portal.pages.tracking.page import TrackingPage

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
