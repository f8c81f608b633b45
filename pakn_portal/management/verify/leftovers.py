from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.utils import translation
from wagtail.models import Revision

from pakn_portal.answers.models import Answer, OutgoingLetter, PublicFile, PublicText
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent, CaseFile, Extension
from pakn_portal.cases.places import place_of
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import DUPLICATES
from pakn_portal.pages.answers.cms import off_site
from pakn_portal.pages.answers.cms.wagtail_history import KEPT, has_words, withheld
from pakn_portal.pages.answers.sealed_cases import TOLD_OFF_SITE
from pakn_portal.pages.models import AnswerPage
from pakn_portal.register.models import TextSalts
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.similar.models import SimilarBand
from pakn_portal.submissions.models import Attachment, KeptWords, LeftWords, Supplement, UploadTray
from pakn_portal.submissions.sameness import SUBMISSIONS
from pakn_portal.submissions.wiping import OF_SENDER, OF_SUBMISSION

#: The texts of a page beside those that say that it is off the site.
_OF_PAGE = tuple(
    each.name
    for each in AnswerPage._meta.concrete_fields
    if isinstance(each, CharField | TextField) and each.name not in KEPT | TOLD_OFF_SITE
)
_LANGUAGES = ("vi", "en")


def wiped(progress: Progress) -> Iterator[str]:
    """Of a confirmed state secret nothing that anybody typed is left: each kind is asked for by one query,
    and drafts by two for each such case, of which there are few. What was written after it was confirmed is
    about the paper. Bytes without a row are an offence of I11.
    """
    for what, numbers in _kinds():
        for number in numbers.order_by().distinct().iterator():
            yield f"{number} is kept on paper only, but {what} is left"
    yield from _drafts()
    yield from _revisions()


def _kinds() -> Iterator[tuple[str, QuerySet[Any]]]:
    cases = Case.objects.filter(status=Status.ON_PAPER)
    yield (
        "what was sent",
        cases.filter(_any_of("submission__", OF_SUBMISSION)).values_list("number", flat=True),
    )
    yield (
        "its sender",
        cases.filter(_any_of("submission__sender__", OF_SENDER)).values_list("number", flat=True),
    )
    supplements = Supplement.objects.exclude(content="")
    yield "what was added to it", _numbers(supplements, "submission__case")
    yield "a file of its sender", _numbers(Attachment.objects.all(), "submission__case")
    yield "a file of staff", _numbers(CaseFile.objects.all())
    yield "an answer", _numbers(Answer.objects.all())
    yield "a letter", _numbers(OutgoingLetter.objects.all())
    yield "a letter to the sender of a joined case", _numbers(OutgoingLetter.objects.all(), "lead")
    yield "a public text", _numbers(PublicText.objects.filter(_any_of("", ("title", "question", "answer"))))
    yield "a public file", _numbers(PublicFile.objects.all(), "text__case")
    likeness = SimilarBand.objects.filter(kind=SUBMISSIONS.kind, subject=OuterRef("submission"))
    yield "a digest of its words", cases.filter(Exists(likeness)).values_list("number", flat=True)
    yield "the reason of an extension", _numbers(Extension.objects.exclude(reason=""))
    pages = AnswerPage.objects.filter(_any_of("", _OF_PAGE) | ~Q(slug__startswith=off_site.SLUG))
    yield "a page", _numbers(pages, "public_text__case")
    texts = Exists(AnswerPage.objects.filter(pk=OuterRef("page"), public_text__case__status=Status.ON_PAPER))
    entries = ArchiveEntry.objects.filter(texts).filter(
        _any_of("", ("title", "question", "answer", "context"))
    )
    of_page = AnswerPage.objects.filter(pk=OuterRef("page")).values("public_text__case__number")
    yield "an index row", entries.annotate(number=Subquery(of_page[:1])).values_list("number", flat=True)
    mails = OutgoingMail.objects.exclude(template=DUPLICATES).filter(created_at__lt=_confirmed_at("case"))
    yield "the words of a mail", _numbers(mails.filter(~Q(context={}) | ~Q(sealed="")))
    lines = CaseEvent.objects.filter(at__lt=_confirmed_at("case"))
    salts = TextSalts.objects.filter(pk=OuterRef("hash")).exclude(salts={})
    yield "a note of the register", _numbers(lines.exclude(note=""))
    yield "the salt of a text", _numbers(lines.filter(Exists(salts)))


def _numbers(rows: Any, case: str = "case") -> QuerySet[Any]:
    found = rows.filter(**{f"{case}__status": Status.ON_PAPER}).annotate(of_case=F(f"{case}__number"))
    numbers: QuerySet[Any] = found.values_list("of_case", flat=True)
    return numbers


def _any_of(prefix: str, names: tuple[str, ...]) -> Q:
    found = Q(pk__in=[])
    for name in names:
        found |= ~Q(**{f"{prefix}{name}": ""})
    return found


def _confirmed_at(case: str) -> Subquery:
    lines = CaseEvent.objects.filter(case=OuterRef(case), verb=Verb.CONFIRM_SECRET).order_by("-sequence")
    return Subquery(lines.values("at")[:1])


def _drafts() -> Iterator[str]:
    cases = Case.objects.filter(status=Status.ON_PAPER).annotate(confirmed_at=_confirmed_at("pk"))
    for pk, number, since in cases.order_by("pk").values_list("pk", "number", "confirmed_at").iterator():
        place = place_of(pk, "")
        kept = KeptWords.objects.filter(place__startswith=place, saved_at__lt=since)
        trays = UploadTray.objects.filter(place__startswith=place, opened_at__lt=since)
        waiting = Attachment.objects.filter(submission=None, upload_key__in=trays.values("key"))
        if kept.exists() or LeftWords.objects.filter(place__contains=place, left_at__lt=since).exists():
            yield f"{number} is kept on paper only, but a draft is left"
        if waiting.exists():
            yield f"{number} is kept on paper only, but the file of a draft is left"


def _revisions() -> Iterator[str]:
    """What the CMS keeps of the page. It was blanked in the language that the site had then."""
    pages = AnswerPage.objects.filter(public_text__case__status=Status.ON_PAPER)
    of_case = {str(pk): number for pk, number in pages.values_list("pk", "public_text__case__number")}
    notices = []
    for language in _LANGUAGES:
        with translation.override(language):
            notices.append(withheld())
    rows = Revision.page_revisions.filter(object_id__in=list(of_case)).order_by("pk")
    for pk, content in rows.values_list("object_id", "content").iterator():
        if has_words(content, notices):
            yield f"{of_case[pk]} is kept on paper only, but a revision of its page is left"
