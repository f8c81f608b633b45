"""The two screens of a list: its rows as a file, and a file looked over before it changes anything."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from typing import Any, Final

import tablib
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from import_export.results import Result
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

from pakn_portal import clock
from pakn_portal.snippets.exchange.reading import MOST_BYTES, MOST_ROWS, UnreadableTable, read_table
from pakn_portal.snippets.exchange.resources import KEYS, ListResource, resource_of

CSV, XLSX = "csv", "xlsx"
_TYPES: Final = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ImportForm(forms.Form):
    file = forms.FileField(label=pgettext_lazy("choice of a file", "Table"))


class ExchangeView(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    """What both have in common: the list, and who may."""

    model: Any = None
    permission_policy: Any = None
    index_url_name = ""
    any_permission_required = ["add", "change", "delete", "view"]
    header_icon = "table"

    @property
    def resource(self) -> ListResource:
        return resource_of(self.model)


class ExportView(ExchangeView):
    """Every row, in the columns that an import reads."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = kwargs["kind"]
        if kind not in _TYPES:
            raise Http404
        table = self.resource.export(self.model._default_manager.all())
        # Excel takes a file without the mark for another encoding and breaks every Vietnamese letter
        content = table.export("xlsx") if kind == XLSX else ("\ufeff" + table.export("csv")).encode()
        response = HttpResponse(content, content_type=_TYPES[kind])
        name = f"{self.model._meta.model_name}-{clock.today():%Y%m%d}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ImportView(ExchangeView):
    """First the preview of a file, which changes nothing; then the same rows for good, all or none."""

    template_name = "pakn_portal/snippets/import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may = self.permission_policy.user_has_permission
        if not (may(request.user, "add") and may(request.user, "change")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            table = read_table(self._content(request))
            kept = _as_csv(table)
        except UnreadableTable as error:
            return self._again(str(error))
        is_meant = "table" in request.POST
        result = self._run(table, is_meant=is_meant)
        if is_meant and _is_good(result):
            counts = result.totals
            messages.success(
                request,
                _("%(new)s rows were added and %(changed)s changed.")
                % {"new": counts["new"], "changed": counts["update"]},
            )
            return redirect(self.index_url_name)
        status = 200 if _is_good(result) else 422
        rows = _lines(result)
        wrong = sum(row["kind"] == "wrong" for row in rows)
        context = self.get_context_data(
            result=result, rows=rows, wrong=wrong, table=kept, is_good=_is_good(result)
        )
        return self.render_to_response(context, status=status)

    def _content(self, request: HttpRequest) -> bytes:
        if "table" in request.POST:
            return request.POST["table"].encode()
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            raise UnreadableTable(_("The file is empty.") if request.FILES else _("Choose a file."))
        file = form.cleaned_data["file"]
        # one byte more tells that it is too large
        content: bytes = file.read(MOST_BYTES + 1)
        return content

    def _run(self, table: tablib.Dataset, *, is_meant: bool) -> Result:
        return self.resource.import_data(
            table,
            dry_run=not is_meant,
            use_transactions=True,
            rollback_on_validation_errors=True,
            user=self.request.user,
        )

    def _again(self, sentence: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(sentence=sentence), status=422)

    def get_page_title(self) -> str:
        return _("Import: %(list)s") % {"list": self._list}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self._list},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def _list(self) -> str:
        return str(capfirst(self.model._meta.verbose_name_plural))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "form": ImportForm(),
            "columns": [field.column_name for field in self.resource.fields.values()],
            "keys": KEYS[self.model],
            "most_rows": MOST_ROWS,
            "most_kilobytes": MOST_BYTES // 1024,
        }
        return super().get_context_data(**{**context, **kwargs})


def _is_good(result: Result) -> bool:
    return not (result.has_errors() or result.has_validation_errors())


def _lines(result: Result) -> list[dict[str, Any]]:
    """The rows of the preview in the order of the file; the headings are its first line."""
    wrong = {row.number: _sentences_of(row.error) for row in result.invalid_rows}
    wrong |= {row.number: [str(one.error) for one in row.errors] for row in result.error_rows}
    lines = []
    for number, row in enumerate(result.rows, start=1):
        lines.append(
            {
                "number": number + 1,
                "name": getattr(row, "name", ""),
                "kind": "wrong" if number in wrong else row.import_type,
                "changes": getattr(row, "changes", []),
                "errors": wrong.get(number, []),
            }
        )
    return lines


def _sentences_of(error: Any) -> list[str]:
    if not hasattr(error, "message_dict"):
        return list(error.messages)
    return [
        f"{name}: {sentence}" if name != "__all__" else sentence
        for name, sentences in error.message_dict.items()
        for sentence in sentences
    ]


def _as_csv(table: tablib.Dataset) -> str:
    """What the second step sends again. A workbook may be longer as text than it was."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(table.headers)
    for row in table:
        writer.writerow([value.date() if isinstance(value, datetime) else value for value in row])
    if len(text.getvalue().encode()) > MOST_BYTES:
        raise UnreadableTable(_("The file has more than %(limit)s kB.") % {"limit": MOST_BYTES // 1024})
    return text.getvalue()
