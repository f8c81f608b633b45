"""Entry of a case that came by letter, telephone or in person: same fields, same files, same receipt."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from pakn_portal import clock
from pakn_portal.cases.due_dates import counted_from, is_late, told
from pakn_portal.cases.intake import take_in
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.pages.links import first_page
from pakn_portal.pages.section.personal_data import notice_context
from pakn_portal.people.actor import account_of
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.entry import receipts
from pakn_portal.staff.cases.entry.forms import EntryMixin, entry_form_for
from pakn_portal.staff.cases.entry.look import alike_of
from pakn_portal.staff.cases.moves.attaching import Attached
from pakn_portal.staff.cases.moves.form_view import DraftedView
from pakn_portal.staff.desk_view import DeskView
from pakn_portal.staff.drafts import keeping, screen
from pakn_portal.staff.drafts.posted import ATTACH, SWITCH
from pakn_portal.staff.drafts.writers import writer_of
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import Accepted, find_submission_of, repeat_of
from pakn_portal.submissions.forms.repeats import hash_of_words, keep_for_another, says_the_same
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.tray import drop_uploads, keep_uploads, waiting_uploads
from pakn_portal.submissions.uploads import Uploads, refuse_uploads, take_uploads

KINDS = (SenderKind.CITIZEN, SenderKind.BUSINESS)


def _place(sender_kind: str) -> str:
    return f"entry/{sender_kind}"


class EntryView(DraftedView, DeskView):
    """For the Ministry Office only. A good POST is answered by the receipt, a repeated one too."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "pakn_portal/staff/entry.html"

    def may_enter(self) -> bool:
        return self.scope.is_intake

    @property
    def sender_kind(self) -> str:
        kind = self.request.GET.get("sender", "")
        return kind if kind in KINDS else SenderKind.CITIZEN

    def fresh(self) -> HttpResponse:
        form = entry_form_for(self.sender_kind)()
        return self._show(form, secrets.issue_form_key(), Uploads())

    def act(self, request: HttpRequest) -> HttpResponse:
        posted_key = request.POST.get("form_key", "")
        if earlier := find_submission_of(posted_key):
            return self._sent_again(earlier, posted_key)
        if SWITCH in request.POST:
            return self._switched()
        form_key, obstacle = self._form_key(posted_key)
        uploads = self._take_files(form_key)
        form = entry_form_for(self.sender_kind)(request.POST)
        if "look" in request.POST:
            return self._show(form, form_key, uploads, is_draft=True, alike=alike_of(request, form))
        if ATTACH in request.POST and not (obstacle or uploads.errors):
            return self.kept_with_files({"form_key": form_key})
        if ATTACH in request.POST:
            return self._show(form, form_key, uploads, is_draft=True)
        if obstacle or uploads.errors or not form.is_valid():
            return self._show(form, form_key, uploads, obstacle=obstacle, status=422)
        try:
            accepted = self._accept(form, form_key)
        except NoRule as error:
            return self._show(form, form_key, uploads, obstacle=str(error), status=409)
        if accepted.is_repeat:
            return self._sent_again(accepted.submission, form_key)
        return receipts.remember(request, self._receipt(accepted), form_key)

    def _switched(self) -> HttpResponse:
        """The form for the other kind of sender with what was typed; what was kept of it moves along."""
        with transaction.atomic():
            keeping.forget(self.request, _place(self.request.POST[SWITCH]))
            desk = self.desk_with_the_posted()
        return self.again(self.request.POST, is_unsaved=True, is_draft=True, kept=desk)

    @property
    def place(self) -> str:
        return _place(self.sender_kind)

    def _sent_again(self, earlier: Submission, form_key: str) -> HttpResponse:
        """The receipt once more, and with it what was changed since and has not been saved."""
        form = entry_form_for(self.sender_kind)(self.request.POST)
        if says_the_same(earlier, form, form_key, self.request):
            drop_uploads(form_key)
            page = self._receipt(repeat_of(earlier, form_key))
            return receipts.remember(self.request, page, form_key)
        fresh, uploads = keep_for_another(self.request, form_key, address=self._who(), is_staff=True)
        self._keep_files(fresh)
        message = _(
            "What you changed has not been saved: this form was saved before and is case %(number)s, whose "
            "receipt is below. What you wrote now is in the form beneath it. Saved from there it becomes "
            "another case; what belongs to %(number)s goes into a note on it."
        )
        receipt = self._receipt_context(repeat_of(earlier, form_key))
        obstacle = message % {"number": earlier.case.number}
        return self._show(form, fresh, uploads, obstacle=obstacle, status=409, is_draft=True, receipt=receipt)

    def _who(self) -> str:
        return f"staff-{self.request.user.pk}"

    def again(self, words: QueryDict, sentence: str = "", **context: Any) -> HttpResponse:
        """With the files that wait for it."""
        form_key, _too_old = self._form_key(words.get("form_key", ""))
        is_post = self.request.method == "POST"
        uploads = self._take_files(form_key) if is_post else Uploads(kept=waiting_uploads(form_key))
        form = entry_form_for(self.sender_kind)()
        form.initial.update({name: words.get(name) for name in form.fields})
        return self._show(form, form_key, uploads, obstacle=sentence, **context)

    def _form_key(self, key: str) -> tuple[str, str]:
        """The key of this form, or a new one and why."""
        try:
            secrets.check_form_key(key, max_age=keeping.KEPT_FOR)
        except secrets.FormKeyError:
            return secrets.issue_form_key(), _("This form is too old. Look it over and send it again.")
        return key, ""

    def _take_files(self, form_key: str) -> Uploads:
        if not secrets.is_form_key(self.request.POST.get("form_key", "")):
            return refuse_uploads(self.request.FILES.getlist("attachments"))
        uploads = take_uploads(
            self.request.FILES.getlist("attachments"),
            form_key=form_key,
            address=self._who(),
            remove=self.request.POST.getlist("remove_file"),
            is_staff=True,
        )
        self._keep_files(form_key)
        return uploads

    def _keep_files(self, form_key: str) -> None:
        """They wait as long as the words of a kept draft do."""
        keep_uploads(form_key, place=self.place, until=clock.now() + keeping.KEPT_FOR)

    def _accept(self, form: EntryMixin, form_key: str) -> Accepted:
        by, words = account_of(self.request), hash_of_words(form, form_key)
        with transaction.atomic():
            accepted = take_in(form.to_entry(by), form_key=form_key, words_hash=words, by=by).accepted
            keeping.forget(self.request, self.place)
        return accepted

    def _receipt(self, accepted: Accepted) -> HttpResponse:
        self.template_name = "pakn_portal/staff/entry_receipt.html"
        context = self._receipt_context(accepted)
        page: HttpResponse = self.render_to_response(
            self._context(accepted.submission.case.number, **context)
        )
        return page

    def _receipt_context(self, accepted: Accepted) -> dict[str, Any]:
        case, tracking = accepted.submission.case, first_page("TrackingPage")
        return {
            "ministry": portal_settings.MINISTRY_NAME,
            "contact": portal_settings.MINISTRY_CONTACT,
            "personal_data": notice_context(None, None),
            "tracking_address": (tracking.full_url or "") if tracking else "",
            "case": case,
            "submission": accepted.submission,
            "secret": secrets.display_secret(accepted.secret) if accepted.secret else "",
            # of a letter that was entered too late no answer can be promised
            "counted_from": counted_from(case),
            "due_date": told(case) if not is_late(case) else "",
            "case_url": addresses.case_url(case.pk),
            "entry_url": addresses.entry_url(),
        }

    def _show(
        self,
        form: EntryMixin,
        form_key: str,
        uploads: Uploads,
        *,
        obstacle: str = "",
        is_draft: bool = False,
        status: int = 200,
        receipt: dict[str, Any] | None = None,
        alike: list[Any] | None = None,
        kept: screen.Desk | None = None,
        is_unsaved: bool = False,
    ) -> HttpResponse:
        if is_draft:
            # only a file was added: what is not filled in yet is no error
            form.errors.clear()
        is_told = is_draft or (self.request.method == "GET" and ATTACH in self.request.GET)
        context = {
            **(receipt or {}),
            "form": form,
            "form_key": form_key,
            "uploads": Attached(form_key, kept=[*uploads.kept], errors=uploads.errors, is_told=is_told),
            "is_draft": is_draft,
            "is_unsaved": is_unsaved,
            "obstacle": obstacle,
            "kinds": [
                (kind.label, f"{addresses.entry_url()}?sender={kind}", kind == self.sender_kind)
                for kind in KINDS
            ],
            "media": form.media,
            "writer": writer_of(self.request),
            "alike": alike,
            "look_url": addresses.entry_look_url(),
            "kept": kept or self.desk(),
            "last_receipt": receipts.last_receipt(self.request),
            "receipt_url": addresses.entry_receipt_url(),
        }
        page: HttpResponse = self.render_to_response(
            self._context(_("Enter a letter or call"), **context), status=status
        )
        return page

    def _context(self, title: str, **context: Any) -> dict[str, Any]:
        crumbs = [{"url": addresses.list_url(), "label": _("Cases")}, {"url": "", "label": title}]
        return {
            "view": self,
            "breadcrumbs_items": crumbs,
            "page_title": title,
            "header_icon": "clipboard-list",
            **context,
        }


class ReceiptAgainView(EntryView):
    """The receipt of the last entry of this person in this session, for a quarter of an hour."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        accepted = receipts.last_receipt(request)
        if accepted is None:
            messages.info(request, _("This receipt can be shown no more."))
            return redirect(addresses.entry_url())
        return self._receipt(accepted)
