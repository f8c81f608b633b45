"""The columns of each list, and what a row of a file does: add one or change the one with the same key.

django-import-export reads and writes; nothing is deleted by a file. Headings are the names of the fields, so
that a file made in one language is read in another.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import RowResult
from import_export.widgets import Widget
from wagtail.log_actions import log
from wagtail.models import Revision, RevisionMixin

from pakn_portal.people.accounts import is_open
from pakn_portal.snippets.exchange.widgets import DayWidget, Number, RowOf, Text, YesOrNo
from pakn_portal.snippets.models import (
    Agency,
    DeadlineRule,
    Holiday,
    LegalBasis,
    LetterTemplate,
    RefusalReason,
    Sector,
    Synonym,
    Unit,
)
from pakn_portal.snippets.validation import RULE_CRITERIA

#: What a row is known by; of everything else a file says what it becomes.
KEYS: Final[dict[type[models.Model], tuple[str, ...]]] = {
    Unit: ("code",),
    Sector: ("code",),
    Agency: ("code",),
    RefusalReason: ("code",),
    LetterTemplate: ("code",),
    LegalBasis: ("number",),
    DeadlineRule: (*RULE_CRITERIA, "valid_from"),
    Holiday: ("date",),
    Synonym: ("term",),
}
#: Files of before these columns lack them: they are empty then.
_CAME_LATER: Final = frozenset({"procedure"})


class ListResource(ModelResource):
    """Reads and writes one list. `changes` of a row: (heading, before, after), for the preview."""

    class Meta:
        clean_model_instances = True
        report_skipped = True
        skip_diff = True

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self._lines: dict[Any, int] = {}
        known = [field.column_name for field in self.fields.values()]
        headings = [str(heading or "") for heading in dataset.headers or []]
        if unknown := [heading for heading in headings if heading not in known]:
            names = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
            raise ValueError(_("Unknown columns: %(unknown)s. Known are: %(known)s.") % names)
        if twice := [heading for heading in known if headings.count(heading) > 1]:
            raise ValueError(_("These columns are given twice: %(columns)s.") % {"columns": ", ".join(twice)})
        for key in _CAME_LATER.difference(headings).intersection(KEYS[self._meta.model]):
            dataset.append_col(lambda row: "", header=key)
            headings.append(key)
        if missing := [key for key in KEYS[self._meta.model] if key not in headings]:
            raise ValueError(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        self._instance = instance
        self._before = {} if new else self._values(instance)
        self._people = {} if new else _people_of(instance)
        line = kwargs.get("row_number", 0) + 1
        if not new and self._lines.setdefault(instance.pk, line) != line:
            raise ValidationError(
                _("Line %(line)s of the file is about the same entry.") % {"line": self._lines[instance.pk]}
            )

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """As in the form: a closed account only where it stands already. Raises ValueError."""
        for name, user in _people_of(instance).items():
            if not is_open(user) and self._people.get(name) != user:
                raise ValueError(_("The account “%(value)s” is closed.") % {"value": user.get_username()})

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """What is the same already is not saved again."""
        return not import_validation_errors and self._before == self._values(instance)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        self._lines[instance.pk] = kwargs.get("row_number", 0) + 1
        if isinstance(instance, RevisionMixin):
            instance.save_revision(user=kwargs.get("user"))
        action = "wagtail.edit" if self._before else "wagtail.create"
        log(instance=instance, action=action, user=kwargs.get("user"))

    def after_import_row(self, row: Any, row_result: RowResult, **kwargs: Any) -> None:
        after = self._values(self._instance)
        row_result.name = str(self._instance)
        row_result.changes = [
            (heading, self._before.get(heading, ""), value)
            for heading, value in after.items()
            if value != self._before.get(heading, "")
        ]

    def _values(self, instance: Any) -> dict[str, str]:
        return {field.column_name: field.export(instance) for field in self.get_import_fields()}


def resource_of(model: type[models.Model]) -> ListResource:
    """The columns in the order of the model: its fields, but neither key nor what verbs write."""
    fields = {
        field.name: Field(attribute=field.name, column_name=field.name, widget=_widget(field))
        for field in model._meta.concrete_fields
        if not field.primary_key and field.editable and field.related_model is not Revision
    }
    meta = type(
        "Meta", (ListResource.Meta,), {"model": model, "import_id_fields": KEYS[model], "fields": [*fields]}
    )
    resource: type[ListResource] = type(
        f"{model.__name__}Resource", (ListResource,), {**fields, "Meta": meta}
    )
    return resource()


def _people_of(instance: Any) -> dict[str, Any]:
    """The accounts that the row names, by field."""
    people = {
        field.name: getattr(instance, field.name)
        for field in instance._meta.concrete_fields
        if field.related_model is get_user_model()
    }
    return {name: user for name, user in people.items() if user is not None}


def _widget(field: Any) -> Widget:
    if isinstance(field, models.ForeignKey):
        return RowOf(field.related_model, _key_of(field.related_model))
    if isinstance(field, models.BooleanField):
        return YesOrNo()
    if isinstance(field, models.DateField):
        return DayWidget()
    return Number() if isinstance(field, models.IntegerField) else Text()


def _key_of(model: Any) -> str:
    if model is Group:
        return "name"
    return str(model.USERNAME_FIELD) if model is get_user_model() else "code"
