"""What the verbs refuse alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from pakn_portal.answers.files.public import Copy, copies_of
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.pages.answers.guards import is_publisher
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.actor import Actor
from pakn_portal.publication.gate import GateShut
from pakn_portal.submissions.files import FileRefused


@contextmanager
def says_what_is_invalid() -> Iterator[None]:
    """Wagtail validates a page that it saves; inside a verb that is a refusal as any other."""
    try:
        yield
    except ValidationError as error:
        raise GateShut(" ".join(error.messages)) from error


def chosen_copies(case: Case, verb: Verb, keys: Collection[str]) -> list[Copy]:
    """Copies for everybody of these files of the answer, made before any row is held. Raises NotAllowed."""
    try:
        return copies_of(case, keys) if keys else []
    except FileRefused as refusal:
        raise NotAllowed(case, verb, str(refusal)) from refusal


def page_for_publisher(case: Case, verb: Verb, by: Actor) -> AnswerPage | None:
    """The page of a case whose row is held. Raises NotAllowed for whoever is no publisher."""
    pages = AnswerPage.objects.select_related("latest_revision")
    page: AnswerPage | None = pages.filter(public_text__case=case).first()
    if page is not None and not is_publisher(by, case):
        raise NotAllowed(case, verb)
    return page
