"""What the app adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from pakn_portal.pages import admin_guards
from pakn_portal.search import renaming
from pakn_portal.snippets import deletion
from pakn_portal.snippets.viewsets import ListsGroup
from pakn_portal.staff import js_words
from pakn_portal.staff.admin import CaseAdmin
from pakn_portal.staff.home import WorkPanel
from pakn_portal.staff.mail_admin import MailAdmin
from pakn_portal.staff.menu import menu_item

modeladmin_register(CaseAdmin)
modeladmin_register(MailAdmin)
register_snippet(ListsGroup)
hooks.register("register_admin_menu_item", menu_item)
hooks.register("insert_global_admin_js", js_words.script)
admin_guards.register()
deletion.register()
renaming.register()


@hooks.register("construct_homepage_panels")
def add_work_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WorkPanel())
