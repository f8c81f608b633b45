"""Addresses of the section's pages, wherever a portal has put them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page

from pakn_portal.languages import addressing
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.secrets.mail_links import issue_mail_token

#: Only a browser sees what stands behind the #: no server, no log and no Referer gets the token.
LINK_FRAGMENT = "lien-ket"
#: Root, the site's home, and beneath it the page that holds the section.
_SECTION_DEPTH = 3


def first_page(model: str, *, beside: Any = None) -> Any:
    """The live page of this kind: in the same section when there are several, else the first; None without
    one.
    """
    pages = _model(model).objects.live().order_by("path")
    if beside is not None:
        return pages.filter(path__startswith=_section_of(beside)).first() or pages.first()
    return pages.first()


def url_of(model: str, request: HttpRequest | None = None, *, beside: Any = None) -> str:
    """Its address on this site, empty without such a page."""
    page = first_page(model, beside=beside)
    return (page.get_url(request) or "") if page else ""


def urls_of(*models: str, beside: Any, request: HttpRequest | None) -> dict[str, str]:
    """As `url_of` for several kinds, in one query where each has its page. Without a request they are whole,
    for paper.
    """
    kinds = ContentType.objects.get_for_models(*map(_model, models), for_concrete_models=False)
    pages = Page.objects.live().filter(content_type__in=kinds.values())
    if beside is not None:
        pages = pages.filter(path__startswith=_section_of(beside))
    found: dict[int, Any] = {}
    for page in pages.order_by("path").only("path", "url_path", "locale", "content_type"):
        found.setdefault(page.content_type_id, page)
    told = {}
    with addressing():  # a plain `Page` does not know of it
        for name in models:
            page = found.get(kinds[_model(name)].pk) or first_page(name, beside=beside)
            told[name] = ((page.get_url(request) if request else page.full_url) or "") if page else ""
    return told


def _model(name: str) -> Any:
    return apps.get_model("pakn_portal", name)


def _section_of(page: Any) -> str:
    """A path holds those of the pages above."""
    return str(page.path[: _SECTION_DEPTH * page.steplen])


def form_url(sender_kind: str, request: HttpRequest | None = None, *, beside: Any = None) -> str:
    """The form for senders of this kind on this site, else any; empty without one."""
    forms = _model("SubmissionPage").objects.live().order_by("path")
    page = forms.filter(sender_kind=sender_kind).first() or first_page("SubmissionPage", beside=beside)
    return (page.get_url(request) or "") if page else ""


def tracking_link(submission: Submission) -> str:
    """For mails to the sender: the whole address of the tracking page with the token that opens this case.

    Host and scheme are those of the Wagtail site, never of a request (H62). Each call makes
    one more link, which ends by itself.
    """
    page = first_page("TrackingPage")
    url = (page.full_url or "") if page else ""
    return f"{url}#{LINK_FRAGMENT}={issue_mail_token(submission)}" if url else url
