"""Keep a view of the list, and drop one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.list import saved
from pakn_portal.submissions.forms.fields import TextField


class ViewForm(forms.Form):
    name = TextField(max_length=saved.LONGEST_NAME)
    query = forms.CharField(required=False, max_length=4000)
    unit = forms.ModelChoiceField(queryset=None, required=False)
    opens_first = forms.BooleanField(required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class SavedViewsView(View):
    """POST saves what the form describes, or with `delete` drops that view, if one may. GET leads back to the
    list, with the name of a view that was typed while token or session were lost.
    """

    http_method_names = ["get", "post", "options"]

    @method_decorator(login_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.scope = scope_of(request.user)
        if not self.scope.is_staff:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        words = left_words(request) or QueryDict()
        query = QueryDict(_listed(words), mutable=True)
        if name := words.get("name", ""):
            query[saved.TYPED] = name
        return redirect(f"{addresses.list_url()}?{query.urlencode()}")

    def post(self, request: HttpRequest) -> HttpResponse:
        if "delete" in request.POST:
            return self._drop(request.POST["delete"])
        form = ViewForm(request.POST, units=saved.units_of(self.scope))
        query = QueryDict(request.POST.get("query", "")[:4000])
        back = f"{addresses.list_url()}?{_listed(request.POST)}"
        if not form.is_valid():
            messages.error(request, _lack_of(form))
            return redirect(back)
        data = form.cleaned_data
        names = {view.name.casefold() for view in saved.own_views(self.scope)}
        if len(names) >= saved.MOST and data["name"].casefold() not in names:
            messages.error(request, _("You have %(most)s views. Drop one first.") % {"most": saved.MOST})
            return redirect(back)
        try:
            view = saved.save_view(
                self.scope, name=data["name"], query=query, unit=data["unit"], opens_first=data["opens_first"]
            )
        except saved.HeldByUnit:
            messages.error(
                request,
                _("A unit that you left has a view of yours by this name. Choose another name."),
            )
            return redirect(back)
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return redirect(f"{back}&{saved.VIEW}={view.pk}")

    def _drop(self, pk: str) -> HttpResponse:
        view = saved.views_of(self.scope).filter(pk=addresses.number_in(pk) or 0).first()
        if view is not None and saved.may_drop(self.scope, view):
            view.delete()
            messages.success(self.request, _("The view “%(name)s” is gone.") % {"name": view.name})
        return redirect(addresses.list_url(scope="mine"))


def _listed(words: QueryDict) -> str:
    """The query of the list that the form stood in."""
    return saved.clean_query(QueryDict(words.get("query", "")[:4000]))


def _lack_of(form: ViewForm) -> str:
    if "name" in form.errors:
        return _("Give the view a name of at most 60 letters.")
    return _("A view is shared with a unit of one's own only.")
