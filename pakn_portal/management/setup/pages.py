"""The section's pages beneath a page of the site. Their texts are Vietnamese, for editors to change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.models import Page

from pakn_portal.management.setup.tally import Progress, Tally, silent
from pakn_portal.pages.models import FormIndexPage, SectionPage, SubmissionPage, TrackingPage
from pakn_portal.search.pages import ArchivePage
from pakn_portal.snippets.enums import SenderKind


@dataclass(frozen=True)
class Plan:
    """A page the section needs; any page of this class (and sender) beneath the parent will do."""

    model: type[Page]
    slug: str
    title: str
    description: str
    intro: str = ""
    known_by: dict[str, Any] = field(default_factory=dict)
    children: tuple[Plan, ...] = ()


FORMS = (
    Plan(
        SubmissionPage,
        "nguoi-dan",
        "Người dân",
        "Gửi phản ánh, kiến nghị hoặc câu hỏi với tư cách cá nhân.",
        "<p>Ông/bà viết bằng tiếng Việt có dấu, nói rõ việc gì, ở đâu, khi nào. "
        "Thông tin cá nhân chỉ dùng để liên hệ và trả lời.</p>",
        {"sender_kind": SenderKind.CITIZEN},
    ),
    Plan(
        SubmissionPage,
        "doanh-nghiep",
        "Doanh nghiệp",
        "Gửi phản ánh, kiến nghị hoặc câu hỏi thay mặt doanh nghiệp, tổ chức.",
        "<p>Nêu rõ quy định hoặc thủ tục gây vướng mắc và đề xuất của doanh nghiệp. "
        "Có thể gửi kèm văn bản đã ký.</p>",
        {"sender_kind": SenderKind.BUSINESS},
    ),
)
SECTION = Plan(
    SectionPage,
    "pakn",
    "Bộ với Người dân và Doanh nghiệp",
    "Gửi phản ánh, kiến nghị, câu hỏi; tra cứu hồ sơ; đọc câu trả lời đã công khai.",
    children=(
        Plan(
            FormIndexPage,
            "gui",
            "Gửi phản ánh, kiến nghị, câu hỏi",
            "Chọn biểu mẫu dành cho người dân hoặc doanh nghiệp.",
            children=FORMS,
        ),
        Plan(
            TrackingPage,
            "tra-cuu",
            "Tra cứu hồ sơ",
            "Xem hồ sơ đang ở đâu, bao giờ có trả lời, bằng mã hồ sơ và mã tra cứu.",
        ),
        Plan(
            ArchivePage,
            "hoi-dap",
            "Hỏi đáp và câu trả lời đã công khai",
            "Tìm trong các câu trả lời của Bộ; gõ có dấu hay không dấu đều được.",
        ),
    ),
)


@transaction.atomic
def make_pages(root: Page, *, under: Page | None = None, progress: Progress = silent) -> Tally:
    """Make the missing pages of the site of `root`; a new section goes `under` that page, or under the root.

    A page that stands is left as it is, wherever editors moved it. A name in use gets a number, and the tally
    tells it.
    """
    tally = Tally()
    if under is not None and (stands := _find(SECTION, root)) and stands.get_parent().pk != under.pk:
        tally.notes.append(
            f"The section stands beneath “{stands.get_parent().title}” already and was not moved to "
            f"“{under.title}”. Move it in the admin's page tree."
        )
    _grow(SECTION, under or root, root, tally)
    total = tally.created + tally.kept
    progress(total, total)
    return tally


def _grow(plan: Plan, parent: Page, within: Page, tally: Tally) -> None:
    page = _find(plan, within)
    tally.count(page is None)
    if page is None:
        page = _create(plan, parent, tally)
    for child in plan.children:
        _grow(child, page, page, tally)


def _find(plan: Plan, within: Page) -> Page | None:
    return plan.model._default_manager.descendant_of(within).filter(**plan.known_by).order_by("path").first()


def _create(plan: Plan, parent: Page, tally: Tally) -> Page:
    slug = _free_slug(plan.slug, parent)
    if slug != plan.slug:
        tally.notes.append(f"“{plan.slug}” is in use beneath “{parent.title}”, so the new page is “{slug}”.")
    page = plan.model(
        title=plan.title,
        slug=slug,
        search_description=plan.description,
        intro=plan.intro,
        show_in_menus=True,
        **plan.known_by,
    )
    parent.add_child(instance=page)
    page.save_revision(log_action="wagtail.create").publish()
    return page


def _free_slug(slug: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
