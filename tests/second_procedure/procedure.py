"""The whole procedure: two states, rights, a clock, guards, verbs, mails, sentences and its archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.dispatch import Signal
from django.http import HttpRequest
from wagtail.models import Page

from pakn_portal import clock, permissions, signals
from pakn_portal.flow.graph import Graph, Transition
from pakn_portal.flow.moving import append_event, lock_row, moving, tell_change
from pakn_portal.flow.procedure import Move, Procedure, register_procedure
from pakn_portal.flow.tables import SENTENCES
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rule_sets import Recipient, Rule, RuleSet, register_rules
from pakn_portal.people.accounts import is_reachable
from pakn_portal.people.at_hand import holders_of
from pakn_portal.people.scope import Scope
from pakn_portal.publication.gate import page_hash
from pakn_portal.publication.registry import ReleasedPages, register_pages
from pakn_portal.publication.release import releasing
from pakn_portal.publication.withdrawal import withdrawing
from pakn_portal.register.payloads import Payload, plain
from pakn_portal.register.texts import forget_salts, name_of
from pakn_portal.search.actions import archive, register_source
from pakn_portal.search.sources import PageSource, Source, Values
from tests.second_procedure.models import (
    Status,
    Suggestion,
    SuggestionEvent,
    SuggestionPage,
    Verb,
    wording_of,
)

#: After each release and withdrawal. Arguments: `page`, `is_public`.
suggestion_shown = Signal()


class Right(TextChoices):
    OFFICE = "office", "văn phòng"
    AUTHOR = "author", "người đề xuất"
    PUBLISHER = "publisher", "người công khai"


GRAPH = Graph(
    name=Suggestion.procedure,
    verbs=Verb,
    statuses=Status,
    opening=Verb.SUGGEST,
    transitions=(
        Transition(
            Verb.REPLY,
            frozenset({Status.OPEN}),
            Status.ANSWERED,
            frozenset({Right.OFFICE}),
            clock="stop",
            refuses=f"{__name__}.own_suggestion",
        ),
        Transition(
            Verb.ASK_AGAIN,
            frozenset({Status.ANSWERED}),
            Status.OPEN,
            frozenset({Right.AUTHOR}),
            clock="start",
        ),
        Transition(Verb.ERASE, frozenset({Status.ANSWERED}), None, frozenset({Right.OFFICE})),
        Transition(Verb.PUBLISH, frozenset({Status.ANSWERED}), None, frozenset({Right.PUBLISHER})),
        Transition(Verb.UNPUBLISH, frozenset({Status.ANSWERED}), None, frozenset({Right.PUBLISHER})),
    ),
    needs_note=frozenset({Verb.ASK_AGAIN}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Replied(Payload):
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown(Payload):
    page: int
    hash: str


class Suggestions(Procedure):
    graph = GRAPH
    event_model = SuggestionEvent
    rights = frozenset(Right)
    payloads = {Verb.REPLY: (Replied,), Verb.PUBLISH: (Shown,)}

    def rights_to(self, scope: Scope, subject: Suggestion) -> frozenset[str]:
        held = {
            Right.OFFICE: scope.is_intake,
            Right.AUTHOR: scope.user == subject.made_by,
            Right.PUBLISHER: scope.is_publisher,
        }
        return frozenset(right for right, holds in held.items() if holds)

    def describe(self, subject: Suggestion) -> str:
        return f"đề xuất {subject.number}"

    def state_of(self, subject: Suggestion) -> dict[str, Any]:
        return {"due_on": plain(subject.due_on)}

    def texts_of(self, subject: Suggestion) -> dict[str, str]:
        page = SuggestionPage.objects.live().filter(suggestion=subject).first()
        shown = page.what_readers_see() if page is not None else {}
        return {"title": subject.title, "reply": subject.reply, **shown}

    def run_clock(self, move: Move) -> None:
        is_running = move.transition.clock == "start"
        move.subject.due_on = clock.today() + timedelta(days=10) if is_running else None


def own_suggestion(suggestion: Suggestion, by: Any) -> str:
    return "Người đề xuất không tự trả lời." if by == suggestion.made_by else ""


@transaction.atomic
def suggest(*, number: str, title: str, by: Any) -> Suggestion:
    due_on = clock.today() + timedelta(days=10)
    new = Suggestion.objects.create(number=number, title=title, made_by=by, due_on=due_on)
    event = append_event(new, Verb.SUGGEST, by=by, from_status="", texts={"title": title})
    tell_change(new, event)
    return new


def reply(suggestion: Suggestion, *, words: str, by: Any) -> None:
    with moving(suggestion, Verb.REPLY, by=by) as move:
        move.subject.reply = words
        move.payload, move.texts = Replied(length=len(words)), {"reply": words}


def ask_again(suggestion: Suggestion, *, by: Any, note: str) -> None:
    with moving(suggestion, Verb.ASK_AGAIN, by=by, note=note):
        pass


def erase(suggestion: Suggestion, *, by: Any) -> None:
    """The reply with everything that could prove it; its last line tells that it is forgotten."""
    with moving(suggestion, Verb.ERASE, by=by) as move:
        move.subject.reply = ""
        lines = [line for line in suggestion.events.order_by("sequence") if "reply" in line.texts]
        forget_salts([line.hash for line in lines], ["reply"])
        move.payload = Payload(forgotten=(name_of(lines[-1].sequence, "reply"),))


@dataclass
class ReplySource:
    """The reply to a suggestion, as what its page is released from."""

    subject: Suggestion

    def refusal(self, page: SuggestionPage, by: Any) -> str:
        """Four eyes: whoever wrote a reply does not release it."""
        if page_hash(page) != wording_of(self.subject.title, self.subject.reply).hash:
            return "Trang có lời khác với đề xuất và trả lời."
        if self.subject.events.filter(verb=Verb.REPLY, by=by).exists():
            return "Người trả lời không tự công khai."
        return ""

    @contextmanager
    def publishing(self, page: SuggestionPage, by: Any) -> Iterator[None]:
        with moving(self.subject, Verb.PUBLISH, by=by) as move:
            yield
            move.subject.released_hash = page_hash(page)
            move.payload = Shown(page=page.pk, hash=move.subject.released_hash)
            move.texts = page.what_readers_see()

    @contextmanager
    def withdrawing(self, page: SuggestionPage, by: Any, reason: str) -> Iterator[None]:
        with moving(self.subject, Verb.UNPUBLISH, by=by, note=reason):
            yield

    def tell(self, page: SuggestionPage, *, is_public: bool) -> None:
        suggestion_shown.send(sender=SuggestionPage, page=page, is_public=is_public)


@transaction.atomic
def publish(suggestion: Suggestion, *, beneath: Page, by: Any, words: str = "") -> SuggestionPage:
    """`words`: what somebody would have the page say."""
    lock_row(suggestion)
    page = SuggestionPage.objects.filter(suggestion=suggestion).first()
    if page is None:
        page = SuggestionPage(suggestion=suggestion, title=suggestion.title, live=False)
        beneath.add_child(instance=page)
    page.reply, page.live, page.unpublished_on = words or suggestion.reply, True, None
    with releasing(page, source=ReplySource(suggestion), by=by) as release:
        release.begin()
        page.save()
    return page


@transaction.atomic
def unpublish(suggestion: Suggestion, *, by: Any, note: str) -> None:
    lock_row(suggestion)
    page = SuggestionPage.objects.get(suggestion=suggestion)
    with withdrawing(page, source=ReplySource(suggestion), by=by, reason=note):
        page.live = False
        page.save()


class SuggestionsOnSite(ReleasedPages):
    model = SuggestionPage

    def live(self) -> QuerySet[Any]:
        return SuggestionPage.objects.live().select_related("suggestion")

    def number(self, page: SuggestionPage) -> str:
        return page.suggestion.number

    def released_hash(self, page: SuggestionPage) -> str:
        return page.suggestion.released_hash

    def misplaced(self, page: SuggestionPage) -> str:
        is_open = page.suggestion.status == Status.OPEN
        return f"{page.suggestion.number} is {page.suggestion.status}" if is_open else ""


class SuggestionMails(RuleSet):
    procedure = GRAPH.name
    rules = (
        Rule(Verb.SUGGEST, "suggestion_came", "office"),
        Rule(Verb.REPLY, "suggestion_answered", "author"),
    )
    silent = frozenset({Verb.ASK_AGAIN, Verb.ERASE, Verb.PUBLISH, Verb.UNPUBLISH})

    def recipients(self, to: str, subject: Suggestion, event: SuggestionEvent) -> Iterable[Recipient]:
        users = holders_of(permissions.INTAKE) if to == "office" else [subject.made_by]
        return [Recipient(subject, user=user) for user in users if is_reachable(user)]

    def words(self, subject: Suggestion, mail: OutgoingMail) -> dict[str, Any]:
        return {"number": subject.number, "suggestion": subject, "link": f"/de-xuat/{subject.pk}/"}


class SuggestionSource(Source):
    name = "suggestion"
    model = Suggestion
    is_readable = {"status": Status.ANSWERED}

    def kinds(self) -> Iterable[tuple[str, str]]:
        return [("suggestion", "Đề xuất")]

    def values(self, thing: Suggestion) -> Values:
        return {"kind": "suggestion", "title": thing.title, "answer": thing.reply}

    def address(self, thing: Suggestion, archive_url: str, request: HttpRequest | None = None) -> str:
        return f"/de-xuat/{thing.pk}/"


class SuggestionPageSource(PageSource):
    name = "suggestion_page"
    model = SuggestionPage

    def kinds(self) -> Iterable[tuple[str, str]]:
        return [("suggestion_page", "Trang đề xuất")]

    def values(self, thing: SuggestionPage) -> Values:
        return {"kind": "suggestion_page", "title": thing.title, "answer": thing.reply}


def _archive(*, subject: Suggestion, **kwargs: Any) -> None:
    archive([subject])


def connect() -> None:
    register_procedure(Suggestions())
    register_rules(SuggestionMails())
    register_source(SuggestionSource())
    register_source(SuggestionPageSource())
    register_pages(SuggestionsOnSite())
    SENTENCES.add(
        GRAPH.name,
        {
            Verb.SUGGEST: lambda event, who, names: f"{who} đề xuất",
            Verb.REPLY: lambda event, who, names: f"{who} trả lời {event.data['length']} ký tự",
            Verb.ERASE: lambda event, who, names: f"{who} xoá trả lời",
            Verb.PUBLISH: lambda event, who, names: f"{who} công khai",
            Verb.UNPUBLISH: lambda event, who, names: f"{who} gỡ: {event.note}",
            Verb.ASK_AGAIN: lambda event, who, names: f"{who} hỏi lại: {event.note}",
        },
    )
    signals.event_recorded.connect(_archive, sender=Suggestion, dispatch_uid="suggestions.archive")
