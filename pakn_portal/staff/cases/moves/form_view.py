"""The views behind a `FormAddress`: what is asked of each POST before anything is carried out.

`pages/views/csrf.py` calls the view of such an address without a fitting token too, so that it shows the form
again with every word. The addresses therefore take no other view than a `FormView`, which does no more then.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.views import View

from pakn_portal.pages.views.unsent import why_unsent
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.moves.forms import MoveForm
from pakn_portal.staff.cases.view import CaseView
from pakn_portal.staff.drafts import keeping, posted, screen
from pakn_portal.staff.kept_words import is_of_another, signed_in_again, take_words
from pakn_portal.submissions.models import KeptWords


class FormView(View):
    """`sent` runs only for whoever opened the form, and with its token."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_of_another(request):
            raise PermissionDenied
        if sentence := why_unsent(request):
            if posted.is_by_script(request):
                return screen.refused(request, sentence, status=403)
            return self.again(request.POST, sentence)
        return self.sent(request)

    def sent(self, request: HttpRequest) -> HttpResponseBase:
        """Do what the pressed button says."""
        raise NotImplementedError

    def again(self, words: QueryDict, sentence: str = "", **context: Any) -> HttpResponse:
        """The form as it was filled in, not looked at yet."""
        raise NotImplementedError


class DraftedView(FormView):
    """What is written is kept on the server meanwhile, see `staff.drafts`."""

    @property
    def place(self) -> str:
        """Which form it is, for what is kept of it."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if words := take_words(request):
            return self.taken_back(words)
        if (elsewhere := self.turned_away()) is not None:
            return elsewhere
        if words := screen.opened(request, self.place):
            says = posted.ATTACH in request.GET or posted.TAKEN_BACK in request.GET
            desk = self.desk("" if says else screen.went_on(), key=request.GET[posted.KEY], words=words)
            return self.again(words, signed_in_again() if posted.TAKEN_BACK in request.GET else "", kept=desk)
        return self.fresh()

    def taken_back(self, words: QueryDict) -> HttpResponse:
        """What was written when the session was lost becomes a draft, and the address names it: at the plain
        one, whoever goes back or loads the page anew has an older text in it, or none. Where nothing can be
        kept, or the form is filled in no more, the words are shown at once.
        """
        sentence = ""
        if not self.refusal():
            try:
                row = self._as_draft(words)
            except keeping.NotKept as error:
                sentence = str(error)
            else:
                if row.saved_at is not None:
                    self._take_other_tabs()
                    address = screen.address_of(self.request, str(row.key), **{posted.TAKEN_BACK: "1"})
                    return HttpResponseRedirect(address)
        return self.again(words, signed_in_again(), kept=self.desk(sentence, words=words))

    def _as_draft(self, words: QueryDict) -> KeptWords:
        self.request.POST = words  # type: ignore[assignment]
        return keeping.keep(self.request, self.place)[0]

    def _take_other_tabs(self) -> None:
        """What was written there is offered beside it. Where one cannot be kept, it waits on."""
        words: QueryDict | None = self.request.POST
        with suppress(keeping.NotKept):
            while words is not None:
                with transaction.atomic():
                    if words := take_words(self.request):
                        self._as_draft(words)

    def turned_away(self) -> HttpResponseBase | None:
        """Where whoever may not act now is led to; None for who may."""
        return None

    def fresh(self) -> HttpResponse:
        """The form as nobody has filled it in yet."""
        raise NotImplementedError

    def sent(self, request: HttpRequest) -> HttpResponseBase:
        return self.keep(request) if posted.is_about_drafts(request) else self.act(request)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Nothing is carried out: the words are kept for whoever may still act, or a kept text goes."""
        return screen.respond(
            request,
            self.place,
            refusal=self.refusal(),
            again=lambda **shown: self.again(request.POST, **shown),
        )

    def refusal(self) -> str:
        """Why this person cannot act now; empty when they can try."""
        return ""

    def act(self, request: HttpRequest) -> HttpResponseBase:
        """Carry it out."""
        raise NotImplementedError

    def desk(self, sentence: str = "", **filled: Any) -> screen.Desk:
        """`filled`: what fills the form, as `screen.desk` takes it."""
        return screen.desk(self.request, self.place, sentence=sentence, **filled)

    def desk_with_the_posted(self) -> screen.Desk:
        """Keep what was posted; where it cannot be kept, the desk says why."""
        try:
            row, _is_apart = keeping.keep(self.request, self.place)
        except keeping.NotKept as error:
            return self.desk(str(error))
        return self.desk(key=str(row.key))

    def kept_with_files(self, values: Mapping[str, str]) -> HttpResponse:
        """Keep what was posted, and lead to where it stands: whoever goes back or loads the page anew is not
        asked whether the files are to be sent once more. Where it cannot be kept, it is shown at once.
        `values`: of the hidden fields by which the form knows its files.
        """
        words = self.request.POST.copy()
        words.pop("remove_file", None)
        for name, value in values.items():
            words[name] = value
        self.request.POST = words  # type: ignore[assignment]
        try:
            row, _is_apart = keeping.keep(self.request, self.place)
        except keeping.NotKept as error:
            return self.again(self.request.POST, is_unsaved=True, kept=self.desk(str(error)))
        address = screen.address_of(self.request, str(row.key), **{posted.ATTACH: "1"})
        return HttpResponseRedirect(f"{address}#files", status=303)


class CaseFormView(DraftedView, CaseView):
    """A form about one case, which carries the state of the case that its words were written for."""

    def make_form(self, data: Any = None) -> MoveForm:
        raise NotImplementedError

    def fresh(self) -> HttpResponse:
        return self.show(form=self.make_form())

    def desk(self, sentence: str = "", **filled: Any) -> screen.Desk:
        return super().desk(sentence, **{"stored": self._stored, **filled})

    def _stored(self) -> dict[str, str]:
        """What the form would begin with."""
        form = self.make_form()
        first = {name: form.initial.get(name) for name in form.fields}
        return {name: str(value) for name, value in first.items() if value and isinstance(value, str | int)}

    def again(self, words: QueryDict, sentence: str = "", **context: Any) -> HttpResponse:
        """Shown even where it cannot be carried out now. A text written for an earlier state still says so:
        what a colleague did since is told before it is overrun.
        """
        form = self.make_form()
        form.initial.update({name: words.get(name) for name in form.fields if name != "version"})
        if addresses.number_in(words.get("version")) is not None:
            form.initial["version"] = words["version"]
        return self.show(form=form, sentence=sentence, **context)
