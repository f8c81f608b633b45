"""Many cases by one button: asked once, each in a transaction of its own, and told what became of each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.moving import obstacle
from pakn_portal.people.actor import account_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.acts import LOOK, REFUSALS
from pakn_portal.staff.cases.bulk.advice import may_be_taken_in, what_first
from pakn_portal.staff.cases.bulk.forms import BulkForm
from pakn_portal.staff.cases.bulk.table import ACTS, TAKE_IN, Bulk, bulk_acts, label_of_act, verb_of
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.moves.form_view import FormView
from pakn_portal.staff.cases.moves.view import filled_to_look
from pakn_portal.staff.cases.read_texts import (
    chosen_with,
    fingerprint_of,
    first_unread,
    has_read,
    remember_chosen,
    remember_read,
)
from pakn_portal.staff.cases.view import CaseView
from pakn_portal.staff.cases.waiting.holders import held_by
from pakn_portal.staff.cases.waiting.next_case import next_beside
from pakn_portal.staff.desk_view import DeskView
from pakn_portal.staff.drafts import once, posted
from pakn_portal.staff.drafts.writers import writer_of
from pakn_portal.staff.kept_words import MOST_CASES, signed_in_again, take_words
from pakn_portal.staff.notices.preview import MailPreview, preview, tells_sender

#: Of so many cases one is looked for whose sender would get a mail.
_TRIED: Final = 5
#: More than three pages of the list are no choice any more.
MOST: Final = MOST_CASES


@dataclass
class CaseOutcome:
    """`refusal`: why not; `left_out`: why nothing was tried; both empty where it was done. `advice`: what to
    do instead. `unit`, `due_on`: where it went, and by when it is to be answered.
    """

    case: Case
    url: str
    refusal: str = ""
    left_out: str = ""
    advice: str = ""
    unit: str = ""
    due_on: date | None = None

    @property
    def is_done(self) -> bool:
        return not (self.refusal or self.left_out)

    @property
    def holder(self) -> str:
        """Whom to ask about one that was refused."""
        return _holder_of(self.case)


@dataclass(frozen=True)
class ChosenCase:
    """One of the chosen cases before the button is pressed. `obstacle`: why it would be refused as it stands,
    which no colleague's act is needed for; `advice`: what to do first. `row`: its own fields, if it has any.
    """

    case: Case
    obstacle: str = ""
    is_unread: bool = False
    tells_sender: bool = False
    advice: str = ""
    row: Any = None
    url: str = ""

    @property
    def holder(self) -> str:
        return _holder_of(self.case)


class BulkView(FormView, DeskView):
    """GET asks once and says which cases would be refused; POST does each case and shows the outcomes.
    Nothing is half done: a case that is refused is as it was, and the others are not held up by it.
    """

    #: Of `ACTS`.
    name: str = ""
    http_method_names = ["get", "post", "head", "options"]
    template_name = "pakn_portal/staff/bulk.html"

    def find(self, request: HttpRequest) -> None:
        given = request.POST if request.method == "POST" else request.GET
        self.name, self.back = given.get("verb", ""), addresses.back_of(request)
        if self.name not in bulk_acts(self.scope):
            raise Http404
        keys = list(dict.fromkeys(given.getlist("id")))
        self.cases = self._find(keys)
        self.left_out = len(keys) - len(self.cases)

    @property
    def act(self) -> Bulk:
        return ACTS[self.name]

    def _find(self, keys: list[str]) -> list[Case]:
        """Those that this person may see, in the order of the list; what they may not is left out."""
        wanted = [number for key in keys[:MOST] if (number := addresses.number_in(key)) is not None]
        found = Case.objects.within(self.scope).with_names().in_bulk(wanted)
        return [found[key] for key in dict.fromkeys(wanted) if key in found]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.cases:
            return self._choose_first()
        if words := take_words(request):
            return self.again(words, signed_in_again())
        return self._show(form=self._form())

    def _see(self, given: QueryDict) -> None:
        """Each case at the version that the form showed, also where the form is shown once more: a second try
        is told what a colleague changed meanwhile.
        """
        versions = dict(pair.split(":", 1) for pair in given.getlist("version") if ":" in pair)
        for case in self.cases:
            if (seen := addresses.number_in(versions.get(str(case.pk)))) is not None:
                case.version = seen

    def again(self, words: QueryDict, sentence: str = "", **context: Any) -> HttpResponse:
        self._see(words)
        form = self._form()
        form.initial.update({name: words.get(name) for name in form.fields})
        return self._show(form=form, sentence=sentence, **context)

    def _choose_first(self) -> HttpResponse:
        messages.info(self.request, _("Choose cases first."))
        return redirect(addresses.list_url_from(self.back))

    def sent(self, request: HttpRequest) -> HttpResponse:
        if not self.cases:
            return self._choose_first()
        self._see(request.POST)
        if LOOK in request.POST:
            return self._look(request)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form=form, status=422)
        try:
            # what changes no case, a reminder, would come again with each time that its page is loaded anew
            once.send_once(request, f"bulk/{self.name}")
        except once.AlreadySent:
            sentence = _("This was done already and was not done once more. Look at the cases below.")
            return self.again(request.POST, sentence, status=409)
        was = str(self.cases[-1].status)
        outcomes = [self._do(case, form) for case in form.acted_on(self.cases)]
        self._tell_where(outcomes)
        undone = [each for each in outcomes if not each.is_done]
        failed = [each for each in undone if each.refusal]
        return self._show(
            form=form,
            outcomes=outcomes,
            done=len(outcomes) - len(undone),
            failed=len(failed),
            left_alone=len(undone) - len(failed),
            following=self._following(was),
            again_url=self._again_url([each.case.pk for each in undone]),
            take_in_url=self._take_in_url([each.case for each in undone]),
        )

    def _tell_where(self, outcomes: list[CaseOutcome]) -> None:
        """Of what was forwarded: whose it is now, and by when. One query."""
        if self.name not in (TAKE_IN, Verb.FORWARD):
            return
        now = Case.objects.with_names().in_bulk([each.case.pk for each in outcomes if each.is_done])
        for each in outcomes:
            if (case := now.get(each.case.pk)) is not None and case.lead_unit is not None:
                each.unit, each.due_on = str(case.lead_unit), case.due_on

    def _again_url(self, failed: list[int]) -> str:
        """Of those that were not done and could be now; empty where a second try is refused too."""
        now = Case.objects.within(self.scope).with_names().in_bulk(failed)
        keys = [pk for pk in failed if pk in now and not self._obstacle(now[pk])]
        return addresses.bulk_url(self.name, keys, self.back) if keys else ""

    def _take_in_url(self, cases: list[Case]) -> str:
        """Where those that are not received yet are received and forwarded in one go."""
        if self.name == TAKE_IN or TAKE_IN not in bulk_acts(self.scope):
            return ""
        keys = [case.pk for case in cases if may_be_taken_in(case, self.name)]
        return addresses.bulk_url(TAKE_IN, keys, self.back) if keys else ""

    def _obstacle(self, case: Case) -> str:
        return obstacle(case, verb_of(self.name, case), self.scope)

    def _chosen(self, form: BulkForm) -> list[ChosenCase]:
        """Two queries; what the guards of an extension and of a release ask comes to it for each case."""
        prefetch_related_objects(self.cases, "extensions", "public_text")
        stands = {case.pk: self._obstacle(case) for case in self.cases}
        unread = self._unread([case for case in self.cases if not stands[case.pk]])
        return [
            ChosenCase(
                case,
                stands[case.pk],
                case.pk in unread,
                tells_sender(verb_of(self.name, case)),
                what_first(case, self.name) if stands[case.pk] else "",
                None if stands[case.pk] else form.row_of(case),
                addresses.case_url(case.pk, self.back),
            )
            for case in self.cases
        ]

    def _following(self, was: str) -> dict[str, str] | None:
        """What waits for this person beside the chosen ones: those that were refused have a button of their
        own.
        """
        found = next_beside(self.cases, self.scope, was)
        return {"url": found.url(self.back), "label": found.label} if found else None

    def _look(self, request: HttpRequest) -> HttpResponse:
        """The mail to the sender of the case whose button was pressed, else of the first that gets one; a
        script asks for it alone.
        """
        letter = self._letter(self._form(request.POST), addresses.number_in(request.POST[LOOK]))
        if request.headers.get(posted.PART) == LOOK:
            return render(request, "pakn_portal/staff/includes/bulk_letter.html", letter)
        return self.again(request.POST, is_unsaved=True, **letter)

    def _letter(self, form: BulkForm, pk: int | None) -> dict[str, Any]:
        told = [case for case in self.cases if tells_sender(verb_of(self.name, case))] or self.cases
        mailed = [case for case in told if case.submission.sender.email]
        chosen = [case for case in self.cases if case.pk == pk] or (mailed or told)[:_TRIED]
        filled = self._form(filled_to_look(form))
        if not filled.is_valid():
            lack = _("Fill in the fields above, and the mail to the sender stands here.")
            return {"preview": MailPreview(lack=lack)}
        for case in chosen:
            found = self._preview(case, filled.cleaned_data)
            if found.letters:
                break
        return {"preview": found, "preview_of": case}

    def _preview(self, case: Case, data: dict[str, Any]) -> MailPreview:
        by, act = account_of(self.request), self.act
        link = Dossier(case, self.scope).link_to_public_page if act.is_release else ""
        perform = act.part_told or act.perform
        try:
            return preview(
                case, verb_of(self.name, case), lambda copy: perform(copy, by, data), page_link=link
            )
        except REFUSALS as error:
            return MailPreview(lack=str(error))

    def _unread(self, cases: list[Case]) -> set[int]:
        """Those of them that would be refused because their text was not read to its end."""
        if not self.act.is_release:
            return set()
        remember_chosen(self.request, [case.pk for case in self.cases])
        keys = [case.pk for case in cases]
        texts = PublicText.objects.in_bulk(keys, field_name="case_id")
        return {pk for pk in keys if not has_read(self.request, texts.get(pk))}

    def _form(self, data: Any = None) -> BulkForm:
        return self.act.form(data, cases=self.cases, scope=self.scope)

    def _do(self, case: Case, form: BulkForm) -> CaseOutcome:
        url = addresses.case_url(case.pk, self.back)
        if self.act.is_release and not has_read(self.request, _text_of(case)):
            return CaseOutcome(case, url, _("You have not read this text to its end yet."))
        if left_out := form.why_left_out(case):
            return CaseOutcome(case, url, left_out=left_out)
        advice = what_first(case, self.name)
        try:
            self.act.perform(case, account_of(self.request), form.data_of(case))
        except REFUSALS as error:
            return CaseOutcome(case, url, str(error), advice=advice)
        return CaseOutcome(case, url)

    def _show(self, *, form: BulkForm, status: int = 200, **context: Any) -> HttpResponse:
        label, chosen = label_of_act(self.name), self._chosen(form) if "outcomes" not in context else []
        unread = [one.case.pk for one in chosen if one.is_unread]
        # whoever is not read yet may be, until the button is pressed
        to_do = [one for one in chosen if not one.obstacle]
        told = [one.case for one in to_do if one.tells_sender and (one.row is None or one.row.is_filled)]
        by_mail = sum(bool(case.submission.sender.email) for case in told)
        page: HttpResponse = self.render_to_response(
            {
                "view": self,
                "form": form,
                "verb": self.name,
                "act_label": label,
                "cases": self.cases,
                "left_out": self.left_out,
                "chosen": chosen,
                "refused": len(chosen) - len(to_do),
                "unread": unread,
                "ready": len(to_do) - len(unread),
                "first_unread": addresses.move_url(unread[0], Verb.PUBLISH, self.back) if unread else "",
                "once": uuid.uuid4().hex,
                "tells_sender": any(one.tells_sender for one in chosen),
                "by_hand": len(told) - by_mail,
                "by_mail": by_mail,
                "take_in_url": self._take_in_url([one.case for one in chosen if one.obstacle]),
                "list_url": addresses.list_url_from(self.back),
                "breadcrumbs_items": [
                    {"url": addresses.list_url_from(self.back), "label": _("Cases")},
                    {"url": "", "label": label},
                ],
                "page_title": label,
                "header_icon": "clipboard-list",
                "writer": writer_of(self.request),
                "sentence": "",
                **context,
            },
            status=status,
        )
        return page


class ReadView(CaseView):
    """POST: the person says that they have read the public text of this case to its end. The form says which
    words it showed, for a colleague may have changed them meanwhile.
    """

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = _text_of(self.instance)
        if text is None or not self.scope.is_publisher:
            raise PermissionDenied
        if request.POST.get("words") != fingerprint_of(text):
            messages.error(request, _("The text was changed meanwhile. Read it once more."))
            return redirect(addresses.move_url(self.instance.pk, Verb.PUBLISH, self.back))
        remember_read(request, text)
        messages.success(request, _("Noted that you have read it to its end."))
        return redirect(self._next_url())

    def _next_url(self) -> str:
        """Of several that were chosen together the next one to read, or else all of them, to be published; of
        one alone its own page, to be published there.
        """
        if keys := chosen_with(self.request, self.instance.pk):
            following = first_unread(self.request, keys)
            if following is not None:
                return addresses.move_url(following, Verb.PUBLISH, self.back)
            return addresses.bulk_url(Verb.PUBLISH, keys, self.back)
        return addresses.move_url(self.instance.pk, Verb.PUBLISH, self.back)


def _holder_of(case: Case) -> str:
    """Of a case that is still worked on."""
    return (held_by(case) or _("Ministry Office")) if case.is_open else ""


def _text_of(case: Case) -> PublicText | None:
    return PublicText.objects.filter(case=case).first()
