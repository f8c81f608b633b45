from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class AnswerPageQuerySet(PageQuerySet):
    def copies(self) -> AnswerPageQuerySet:
        """Of no case and of no import. No door makes one any more; earlier versions did."""
        pages: AnswerPageQuerySet = self.filter(public_text=None, source_id="")
        return pages

    def originals(self) -> AnswerPageQuerySet:
        pages: AnswerPageQuerySet = self.exclude(public_text=None, source_id="")
        return pages

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The tree counts its children before it deletes one; a refusal undoes that."""
        with transaction.atomic():
            return super().delete(*args, **kwargs)


AnswerPageManager = PageManager.from_queryset(AnswerPageQuerySet)
