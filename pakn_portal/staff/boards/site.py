"""What whoever keeps the lists looks after: mails, worker, index, holidays, accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permission_policies import ModelPermissionPolicy

from pakn_portal import clock, permissions
from pakn_portal.conf import unit_model_name
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.people.accounts import open_accounts
from pakn_portal.people.at_hand import AtHand, holders_of
from pakn_portal.people.names import by_name, person
from pakn_portal.people.scope import Scope
from pakn_portal.reports.models import WorkerRound
from pakn_portal.search.index import server
from pakn_portal.search.index.sync import behind
from pakn_portal.snippets.models import DeadlineRule, Holiday
from pakn_portal.staff.boards.sections import LookAfter, Section
from pakn_portal.staff.help.models import Difficulty
from pakn_portal.staff.help.views import DIFFICULTIES, may_work_off
from pakn_portal.staff.mails.admin import mails_url
from pakn_portal.staff.mails.rows import count_for_office, count_of_stuck

#: A worker that rests between two rounds is back within seconds.
WORKER_RESTS: Final = timedelta(minutes=10)
#: An account with rights that nobody used for so long.
UNUSED: Final = timedelta(days=90)
NAMED: Final = 20
#: Fewer entries wait after any publication.
_MANY: Final = 100


def keeps_lists(scope: Scope) -> bool:
    """Whether they look after the reference lists."""
    return bool(scope.user.has_perm(permissions.KEEPS_LISTS))


def of_administrator(scope: Scope, calendar: Calendar) -> Section | None:
    """None for everybody else. A constant number of queries."""
    if not keeps_lists(scope):
        return None
    lines = [
        *_mails(scope),
        *_difficulties(scope),
        _worker(),
        _index(),
        *_holidays(calendar),
        *_unconfirmed(scope),
        *_headless(scope),
        *_accounts(scope, _("Accounts that handle cases and belong to no unit"), without_unit()),
        *_accounts(scope, _("Rights to review: not signed in for 90 days"), unused()),
        *_accounts(scope, _("Rights to take back: the account is closed"), closed()),
    ]
    return Section("site", _("To look after"), lines=lines)


def _mails(scope: Scope) -> Iterator[LookAfter]:
    """Those that did not leave are told beneath the figures of work, once."""
    if not scope.user.has_perm(permissions.MAILS) or count_of_stuck(scope.user):
        return
    count = count_for_office(scope.user)
    said = ngettext(
        "%(count)s mail did not reach its sender; the Ministry Office sees to it.",
        "%(count)s mails did not reach their senders; the Ministry Office sees to it.",
        count,
    )
    yield LookAfter(said % {"count": count} if count else _("Every mail has left."), mails_url())


def _difficulties(scope: Scope) -> Iterator[LookAfter]:
    count = Difficulty.objects.filter(dealt_with_at=None).count()
    if count and may_work_off(scope.user):
        said = ngettext(
            "%(count)s reported difficulty waits.", "%(count)s reported difficulties wait.", count
        )
        yield LookAfter(said % {"count": count}, reverse(DIFFICULTIES), is_bad=True)


def _headless(scope: Scope) -> Iterator[LookAfter]:
    """Units in whose place nobody can approve, nor anybody above: a leader does meanwhile."""
    model = apps.get_model(unit_model_name())
    units = list(model._default_manager.order_by("name"))
    at_hand = AtHand(unit.pk for unit in units)
    #: the ministry as a whole, above all others, approves nothing
    whole = {unit.parent_id for unit in units} & {unit.pk for unit in units if unit.parent_id is None}
    found = [unit for unit in units if unit.is_active and unit.pk not in whole and not at_hand.heads(unit.pk)]
    led = _of_leaders(found) if found else set()
    found = [unit for unit in found if unit.pk not in led]
    if found:
        names = [(str(unit), _edit_of(unit, scope)) for unit in found[:NAMED]]
        yield LookAfter(
            _("Units without a head, so that a leader approves: %(count)s") % {"count": len(found)},
            is_bad=True,
            names=names,
        )


def _of_leaders(units: list[Any]) -> set[Any]:
    """Those of them whose people all lead the ministry: they approve themselves. Two queries."""
    groups = {unit.staff_group_id for unit in units}
    leaders = set(holders_of(permissions.LEAD).values_list("pk", flat=True))
    people: dict[Any, set[Any]] = {}
    for user, group in open_accounts().filter(groups__in=groups).values_list("pk", "groups"):
        people.setdefault(group, set()).add(user)
    found = {unit.pk: people.get(unit.staff_group_id, set()) for unit in units}
    return {pk for pk, own in found.items() if own and own <= leaders}


def _worker() -> LookAfter:
    last = WorkerRound.objects.first()
    if last is None:
        return LookAfter(
            _("The worker has never run: mails, index and deadlines wait. Start pakn_worker."), is_bad=True
        )
    at = f"{clock.local(last.ended_at):%H:%M %d/%m/%Y}"
    if last.ended_at < clock.now() - WORKER_RESTS:
        return LookAfter(
            _("The worker has not run since %(at)s. Start pakn_worker.") % {"at": at}, is_bad=True
        )
    if last.failed:
        said = _("The worker ran at %(at)s; these steps failed: %(steps)s. The log says why.")
        return LookAfter(said % {"at": at, "steps": last.failed}, is_bad=True)
    return LookAfter(_("The worker ran at %(at)s.") % {"at": at})


def _index() -> LookAfter:
    if not server.is_configured():
        return LookAfter(_("The database searches; no index has to be kept."))
    count = behind().count()
    said = ngettext(
        "%(count)s entry of the archive waits for the index.",
        "%(count)s entries of the archive wait for the index.",
        count,
    )
    return LookAfter(
        said % {"count": count} if count else _("The index has the whole archive."), is_bad=count > _MANY
    )


def _holidays(calendar: Calendar) -> Iterator[LookAfter]:
    for year in calendar.missing_years(clock.today()):
        said = _("The days off of %(year)s are missing: no deadline in that year can be computed.")
        yield LookAfter(said % {"year": year}, _list_of(Holiday), is_bad=True)


def _unconfirmed(scope: Scope) -> Iterator[LookAfter]:
    """Terms that nobody can confirm: the role has no holder. Who holds it has a board of their own."""
    if (
        DeadlineRule.objects.filter(is_verified=False).exists()
        and not holders_of(permissions.CONFIRM).exists()
    ):
        yield LookAfter(
            _("Nobody can confirm the deadline rules: put people of the Legal Department into its group."),
            _accounts_url(scope),
            is_bad=True,
        )


def _accounts(scope: Scope, heading: str, people: QuerySet[Any]) -> Iterator[LookAfter]:
    """Nothing where there is nobody; the first names, each with its account, and how many there are. The
    links are for whoever may open the CMS's list of accounts, which is needed where not all are named.
    """
    count, every = people.count(), _accounts_url(scope)
    if count:
        names = [
            (person(user), reverse("wagtailusers_users:edit", args=[user.pk]) if every else "")
            for user in by_name(people)[:NAMED]
        ]
        url = every if count > NAMED else ""
        yield LookAfter(f"{heading}: {count}", url, is_bad=True, names=names)


def _accounts_url(scope: Scope) -> str:
    accounts = ModelPermissionPolicy(get_user_model())
    may_open = accounts.user_has_any_permission(scope.user, {"add", "change", "delete"})
    return _reverse("wagtailusers_users:index") if may_open else ""


def without_unit() -> QuerySet[Any]:
    """Open accounts that may handle the cases of a unit and are in none."""
    units = apps.get_model(unit_model_name())._default_manager
    in_one = Q(groups__in=units.values("staff_group"))
    leads = Q(pk__in=units.exclude(head=None).values("head"))
    leads |= Q(pk__in=units.exclude(focal_person=None).values("focal_person"))
    inside = open_accounts().filter(in_one | leads)
    return holders_of(permissions.HANDLE).exclude(pk__in=inside.values("pk"))


def unused() -> QuerySet[Any]:
    """Open accounts with a role that nobody signed in to for long."""
    before = clock.now() - UNUSED
    idle = Q(last_login__lt=before) | Q(last_login=None)
    return _with_role(open_accounts()).filter(idle)


def closed() -> QuerySet[Any]:
    """Closed accounts that still have a role."""
    return _with_role(open_accounts().model._default_manager.filter(is_active=False))


def _with_role(people: QuerySet[Any]) -> QuerySet[Any]:
    return people.filter(groups__name__in=permissions.all_role_names()).distinct()


def _edit_of(unit: Any, scope: Scope) -> str:
    """For whoever may change units, where the portal has them as a list."""
    viewset = getattr(unit, "snippet_viewset", None)
    if viewset is None or not viewset.permission_policy.user_has_permission(scope.user, "change"):
        return ""
    return reverse(viewset.get_url_name("edit"), args=[quote(unit.pk)])


def _list_of(model: Any) -> str:
    return _reverse(model.snippet_viewset.get_url_name("list"))


def _reverse(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
