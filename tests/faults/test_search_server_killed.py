"""F13: the search server dies in the middle of a publication. Nothing is lost and nobody waits."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from pakn_portal import signals
from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import publish_answer, request_publication, unpublish_answer
from pakn_portal.pages.models import AnswerPage
from pakn_portal.search.engines import breaker
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.page.models import ArchivePage
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.asked import questions
from tests.servers.elasticsearch import Elasticsearch

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.elasticsearch,
    pytest.mark.slow,
]
INDEX = f"pakn_fault_{os.getpid()}"


@pytest.fixture
def search_server(own_elasticsearch: Elasticsearch, settings: Any) -> Iterator[Elasticsearch]:
    url = own_elasticsearch.environment()["PAKN_ES_URL"]
    settings.PAKN_PORTAL = {
        **settings.PAKN_PORTAL,
        "SEARCH_ENGINE": "pakn_portal.search.engines.ElasticsearchEngine",
        "ELASTICSEARCH": {"hosts": [url], "index": INDEX},
    }
    breaker.succeeded()
    yield own_elasticsearch
    breaker.succeeded()


def ready(who: Ministry, title: str) -> Case:
    """A case whose public text waits for the publisher."""
    case = make_case(Status.ANSWERED, who)
    prepare_public_text(case, title=title, question=f"{title}?", answer=f"{title} thì được.", by=who.officer)
    request_publication(case, by=who.officer)
    return case


def kill(server: Elasticsearch) -> None:
    os.killpg(server.pid, signal.SIGKILL)


def hits(words: str) -> tuple[list[str], list[float]]:
    """Titles found by the page a citizen sees, and the seconds for which it would wait for the server."""
    client, url = Client(), ArchivePage.objects.get().url
    with questions() as asked:
        answer = client.get(url, {"q": words})
    assert answer.status_code == 200
    body = answer.content.decode()
    found = [page.title for page in AnswerPage.objects.all() if page.url in body]
    return sorted(found), asked


def behind() -> int:
    from pakn_portal.search.index.sync import behind

    return behind().count()


def environment(server: Elasticsearch) -> dict[str, str]:
    return {"PAKN_ES_URL": server.environment()["PAKN_ES_URL"], "PAKN_TEST_ES_INDEX": INDEX}


def worker_without_server(manage_process: Any, server: Elasticsearch) -> str:
    """It says so, and does the rest of its work."""
    process = manage_process("pakn_worker", "--once", **environment(server))
    output, _none = process.communicate(timeout=120)
    assert process.returncode == 1
    return str(output)


def assert_no_difference(manage_process: Any, server: Elasticsearch) -> None:
    """With real processes: the worker catches up, and the two sides are the same."""
    given = environment(server)
    for arguments in (("pakn_worker", "--once"), ("pakn_index", "verify"), ("pakn_verify",)):
        process = manage_process(*arguments, **given)
        output, _none = process.communicate(timeout=120)
        assert process.returncode == 0, output
    assert behind() == 0


def test_killed_in_the_middle_of_a_publication(
    section: Any, search_server: Elasticsearch, manage_process: Any
) -> None:
    who = make_ministry()
    earlier = ready(who, "Trợ cấp thất nghiệp hai tháng")
    publish_answer(earlier, by=who.publisher)
    call_command("pakn_worker", "--once", verbosity=0)
    assert behind() == 0
    case = ready(who, "Trợ cấp thôi việc một năm")

    def kill_now(**kwargs: Any) -> None:
        kill(search_server)

    signals.public_record_changed.connect(kill_now)  # between the page and its index row
    try:
        with questions() as asked:
            page = publish_answer(case, by=who.publisher)
    finally:
        signals.public_record_changed.disconnect(kill_now)

    assert (len(asked), sum(asked) <= 5) == (1, True)
    assert (page.live, case.status) == (True, Status.PUBLISHED)
    assert Client().get(page.url).status_code == 200
    assert ArchiveEntry.objects.filter(page_id=page.pk, is_public=True).count() == 1
    assert behind() == 1
    both = sorted([page.title, "Trợ cấp thất nghiệp hai tháng"])
    assert [hits(words) for words in ("tro cap", "trợ cấp")] == [(both, []), (both, [])]

    unpublish_answer(earlier, by=who.publisher, note="Văn bản đã thay thế.")  # F17
    assert hits("trợ cấp")[0] == [page.title]

    output = worker_without_server(manage_process, search_server)
    assert "index: failed" in output
    assert "files: " in output
    assert "1 steps failed" in output

    search_server.stop()
    search_server.start()
    breaker.succeeded()
    # what the server still believes to be public is not shown; what it missed comes with the worker
    assert earlier.public_text.title not in hits("trợ cấp thất nghiệp hai tháng")[0]
    assert_no_difference(manage_process, search_server)
    assert hits("tro cap")[0] == [page.title]
