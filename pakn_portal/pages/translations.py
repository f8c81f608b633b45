"""A tree of pages is translated without its answers: each has one address, and one text that was released."""

from __future__ import annotations

from functools import wraps
from typing import Any

from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Page, get_page_models

from pakn_portal.pages.answer import AnswerPageMixin


def leave_answers_out() -> None:
    """Called once by `receivers`. The CMS has no hook for what it walks through, and a refused answer would
    undo the whole tree; so its walk is handed each page with the children that may be copied.
    """
    walk = CopyPageForTranslationAction.walk

    @wraps(walk)
    def without_answers(action: Any, current_page: Any) -> None:
        walk(action, _Translated(current_page))

    CopyPageForTranslationAction.walk = without_answers


class _Translated:
    """Of a page what the walk asks for."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def get_children(self) -> Any:
        answers = [model for model in get_page_models() if issubclass(model, AnswerPageMixin)]
        return self._page.get_children().not_type(*answers)
