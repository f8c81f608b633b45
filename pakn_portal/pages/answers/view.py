"""What a reader sees of an answer page: its context, its address to share, and the trace of one taken off."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.context import SectionContextMixin, section_context
from pakn_portal.pages.links import url_of

#: What search engines show under a title.
DESCRIPTION_LENGTH = 200


class AnswerViewMixin(SectionContextMixin):
    """Context of the answer's templates. A constant number of queries, whatever the page holds."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            **_ways_on(self, request, context["pakn_breadcrumb"]),
            "pakn_address": self.get_full_url(request),  # type: ignore[attr-defined]
            "pakn_description": describe(self),
            "pakn_here_is_vietnamese": True,
            "pakn_corrections": _corrections(self),
            "pakn_files": public_files(self),
            "pakn_others": others_who_asked(self),
        }

    def serve_trace(self, request: HttpRequest) -> HttpResponse:
        """410 Gone: when and why the answer was taken off the site. Not even its title is told."""
        context = section_context(self, request)
        return TemplateResponse(
            request,
            "pakn_portal/answer_unpublished.html",
            {
                **context,
                **_ways_on(self, request, context["pakn_breadcrumb"]),
                "pakn_here": _("Answer taken off the site"),
                "unpublished_on": self.unpublished_on,  # type: ignore[attr-defined]
                "unpublished_reason": self.unpublished_reason,  # type: ignore[attr-defined]
            },
            status=410,
        )


def describe(page: Any) -> str:
    """One line for search engines: the editors' words, else how the answer begins."""
    return page.search_description or Truncator(" ".join(page.answer.split())).chars(DESCRIPTION_LENGTH)


def public_files(page: Any) -> Any:
    """The copies that stand beside the answer; an imported one has none."""
    return page.public_text.files.all() if page.public_text_id is not None else []


def others_who_asked(page: Any) -> int:
    """How many cases beside that of the page are about the same matter and share its answer."""
    if page.public_text_id is None:
        return 0
    return Case.objects.filter(master__public_text=page.public_text_id, status=Status.DUPLICATE).count()


def _corrections(page: Any) -> Any:
    """The latest first; a portal's own page class may have none."""
    return page.corrections.order_by("-corrected_on", "-pk") if hasattr(page, "corrections") else []


def _ways_on(page: Any, request: HttpRequest, breadcrumb: list[tuple[str, str]]) -> dict[str, str]:
    """Where to go from here: the archive, which is the last page above, and the choice of form."""
    return {
        "pakn_archive_url": breadcrumb[-1][1] if breadcrumb else "",
        "pakn_form_url": url_of("FormIndexPage", request, beside=page),
    }
