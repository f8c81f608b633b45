"""What was typed in a form whose session ended, for the screen that shows the form again."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, QueryDict
from wagtail.snippets.views.snippets import CreateView, EditView

#: The attribute of a request that brings such words back.
LEFT: Final = "pakn_left_words"


def left_words(request: HttpRequest) -> QueryDict | None:
    return getattr(request, LEFT, None)


class _GivesBack:
    """Shows the form as it was filled in, with what is wrong in it; nothing is saved."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        words = left_words(self.request)
        return kwargs if words is None else {**kwargs, "data": words}


class KeptCreateView(_GivesBack, CreateView):
    pass


class KeptEditView(_GivesBack, EditView):
    pass


class KeepsWords:
    """Mixin of a viewset whose forms lose no words with a session."""

    add_view_class: Any = KeptCreateView
    edit_view_class: Any = KeptEditView
    create_template_name = "pakn_portal/snippets/create.html"
    edit_template_name = "pakn_portal/snippets/edit.html"
