"""The same words sent twice, and nearly the same: digests by which they are found, never the words."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from pakn_portal.similar import index
from pakn_portal.similar.sources import TextSource, register
from pakn_portal.submissions.models import Submission
from pakn_portal.text import fold

LENGTH: Final = 32
_NO_LETTER: Final = re.compile(r"[\W_]+")


def content_key(content: str) -> str:
    """Equal for texts that differ in marks, capitals, punctuation and white space alone."""
    return hashlib.sha256(_NO_LETTER.sub("", fold(content)).encode()).hexdigest()[:LENGTH]


def compared_text(submission: Submission) -> str:
    """What two submissions are compared by."""
    return f"{submission.title}\n{submission.content}"


#: What was wiped has no text.
SUBMISSIONS: Final = register(
    TextSource("submission", rows=lambda: Submission.objects.exclude(content=""), text_of=compared_text)
)


def remember(submission: Submission) -> None:
    """In the transaction that stores it."""
    index.remember(SUBMISSIONS.kind, submission.pk, compared_text(submission))


def forget(submission: Submission) -> None:
    index.forget(SUBMISSIONS.kind, [submission.pk])


def nearest_submissions(title: str, content: str, *, most: int, without: int | None = None) -> list[int]:
    """Primary keys of the submissions worth comparing with these words, the most alike first. One query."""
    return index.nearest(SUBMISSIONS.kind, f"{title}\n{content}", most=most, without=without)
