"""What the app adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from pakn_portal.error_reports import keep_quiet
from pakn_portal.notifications.roles import changes as role_changes
from pakn_portal.notifications.roles.words import register_action
from pakn_portal.pages.answers.cms import doors as admin_guards
from pakn_portal.pages.section.language import in_own_language
from pakn_portal.search import renaming
from pakn_portal.snippets import deletion, groups
from pakn_portal.snippets.confirmation import confirming
from pakn_portal.snippets.viewsets import ListsGroup
from pakn_portal.staff import groups as edited_groups
from pakn_portal.staff.boards import views as boards
from pakn_portal.staff.boards.audit import views as audit
from pakn_portal.staff.boards.home import BoardPanel
from pakn_portal.staff.boards.moderation import without_answers
from pakn_portal.staff.cases.admin import CaseAdmin
from pakn_portal.staff.cases.unpublishing import (
    refuse_too_many,
    refuse_too_many_chosen,
    unpublish_many_with_reason,
    unpublish_with_reason,
)
from pakn_portal.staff.help import views as help_views
from pakn_portal.staff.help.menu import help_items
from pakn_portal.staff.home import WorkPanel
from pakn_portal.staff.lists import confirm, letter_templates, replaced_bases
from pakn_portal.staff.mails.admin import MailAdmin
from pakn_portal.staff.mails.templates import MailTemplateViewSet
from pakn_portal.staff.menu import menu_item, name_people
from pakn_portal.staff.notices.admin import NoticeAdmin

modeladmin_register(CaseAdmin)
modeladmin_register(MailAdmin)
modeladmin_register(NoticeAdmin)
register_snippet(ListsGroup)
register_snippet(MailTemplateViewSet)
hooks.register("register_admin_menu_item", menu_item)
name_people()
hooks.register("register_admin_urls", boards.urls)
hooks.register("register_admin_urls", audit.urls)
hooks.register("register_admin_urls", help_views.urls)
hooks.register("construct_help_menu", lambda request, items: items.extend(help_items(request)))
hooks.register("on_serve_page", in_own_language)
hooks.register("before_unpublish_page", refuse_too_many)
hooks.register("before_unpublish_page", unpublish_with_reason)
admin_guards.register_hooks()
deletion.register_hooks()
hooks.register("register_admin_viewset", groups.guard, order=-100)
hooks.register("register_admin_viewset", edited_groups.explain, order=-100)
hooks.register("register_admin_urls", letter_templates.urls)
hooks.register("register_admin_urls", replaced_bases.urls)
hooks.register("register_admin_urls", confirm.urls)
renaming.register_hooks()
hooks.register("register_log_actions", register_action)
hooks.register("register_log_actions", confirming.register_actions)
hooks.register("before_edit_user", role_changes.remember)
hooks.register("before_bulk_action", role_changes.before_bulk_action)
# before those that lock the cases
hooks.register("before_bulk_action", refuse_too_many_chosen, order=-100)
# after those that lock the cases and that refuse
hooks.register("before_bulk_action", unpublish_many_with_reason, order=100)


@hooks.register("construct_homepage_panels")
def add_work_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [*without_answers(panels), WorkPanel(), BoardPanel()]


def keep_reports_quiet(*given: Any) -> None:
    """Keep what was typed on our pages out of error reports, when a page is served, edited or previewed."""
    request = next(each for each in given if isinstance(each, HttpRequest))
    page = next(each for each in given if isinstance(each, Page))
    if any(kind.__module__.split(".")[0] == "pakn_portal" for kind in type(page).__mro__):
        keep_quiet(request)


hooks.register("before_edit_page", keep_reports_quiet, order=-100)
hooks.register(
    "before_serve_page",
    lambda page, request, args, kwargs: keep_reports_quiet(page.specific, request),
    order=-100,
)
