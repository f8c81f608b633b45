"""The screens on which an answer is written, approved or returned."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from wagtail.admin import messages

from pakn_portal.answers.files.listed import listing
from pakn_portal.answers.texts import Words
from pakn_portal.answers.versions import changed_since, remarks_on
from pakn_portal.cases.enums import Verb
from pakn_portal.snippets.models.legal_basis import doubts_about
from pakn_portal.staff.addresses import move_url
from pakn_portal.staff.cases.moves.answer_forms import WRITTEN
from pakn_portal.staff.cases.moves.buttons import label_of
from pakn_portal.staff.cases.moves.forms import MoveForm
from pakn_portal.staff.cases.moves.view import MoveView
from pakn_portal.staff.cases.writing import panel

#: The actions that have these screens.
VERBS = frozenset({Verb.DRAFT_ANSWER, Verb.APPROVE_ANSWER, Verb.REJECT_ANSWER})


class WritingView(MoveView):
    """With what the head asked to change, and what has changed since."""

    def known_verbs(self) -> set[Verb]:
        return set(VERBS)

    def act(self, request: HttpRequest) -> HttpResponseBase:
        """The buttons of the panel change what stands on the screen, and save nothing of the draft."""
        if self.verb == Verb.DRAFT_ANSWER and any(name in request.POST for name in panel.BUTTONS):
            if refusal := self.refusal():
                return self.refused(self.make_form(request.POST), refusal)
            return self._with_panel(request.POST)
        return super().act(request)

    def _with_panel(self, posted: QueryDict) -> HttpResponse:
        form = self.make_form()
        more: dict[str, Any] = {}
        form.initial.update({name: posted.get(name, "") for name in form.fields})
        more["piece"] = {"name": posted.get("piece_name", ""), "body": posted.get("piece_body", "")}
        if panel.KEEP_PIECE in posted:
            more["piece_problem"] = panel.keep_piece(posted, self.request.user)
            if not more["piece_problem"]:
                del more["piece"]
        elif panel.DROP_PIECE in posted:
            panel.drop_piece(posted.get(panel.DROP_PIECE, ""), self.request.user)
        elif number := posted.get(panel.CITE):
            form.initial["legal_bases"] = panel.cite(form.initial["legal_bases"], number)
        elif panel.INSERT in posted:
            more |= self._insert(form, panel.Pressed.read(posted))
        return self.show(form=form, is_unsaved=True, **more)

    def _insert(self, form: MoveForm, pressed: panel.Pressed) -> dict[str, Any]:
        offer = panel.offer_of(pressed.key, self.instance, self.request.user)
        return {"sentence": panel.gone()} if offer is None else pressed.put(form, "body", offer)

    def done(self) -> HttpResponse:
        """With a word on what is cited: nobody is held up, and nobody has to open the form once more."""
        if self.verb == Verb.DRAFT_ANSWER:
            for doubt in doubts_about(self.request.POST.get("legal_bases", "")):
                messages.warning(self.request, doubt)
        return super().done()

    def _tab(self) -> str:
        asked = self.request.POST.get(panel.TAB) or self.request.POST.get("open_tab")
        asked = asked or self.request.GET.get(panel.TAB, "")
        return asked if asked in panel.TABS else panel.TEMPLATES

    def _shuts(self, verb: Verb) -> bool:
        """Whether this person cannot do it now."""
        found = self.dossier.open_moves.get(verb)
        return found is None or bool(found.refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remarks, answer = remarks_on(self.instance), self.dossier.answer
        changed = changed_since(answer, remarks.version) if remarks and answer else None
        more: dict[str, Any] = {"remarks": remarks, "changed": changed}
        if self.verb == Verb.APPROVE_ANSWER and not self._shuts(Verb.REJECT_ANSWER):
            more["reject_url"] = move_url(self.instance.pk, Verb.REJECT_ANSWER, self.back)
            more["reject_label"] = label_of(Verb.REJECT_ANSWER)
        if self.verb == Verb.DRAFT_ANSWER:
            form = kwargs["form"]
            written = {name: str(form[name].value() or "") for name in WRITTEN}
            words = Words(**written, files=listing(self.attached(form).kept))
            more["panel"] = panel.Panel(self.instance, self.request.user, self.request, self._tab(), words)
        return super().get_context_data(**{**more, **kwargs})
