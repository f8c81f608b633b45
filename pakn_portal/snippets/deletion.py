"""A row that others point to is kept: every door of the admin says where it is used, and what to do instead.

The CMS asks these hooks before it shows or does a deletion, of one row or of many, by button or by a typed
address. Registered in `wagtail_hooks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from pakn_portal.conf import unit_model_name
from pakn_portal.people.names import person
from pakn_portal.snippets.needed import is_needed

_HOLD = (models.PROTECT, models.RESTRICT)
#: Nothing is counted further: “more than” is enough.
MOST = 1_000


def register_hooks() -> None:
    """Called once by `wagtail_hooks`."""
    hooks.register("before_delete_snippet", keep_rows)
    hooks.register("before_delete_user", keep_user)
    hooks.register("before_bulk_action", keep_users)


def keep_rows(request: HttpRequest, rows: Sequence[models.Model]) -> HttpResponse | None:
    """Refuses all of a batch when one of it is in use: half a deletion is harder to understand than none."""
    ours = [row for row in rows if _is_ours(row)]
    told = [_row_sentence(row, uses) for row in ours if (uses := uses_of(row))]
    told += [_needed_sentence(row) for row in ours if not told and is_needed(row)]
    if not told:
        return None
    for sentence in told:
        messages.error(request, sentence)
    return redirect(_back(request, rows))


def keep_user(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Who wrote into a register stays known: the account is closed and not deleted.

    What else of the portal holds an account back is the portal's to tell.
    """
    uses = uses_of(user, ours_only=True)
    if not uses:
        return None
    messages.error(request, _user_sentence(user, uses))
    return redirect("wagtailusers_users:edit", user.pk)


def keep_users(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or not issubclass(action.model, get_user_model()):
        return None
    told = [_user_sentence(user, uses) for user in objects if (uses := uses_of(user, ours_only=True))]
    for sentence in told:
        messages.error(request, sentence)
    return redirect(action.next_url) if told else None


def uses_of(row: models.Model, *, ours_only: bool = False) -> str:
    """What would hold the row back, as “3 cases, 1 deadline rule”, most first; empty when it can go.

    One query for each table that points to it. `ours_only`: what the rest of the portal keeps is left out.
    """
    return ", ".join(_uses(row, ours_only))


def _uses(row: models.Model, ours_only: bool) -> Iterator[str]:
    counts: dict[Any, int] = {}
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and getattr(relation, "on_delete", None) in _HOLD:
            model: Any = relation.related_model
            if ours_only and not _is_our_model(model):
                continue
            pointing = model._base_manager.filter(**{relation.field.name: row}).values("pk")
            counts[model] = counts.get(model, 0) + pointing[: MOST + 1].count()
    for model, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        if count:
            yield _counted(count, model._meta)


def _counted(count: int, options: Any) -> str:
    name = options.verbose_name if count == 1 else options.verbose_name_plural
    if count > MOST:
        return _("more than %(count)s %(what)s") % {"count": number_format(MOST), "what": name}
    return f"{number_format(count)} {name}"


def _row_sentence(row: models.Model, uses: str) -> str:
    return _(
        "“%(name)s” is in use (%(uses)s), so it is kept. Switch it off or give it a last day instead: "
        "then nobody can choose it any more, and old cases still show it."
    ) % {"name": row, "uses": uses}


def _needed_sentence(row: models.Model) -> str:
    return _(
        "“%(name)s” is kept: the software itself uses it. Switch it off instead, then nobody can choose it."
    ) % {"name": row}


def _user_sentence(user: Any, uses: str) -> str:
    return _(
        "“%(name)s” is named in %(uses)s, so the account is kept. Make it inactive instead: "
        "then nobody can sign in with it."
    ) % {"name": person(user), "uses": uses}


def _is_ours(row: models.Model) -> bool:
    return _is_our_model(type(row))


def _is_our_model(model: type[models.Model]) -> bool:
    return model._meta.app_label == "pakn_portal" or issubclass(model, apps.get_model(unit_model_name()))


def _back(request: HttpRequest, rows: Sequence[models.Model]) -> str:
    """The form of a single row, where it is switched off; for many rows their list."""
    edit_url = AdminURLFinder(request.user).get_edit_url(rows[0]) if len(rows) == 1 else None
    viewset: Any = getattr(type(rows[0]), "snippet_viewset", None)
    if edit_url is None and viewset is not None:
        return reverse(viewset.get_url_name("list"))
    return edit_url or reverse("wagtailadmin_home")
