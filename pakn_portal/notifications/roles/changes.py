"""Who may do what is not changed in silence: nobody changes their own role in the CMS, and each change there
stands in the CMS's log with what was given and taken, and is told by mail to the role that
ROLE_CHANGES_TOLD_TO names.

Only acts through the CMS count. Whoever has the shell has everything, and setting up is no change of a role.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context, log

from pakn_portal import clock, permissions
from pakn_portal.conf import portal_settings, unit_model_name
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.roles.mails import ROLE_CHANGED, RoleMails
from pakn_portal.notifications.roles.words import ACTION, ALTERED, GIVEN, TAKEN, RoleChange
from pakn_portal.notifications.rule_sets import register_mails
from pakn_portal.notifications.seals import seal_of, words_under_seal
from pakn_portal.people.accounts import email_column, is_reachable, key_of
from pakn_portal.people.at_hand import holders_of
from pakn_portal.people.scope import scope_now

logger = logging.getLogger(__name__)

_REQUEST: Final = "pakn_request"


def connect() -> None:
    register_mails(RoleMails())
    user_model: Any = get_user_model()
    relations = [getattr(user_model, name, None) for name in ("groups", "user_permissions")]
    for relation in (*relations, Group.permissions):
        if relation is not None:  # E027 tells
            m2m_changed.connect(
                _on_relation, sender=relation.through, dispatch_uid=f"pakn_portal.roles_{relation.through}"
            )
    pre_save.connect(_on_account, sender=user_model, dispatch_uid="pakn_portal.roles_account")
    post_save.connect(_on_new_account, sender=user_model, dispatch_uid="pakn_portal.roles_new_account")
    unit_model = apps.get_model(unit_model_name())
    pre_save.connect(_on_unit, sender=unit_model, dispatch_uid="pakn_portal.roles_unit")
    post_save.connect(_on_new_unit, sender=unit_model, dispatch_uid="pakn_portal.roles_new_unit")


def remember(request: HttpRequest, *given: Any) -> None:
    """Hook of the CMS before a form is saved: a refusal can be explained to whoever sent it."""
    setattr(get_active_log_context(), _REQUEST, request)


def before_bulk_action(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Hook of the CMS. Closing many accounts at once saves none of them, so no signal tells."""
    remember(request)
    if action_type == "set_active_state" and issubclass(action.model, get_user_model()):
        is_open = action.cleaned_form.cleaned_data["mark_as_active"]
        _tell(
            (user, RoleChange("user", key_of(user), _did(is_open), "field", "is_active"))
            for user in objects
            if user.is_active != is_open and user.pk != request.user.pk
        )


# --- what is noticed


def _on_relation(
    *, sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any
) -> None:
    did = {"pre_add": GIVEN, "pre_remove": TAKEN, "pre_clear": TAKEN}.get(action)
    if did is None or _actor() is None:
        return
    related = _related(sender, instance, model)
    if did == TAKEN:
        others = related if pk_set is None else related.filter(pk__in=pk_set)
    else:
        others = model._base_manager.filter(pk__in=pk_set)
    pairs = [(other, instance) if reverse else (instance, other) for other in others]
    for holder, _thing in pairs:
        _refuse_own(holder)
    _tell((holder, RoleChange(*_named(holder), did, *_named(thing))) for holder, thing in pairs)


def _related(through: Any, instance: Any, model: Any) -> models.QuerySet[Any]:
    """What the instance has by this relation now."""
    keys = {field.related_model: field for field in through._meta.fields if field.is_relation}
    here = next(field for kind, field in keys.items() if isinstance(instance, kind))
    there = next(field for kind, field in keys.items() if issubclass(model, kind))
    rows = through._base_manager.filter(**{here.attname: instance.pk}).values(there.attname)
    found: models.QuerySet[Any] = model._base_manager.filter(pk__in=rows)
    return found


