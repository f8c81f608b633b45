"""What the search box of the list means. Each table is asked by itself, so that its own index can answer."""

from __future__ import annotations

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
    found = Q()
    if rest := [word for word in words if word not in numbers]:
        found &= Q(submission__in=_with_words(*rest))
    for word in numbers:
        with_number = Case.objects.filter(number__contains=as_typed_number(word)).values("pk")
        found &= Q(pk__in=with_number) | Q(submission__in=_with_words(word))
    return found


def _with_words(*words: str) -> QuerySet[Any]:
    texts = Submission.objects.all()
    for word in words:
        texts = texts.filter(folded__contains=fold(word))
    return texts.values("pk")
