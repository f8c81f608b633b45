"""`python -m bench.two_workers`: whole submissions over HTTP to two worker processes on PostgreSQL.

Each is a form that is opened and sent, every tenth of them twice in the same moment, as with a double click.
Ends with an error unless every one of them is a case, and only one.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from time import perf_counter
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from bench.site import missing_server, open_site

WORKERS = 2
SENDERS = 4
SENT = 400
WARMING = 40
DOUBLE_CLICK = 10


def main() -> int:
    if reason := missing_server("database-postgresql"):
        print(f"NOT RUN: {reason}")
        return 0
    with open_site("postgresql"):
        from django.core.management import call_command

        call_command("pakn_setup", verbosity=0)
        with _workers() as port:
            _send_all(port, range(WARMING))
            started = perf_counter()
            numbers = _send_all(port, range(WARMING, WARMING + SENT))
            seconds = perf_counter() - started
        _count(numbers)
    print(f"{SENT / seconds:.1f} a second, {SENT} sent, none lost, none doubled")
    return 0


@contextmanager
def _workers() -> Iterator[int]:
    """Two processes that serve one socket, each one request at a time; the port."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    from bench.sending import let_everything_in

    let_everything_in()
    # as docs/how-to/operate.md advises: a connection for each request would cost more than its queries
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 60
    application = get_wsgi_application()
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    connections.close_all()  # a child must not speak over its parent's
    children = []
    for _worker in range(WORKERS):
        child = os.fork()
        if not child:
            _serve(listening, application)
        children.append(child)
    try:
        yield listening.getsockname()[1]
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        listening.close()


def _serve(listening: socket.socket, application: object) -> None:
    server = WSGIServer(listening.getsockname(), _Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(application)  # type: ignore[arg-type]
    while True:
        server.handle_request()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def _send_all(port: int, numbers: range) -> list[str]:
    """The case number on each receipt."""
    with ThreadPoolExecutor(SENDERS) as senders:
        return list(senders.map(lambda number: _send(port, number), numbers))


def _send(port: int, number: int) -> str:
    from bench.sending import FORM, filled_in, number_in, visitor

    headers = {"X-Forwarded-For": visitor(number), "Host": "testserver"}
    page, cookie = _ask(port, "GET", FORM, "", headers)
    body = urlencode(filled_in(page, number))
    headers |= {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    clicks = 2 if number % DOUBLE_CLICK == 0 else 1
    with ThreadPoolExecutor(clicks) as hand:
        answers = list(hand.map(lambda _click: _ask(port, "POST", FORM, body, headers)[0], range(clicks)))
    receipts = {number_in(answer) for answer in answers}
    assert len(receipts) == 1, f"two receipts of one form: {receipts}"
    assert receipts != {""}, answers[0]
    return receipts.pop()


def _ask(port: int, method: str, address: str, body: str, headers: dict[str, str]) -> tuple[str, str]:
    """The page, and the cookies that came with it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, address, body.encode(), headers)
        answer = connection.getresponse()
        cookies = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        return answer.read().decode(), "; ".join(cookies)
    finally:
        connection.close()


def _count(numbers: list[str]) -> None:
    from pakn_portal.cases.models import Case
    from pakn_portal.submissions.models import Submission

    assert len(set(numbers)) == SENT, "two forms share a case"
    counts = (
        Submission.objects.count(),
        Case.objects.count(),
        Case.objects.filter(number__in=numbers).count(),
    )
    assert counts == (SENT + WARMING, SENT + WARMING, SENT), counts


if __name__ == "__main__":
    sys.exit(main())