def _on_account(*, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    actor = _actor()
    if raw or actor is None or instance._state.adding:
        return
    before = type(instance)._base_manager.filter(pk=instance.pk).first()
    changed = [name for name in _watched() if before and _differs(before, instance, name, update_fields)]
    is_own = actor.pk == instance.pk
    flags = [name for name in changed if name in ("is_superuser", "is_active")]
    if flags:
        _refuse_own(instance)
    # one's own password and address are one's own matter
    fields = flags if is_own else changed
    _tell(
        (instance, RoleChange("user", key_of(instance), _did_to(instance, name), "field", _code(name)))
        for name in fields
    )


def _on_new_account(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and _actor() is not None and getattr(instance, "is_superuser", False):
        _tell([(instance, RoleChange("user", key_of(instance), GIVEN, "field", "is_superuser"))])


def _on_unit(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw or _actor() is None:
        return
    if instance._state.adding:
        _refuse_own_new(instance)
        return
    before = type(instance)._base_manager.filter(pk=instance.pk).first()
    changed = [name for name in _PLACES if before and _differs(before, instance, f"{name}_id", None)]
    for name in changed:
        if _is_own_place(name, {getattr(row, f"{name}_id") for row in (before, instance)}):
            _refuse_own(_actor())
    _tell((instance, RoleChange("unit", key_of(instance), ALTERED, "field", name)) for name in changed)


def _refuse_own_new(unit: Any) -> None:
    """A new unit has no case yet, but others can be put beneath it. Beneath one's own unit it may stand."""
    for name in _PEOPLE:
        if _is_own_place(name, {getattr(unit, f"{name}_id")}):
            _refuse_own(_actor())


def _on_new_unit(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not created or raw or _actor() is None:
        return
    filled = [name for name in _PEOPLE if getattr(instance, f"{name}_id") is not None]
    _tell((instance, RoleChange("unit", key_of(instance), ALTERED, "field", name)) for name in filled)


#: What makes somebody a unit's: its people, and the unit above, whose people have its cases too.
_PEOPLE: Final = ("head", "focal_person", "staff_group")
_PLACES: Final = (*_PEOPLE, "parent")


def _is_own_place(name: str, keys: set[Any]) -> bool:
    """Whether one of the old and the new is the actor, a group of theirs or a unit of theirs."""
    actor = _actor()
    if name == "staff_group":
        return bool(actor.groups.filter(pk__in=keys - {None}).exists())
    return bool(keys & scope_now(actor).unit_ids) if name == "parent" else actor.pk in keys


def _watched() -> list[str]:
    """Whoever sets the password or the address of an account can be its holder."""
    return ["is_superuser", "is_active", "password", email_column(), get_user_model().USERNAME_FIELD]


def _code(name: str) -> str:
    if name in ("is_superuser", "is_active", "password"):
        return name
    return "account" if name == get_user_model().USERNAME_FIELD else "email"


def _differs(before: Any, after: Any, name: str, update_fields: Any) -> bool:
    is_saved = update_fields is None or name in update_fields
    return is_saved and getattr(before, name, None) != getattr(after, name, None)


def _did_to(user: Any, name: str) -> str:
    return _did(getattr(user, name)) if name in ("is_superuser", "is_active") else ALTERED


def _did(is_on: bool) -> str:
    return GIVEN if is_on else TAKEN


def _named(row: Any) -> tuple[str, int | str]:
    kinds: dict[Any, str] = {Group: "group", Permission: "permission", get_user_model(): "user"}
    return next(kind for model, kind in kinds.items() if isinstance(row, model)), key_of(row)


# --- what is done about it


def _actor() -> Any:
    """Who acts in the CMS; None for the shell, commands and the worker."""
    return get_active_log_context().user


def _refuse_own(holder: Any) -> None:
    """Raises PermissionDenied where somebody changes what they themselves may do; superusers may."""
    actor = _actor()
    if actor.is_superuser:
        return
    is_own = holder.user_set.filter(pk=actor.pk).exists() if isinstance(holder, Group) else holder == actor
    if is_own:
        request = getattr(get_active_log_context(), _REQUEST, None)
        if request is not None:
            messages.error(request, _why_refused(), fail_silently=True)
        raise PermissionDenied(_why_refused())


def _why_refused() -> str:
    return _(
        "Nobody changes their own role. Nothing was saved. Ask another administrator to do it; the change is "
        "told to “%(group)s”."
    ) % {"group": _told_role()[0]}


def _tell(changed: Iterable[tuple[Any, RoleChange]]) -> None:
    """The log's entries and the mails, standing and falling with the change itself."""
    found = list(changed)
    if not found:
        return
    with transaction.atomic():
        for row, change in found:
            log(row, ACTION, data=asdict(change))
        _queue([asdict(change) for _row, change in found])


def _queue(changes: list[dict[str, Any]]) -> None:
    """One mail a person for all that one act changes, but for what comes when their mail is on its way."""
    context = get_active_log_context()
    told = {"act": str(context.uuid), "by": key_of(context.user), "changes": changes}
    of_act = OutgoingMail.objects.filter(template=ROLE_CHANGED, context__act=told["act"])
    free = Q(claimed_until=None) | Q(claimed_until__lt=clock.now())
    # locked, so that no worker takes one meanwhile
    mails = list(of_act.filter(free, state=MailState.WAITING).select_for_update().order_by("pk"))
    people = set(of_act.values_list("to_user", flat=True)) or _told_people()
    for mail in mails:
        mail.context["changes"] += changes
        mail.seal = seal_of(words_under_seal(mail))
    OutgoingMail.objects.bulk_update(mails, ["context", "seal"])
    OutgoingMail.objects.bulk_create(
        OutgoingMail(template=ROLE_CHANGED, to_user_id=key, context=told)
        for key in sorted(people - {mail.to_user_id for mail in mails})
    )


def _told_people() -> set[Any]:
    people = {user.pk for user in holders_of(_told_role()[1][0]) if is_reachable(user)}
    if not people:
        logger.error("A role was changed, and nobody of %r can be told", portal_settings.ROLE_CHANGES_TOLD_TO)
    return people


def _told_role() -> tuple[str, list[str]]:
    return permissions.ROLES[portal_settings.ROLE_CHANGES_TOLD_TO]
