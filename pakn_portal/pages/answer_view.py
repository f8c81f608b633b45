"""Where the first migration knows it."""

from pakn_portal.pages.answers.view import AnswerViewMixin

__all__ = ["AnswerViewMixin"]
