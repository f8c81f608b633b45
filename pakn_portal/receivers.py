"""Which function listens to which signal: only here do packages on the left reach packages on the right."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save, pre_delete, pre_migrate, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move, pre_page_move

from pakn_portal import signals
from pakn_portal.answers.letters.actions import keep_letter
from pakn_portal.answers.wiping import wipe_answers
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import Petition
from pakn_portal.cases.tasks import follow_calendar
from pakn_portal.flow.procedure import register_procedure
from pakn_portal.management.removal import refuse_half_a_removal
from pakn_portal.notifications import wagtail_mails
from pakn_portal.notifications.actions import queue_mails
from pakn_portal.notifications.petition.actions import tell_publishers
from pakn_portal.notifications.petition.mails import PetitionMails
from pakn_portal.notifications.petition.wiping import wipe_mails
from pakn_portal.notifications.roles import changes as role_changes
from pakn_portal.notifications.rule_sets import register_rules
from pakn_portal.pages.answers.cms import at_once, branches, doors, readers
from pakn_portal.pages.answers.cms.doors import leave_trace, refuse_deletion
from pakn_portal.pages.answers.released import AnswersOnSite
from pakn_portal.pages.answers.sealed_cases import take_off, wipe_page
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.registry import register_pages
from pakn_portal.search import receivers as search
from pakn_portal.search.forgetting import forget_terms
from pakn_portal.snippets.models import Holiday
from pakn_portal.staff import kept_words, known_browsers, sessions, sign_in
from pakn_portal.staff.drafts import state_secret
from pakn_portal.submissions.limits import counting


def connect() -> None:
    """Connect every receiver. The app's `ready` calls it once."""
    search.connect()
    wagtail_mails.connect()
    role_changes.connect()
    counting.connect()
    user_logged_in.connect(sessions.begin, dispatch_uid="pakn_portal.staff_session_begins")
    user_logged_in.connect(sign_in.give_back, dispatch_uid="pakn_portal.sign_in_give_back")
    user_logged_in.connect(known_browsers.proved, dispatch_uid="pakn_portal.known_browser")
    register_procedure(Petition())
    register_rules(PetitionMails())
    register_pages(AnswersOnSite())
    signals.event_about_to_be_sealed.connect(keep_letter, sender=Case, dispatch_uid="pakn_portal.keep_letter")
    signals.event_recorded.connect(take_off, sender=Case, dispatch_uid="pakn_portal.take_off")
    for wipe in (wipe_answers, wipe_page, wipe_mails, state_secret.wipe_drafts, kept_words.wipe_left):
        signals.event_recorded.connect(wipe, sender=Case, dispatch_uid=f"pakn_portal.{wipe.__name__}")
    # after `take_off`, which changes the index
    signals.event_recorded.connect(forget_terms, sender=Case, dispatch_uid="pakn_portal.forget_terms")
    signals.event_recorded.connect(queue_mails, dispatch_uid="pakn_portal.queue_mails")
    for saved in (post_save, post_delete):
        saved.connect(follow_calendar, sender=Holiday, dispatch_uid="pakn_portal.follow_calendar")
    page_unpublished.connect(leave_trace, dispatch_uid="pakn_portal.leave_trace")
    pre_page_move.connect(branches.check_move, dispatch_uid="pakn_portal.check_move")
    post_page_move.connect(branches.tell_move, dispatch_uid="pakn_portal.tell_move")
    page_unpublished.connect(branches.tell_unpublishing, dispatch_uid="pakn_portal.tell_unpublishing")
    for model in {Page, *AnswerPage.allowed_parent_page_models()}:
        pre_save.connect(
            branches.check_unpublishing, sender=model, dispatch_uid="pakn_portal.check_unpublishing"
        )
    pre_save.connect(
        branches.check_privacy, sender=PageViewRestriction, dispatch_uid="pakn_portal.check_privacy"
    )
    post_save.connect(
        branches.tell_privacy, sender=PageViewRestriction, dispatch_uid="pakn_portal.tell_privacy"
    )
    signals.answers_hidden.connect(tell_publishers, dispatch_uid="pakn_portal.tell_publishers")
    doors.leave_answers_out()
    at_once.limit_what_lies_beneath()
    readers.hide_everywhere()
    pre_save.connect(doors.check_plain_save, sender=Page, dispatch_uid="pakn_portal.plain_saves")
    own_app = apps.get_app_config("pakn_portal")
    pre_migrate.connect(refuse_half_a_removal, sender=own_app, dispatch_uid="pakn_portal.half_a_removal")
    pre_delete.connect(refuse_deletion, sender=AnswerPage, dispatch_uid="pakn_portal.refuse_deletion")
