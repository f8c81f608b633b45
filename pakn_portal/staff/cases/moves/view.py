"""One action on one case: what it does, its form, and the verb behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal import clock
from pakn_portal.answers.step_limits import Limited
from pakn_portal.cases import notices
from pakn_portal.cases.actions import add_note, not_refused
from pakn_portal.cases.enums import SEALED, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.places import place_of
from pakn_portal.deadlines.time_left import time_left
from pakn_portal.flow.errors import IllegalMove, NotAllowed
from pakn_portal.flow.procedure import find_transition
from pakn_portal.people.actor import account_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.acts import LOOK, REFUSALS
from pakn_portal.staff.cases.moves.attaching import Attached, take, waiting
from pakn_portal.staff.cases.moves.beside import Beside, beside
from pakn_portal.staff.cases.moves.buttons import label_of
from pakn_portal.staff.cases.moves.form_view import CaseFormView
from pakn_portal.staff.cases.moves.forms import SENDER, AttachingForm, MoveForm
from pakn_portal.staff.cases.moves.public_forms import ChooseFilesForm
from pakn_portal.staff.cases.moves.table import FORMS, MoveScreen
from pakn_portal.staff.cases.read_texts import fingerprint_of, has_read
from pakn_portal.staff.differences import compared
from pakn_portal.staff.drafts import keeping, once, posted, state_secret
from pakn_portal.staff.drafts.posted import ATTACH
from pakn_portal.staff.drafts.writers import writer_of
from pakn_portal.staff.kept_words import words_left
from pakn_portal.staff.notices.preview import MailPreview, preview, tells_sender
from pakn_portal.staff.notices.rows import Told
from pakn_portal.submissions.secrets import normalize_number


class MoveView(CaseFormView):
    """GET explains and asks; POST calls the verb, which knows the rights and the order of the steps."""

    verb: Any = None
    told: Told
    #: The status that the act took the case from.
    was: str = ""
    _taken: Attached | None = None
    http_method_names = ["get", "post", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.verb not in Verb.values or Verb(self.verb) not in self.known_verbs():
            raise Http404
        self.verb = Verb(self.verb)
        return super().dispatch(request, *args, **kwargs)

    def known_verbs(self) -> set[Verb]:
        return {Verb(verb) for verb in FORMS.of(Case.procedure)}

    @property
    def move(self) -> MoveScreen:
        return FORMS.of(Case.procedure)[self.verb]

    def get_template_names(self) -> list[str]:
        return [self.move.template]

    def turned_away(self) -> HttpResponseBase | None:
        refusal = self.refusal()
        if not refusal:
            return None
        messages.error(self.request, refusal)
        return redirect(self.case_url)

    def sent(self, request: HttpRequest) -> HttpResponseBase:
        if LOOK in request.POST and not posted.is_about_drafts(request):
            return self.look(request)
        return super().sent(request)

    def look(self, request: HttpRequest) -> HttpResponseBase:
        """What was typed so far, and the mail that would come of it; a script asks for the mail alone."""
        if request.headers.get(posted.PART) != LOOK:
            return self.again(request.POST)
        found = self._preview(self.make_form(request.POST))
        return render(request, "pakn_portal/staff/includes/preview.html", {"preview": found})

    @property
    def place(self) -> str:
        return place_of(self.instance.pk, str(self.verb))

    def act(self, request: HttpRequest) -> HttpResponseBase:
        form = self.make_form(request.POST)
        if ATTACH in request.POST and isinstance(form, AttachingForm):
            return self._attach(form)
        if not form.is_valid() or (isinstance(form, AttachingForm) and self.attached(form).errors):
            return self.show(form=form)
        instead = getattr(form, "instead", None)
        if instead is not None:
            return self.lead_to(instead, form)
        if more := form.second_look():
            form.data = {**dict(form.data.items()), **more}
            # what is confirmed is what stands here: an older text above it would only lead astray
            return self.show(form=form, kept=replace(self.desk(), offered=[]))
        self.instance.version, self.was = form.cleaned_data["version"], str(self.instance.status)
        self.told = Told(self.instance)
        try:
            with transaction.atomic():
                once.send_once(request, self.place)
                self.perform(form)
                keeping.forget(request, self.place)
        except once.AlreadySent as error:
            messages.info(request, str(error))
            return redirect(self.next_url)
        except REFUSALS as error:
            return self.refused(form, str(error))
        return self.done()

    def _attach(self, form: AttachingForm) -> HttpResponse:
        """Nothing is carried out: what was typed is kept with the files, and comes back with them."""
        if refusal := self.refusal():
            return self.refused(form, refusal)
        attached = self.attached(form)
        if attached.errors:
            return self.again(self.request.POST, is_unsaved=True, kept=self.desk_with_the_posted())
        return self.kept_with_files(attached.values())

    def attached(self, form: AttachingForm) -> Attached:
        """The files of the form; of what is posted they are taken once."""
        if self.request.method != "POST":
            return replace(waiting(form), is_told=ATTACH in self.request.GET)
        if self._taken is None:
            is_look = posted.is_by_script(self.request)
            self._taken = take(self.request, form, place=self.place, is_look=is_look)
        return self._taken

    def lead_to(self, verb: Verb, form: MoveForm) -> HttpResponse:
        """The form of another action, with what was typed, and why."""
        sentence = not_refused(form.cleaned_data["reason"])
        chosen, self.verb = self.verb, verb
        refusal = self.refusal()
        if refusal:
            self.verb = chosen
            return self.refused(form, refusal)
        other = self.move.form(None, case=self.instance, scope=self.scope)
        other.initial.update(carried_over(form, other))
        address = addresses.move_url(self.instance.pk, verb, self.back)
        return self.show(form=other, sentence=sentence, address=address)

    def make_form(self, data: Any = None) -> MoveForm:
        form = self.move.form(data, case=self.instance, scope=self.scope)
        if data is not None and isinstance(form, AttachingForm):
            form.data = {**dict(data.items()), **self.attached(form).values()}
        if addresses.MASTER in form.fields and (number := self.request.GET.get(addresses.MASTER)):
            form.initial[addresses.MASTER] = number
        return form

    def _beside(self) -> Beside | None:
        """With the case that this one may repeat, as its number was typed or led here."""
        if addresses.MASTER not in self.move.form.base_fields:
            return None
        typed = self.request.POST.get(addresses.MASTER) or self.request.GET.get(addresses.MASTER, "")
        visible = Case.objects.within(self.scope).with_names().exclude(pk=self.instance.pk)
        found: Case | None = visible.filter(number=normalize_number(typed)).first()
        return beside(self.instance, found) if found is not None else None

    def perform(self, form: MoveForm) -> None:
        data = {**form.cleaned_data, "and_submit": "and_submit" in self.request.POST}
        self._perform(self.instance, data)

    def _perform(self, case: Case, data: dict[str, Any]) -> None:
        """The note first: whoever acts may not see the case afterwards."""
        by = account_of(self.request)
        with transaction.atomic():
            if inner := data.pop("inner_note", ""):
                add_note(case, by=by, note=inner)
            self.move.perform(case, by, data)

    def _preview(self, form: MoveForm) -> MailPreview | None:
        """None for an act that writes nothing to the sender."""
        if not tells_sender(self.verb):
            return None
        filled = self.make_form(filled_to_look(form))
        if isinstance(filled, ChooseFilesForm):
            filled.makes_copies = False
        if not filled.is_valid():
            return MailPreview(lack=_("Fill in the fields above, and the mail to the sender stands here."))
        if (instead := getattr(filled, "instead", None)) is not None:
            return MailPreview(lack=_("Leads to the action “%(verb)s”.") % {"verb": instead.label})
        data = {**filled.cleaned_data, "inner_note": ""}
        try:
            is_release = self.move.is_release
            return preview(
                self.instance,
                self.verb,
                lambda case: self._perform(case, data),
                page_link=self.dossier.link_to_public_page if is_release else "",
                note=data.get("note", "") if is_release else "",
            )
        except REFUSALS as error:
            return MailPreview(lack=str(error))

    def refusal(self) -> str:
        """Why this person cannot do it now; empty when they can try. What has no button has no screen."""
        if (found := self.dossier.open_moves.get(self.verb)) is not None:
            return str(found.lack)
        is_legal = find_transition(self.instance, self.verb) is not None
        return str((NotAllowed if is_legal else IllegalMove)(self.instance, self.verb))

    def refused(self, form: MoveForm, sentence: str) -> HttpResponse:
        """The sentence above the form as it was filled in. A second try knows of the change that was told."""
        found = Case.objects.within(self.scope).with_names().filter(pk=self.instance.pk).first()
        if found is None:
            return words_left(self.request, sentence, status=409)
        self.instance = form.case = found
        saved = {name: text for name, text in self.make_form().initial.items() if text}
        meanwhile = [field for field in compared(saved, form.data) if field.name in saved]
        if state_secret.is_from_before(self.place, self.request.POST):
            # no second try either: what was written before stays out
            sentence = state_secret.on_paper()
        else:
            form.data = {**dict(form.data.items()), "version": str(found.version)}
        return self.show(form=form, sentence=sentence, status=409, meanwhile=meanwhile)

    @property
    def verb_done(self) -> Verb:
        """What is told to have been done: of two steps by one button the second."""
        return self.move.and_then or self.verb if "and_submit" in self.request.POST else self.verb

    def done(self) -> HttpResponse:
        done = _("Case %(number)s: “%(verb)s” is done.") % {
            "number": self.instance.number,
            "verb": label_of(self.verb_done, self.instance),
        }
        told = f"{done} {self.told.sentence()}".strip()
        messages.success(self.request, told, buttons=self.to_next_case(self.was))
        return redirect(self.next_url)

    @property
    def next_url(self) -> str:
        """The case, or the list when the act took the case out of sight."""
        if Case.objects.within(self.scope).filter(pk=self.instance.pk).exists():
            return self.case_url
        return addresses.list_url_from(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "dossier": self.dossier,
            "submission": self.instance.submission,
            "sender": self.instance.submission.sender,
            "move": self.move,
            "verb": self.verb,
            "breadcrumbs_items": self.breadcrumbs(label_of(self.verb, self.instance)),
            "page_title": f"{label_of(self.verb, self.instance)}: {self.instance.number}",
            "act_label": label_of(self.verb, self.instance),
            "refusal": self.refusal(),
            "shut": self._shut(),
            "read_url": addresses.read_url(self.instance.pk, self.back),
            "is_read": has_read(self.request, self.dossier.public_text),
            "read_words": fingerprint_of(self.dossier.public_text),
            "outlook": self._outlook(),
            "late": self._late(),
            "preview": self._preview(kwargs["form"]) if LOOK in self.request.POST else None,
            "tells_sender": tells_sender(self.verb),
            "notice": self._notice(),
            "joined": self._joined(),
            "beside": self._beside(),
            "sentence": "",
            "writer": writer_of(self.request),
            "kept": kwargs.get("kept") or self.desk(),
            "uploads": self._shown_files(kwargs["form"]),
        }
        return super().get_context_data(**{**context, **kwargs})

    def _shown_files(self, form: MoveForm) -> Attached | None:
        """Of a form that takes some, which knows them by its hidden fields."""
        if not isinstance(form, AttachingForm):
            return None
        attached = self.attached(form)
        if form.is_bound:
            form.data = {**dict(form.data.items()), **attached.values()}
        else:
            form.initial.update(attached.values())
        return attached

    def _shut(self) -> str:
        """What the verb would refuse with, told before."""
        move = self.dossier.open_moves.get(self.verb)
        return move.lack or move.refusal if move is not None else ""

    def _notice(self) -> str:
        """What must reach the sender in writing, told before."""
        way = notices.way_to(self.instance)
        if self.move.notice_by_reason:
            by_mail = _("Where a reason wants a written notice, it goes to the sender by e-mail.")
            on_paper = _(
                "Where a reason wants a written notice, print and post it: the sender left no e-mail address."
            )
        elif notices.owed(self.instance, self.verb):
            by_mail = _("A written notice is required: it goes to the sender by e-mail, with what you write.")
            on_paper = _(
                "A written notice is required: print and post it, for the sender left no e-mail address."
            )
        else:
            return ""
        return by_mail if way == notices.Way.MAIL else on_paper

    def _joined(self) -> list[tuple[str, str]]:
        """Number and address of what may hold the same secret, where the case is about to be sealed. What is
        joined to a confirmed secret is locked with it.
        """
        transition = find_transition(self.instance, self.verb)
        if transition is None or transition.target not in SEALED or self.instance.is_sealed:
            return []
        return [(case.number, addresses.case_url(case.pk)) for case in self.dossier.joined]

    def _outlook(self) -> str:
        """What will come of it, or else what the law limits of it."""
        return self._own_outlook or (f"{self._limit.sentence}." if self._limit is not None else "")

    @cached_property
    def _own_outlook(self) -> str:
        return "" if self._shut() else self.move.outlook(self.instance)

    @cached_property
    def _limit(self) -> Limited | None:
        return next((one for one in self.dossier.limits if self.verb in one.limit.verbs), None)

    def _late(self) -> str:
        """By how much the limit that is told is over already."""
        if self._own_outlook or self._limit is None or not self._limit.is_over:
            return ""
        return time_left(self._limit.due_on, clock.today(), self.dossier.calendar).phrase


def filled_to_look(form: forms.Form) -> QueryDict:
    """What is in the form, and a placeholder where words to the sender are missing."""
    given = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        is_for_sender = getattr(field.field, "audience", "") == SENDER
        if value in (None, "") and field.field.required and is_for_sender:
            value = _("[your words to the sender]")
        if value is not False and value is not None:
            given[field.html_name] = str(value)
    return given


def carried_over(form: MoveForm, other: MoveForm) -> dict[str, str]:
    """What was written in one form, for the first values of another. Where that one has no box for words to
    colleagues alone, they go below the others.
    """
    typed = {name: form.cleaned_data.get(name, "") for name in ("note", "inner_note")}
    if "inner_note" not in other.fields:
        typed = {"note": "\n\n".join(filter(None, typed.values()))}
    return typed
