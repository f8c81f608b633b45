"""The one index of similar texts: remember, forget, and look up what shares most bands with a text."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from pakn_portal.similar.keys import band_key, key_id
from pakn_portal.similar.minhash import bands
from pakn_portal.similar.models import SimilarBand


def remember(kind: str, subject: int, text: str) -> None:
    """The text of this subject, in the transaction that stores it. A text that changes is forgotten first."""
    remember_all(kind, [(subject, text)])


def remember_all(kind: str, texts: Iterable[tuple[int, str]]) -> int:
    """Pairs of primary key and text, so many as fit into memory together. Returns how many texts it were."""
    made = dict(texts)
    key, name = band_key(), key_id()
    SimilarBand.objects.bulk_create(
        (
            SimilarBand(kind=kind, subject=subject, value=value, key_id=name)
            for subject, text in made.items()
            for value in set(bands(text, key=key))
        ),
        batch_size=2_000,
        # another worker may be at the same texts
        ignore_conflicts=True,
    )
    return len(made)


def forget(kind: str, subjects: Iterable[int]) -> None:
    SimilarBand.objects.filter(kind=kind, subject__in=list(subjects)).delete()


def nearest(kind: str, text: str, *, most: int, without: int | None = None) -> list[int]:
    """Primary keys of those that share a band with this text, most bands first, the newer before the older.
    One query, none for a blank text. They are worth comparing; how alike they are only their texts tell.
    """
    if not text.strip():
        return []
    sharing = SimilarBand.objects.filter(value__in=bands(text, key=band_key()), kind=kind)
    if without is not None:
        sharing = sharing.exclude(subject=without)
    counted = sharing.values("subject").annotate(shared=Count("value")).order_by("-shared", "-subject")
    return list(counted.values_list("subject", flat=True)[:most])
