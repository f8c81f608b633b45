"""What the search box of the list means. Each table is asked by itself, so that its own index can answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from pakn_portal.cases.models import Case
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.secrets import as_typed_number, normalize_number
from pakn_portal.text import fold, normalize


def matching(typed: str) -> Q:
    """A whole case number, however written, finds that case alone; otherwise each word is in the title or the
    sender's names, with or without diacritics, or, if it has a digit, in the number.

    Asks once whether the number exists.
    """
    number = normalize_number(typed)
    if Case.objects.filter(number=number).exists():
        return Q(number=number)
    words = normalize(typed).split()
    numbers = [word for word in words if any(char.isdigit() for char in word)]
    rest = [word for word in words if word not in numbers]
    if not numbers:
        return Q(submission__in=_with_words(*rest)) if rest else Q()
    found = Q()
    for word in numbers:
        # One set of both, and the other words in each of them: of an OR, and of words of two letters,
        # PostgreSQL cannot tell that they find little, and reads every case.
        with_number = Case.objects.filter(
            _texts_with("submission__", rest), number__contains=as_typed_number(word)
        )
        found &= Q(
            submission__in=with_number.order_by().values("submission_id").union(_with_words(word, *rest))
        )
    return found


def _with_words(*words: str) -> QuerySet[Any]:
    return Submission.objects.filter(_texts_with("", words)).order_by().values("pk")


def _texts_with(path: str, words: Iterable[str]) -> Q:
    return Q(*(Q((f"{path}folded__contains", fold(word))) for word in words))
