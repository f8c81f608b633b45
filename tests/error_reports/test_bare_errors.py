from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.db import DataError, IntegrityError, OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from pakn_portal.error_reports.bare_errors import bare_error, safe_message
from pakn_portal.error_reports.logs import may_be_ours
from pakn_portal.management import worker
from tests.error_reports.watching import CANARY, watching

ROW = (
    f'null value in column "email" of relation "pakn_portal_sender" violates not-null constraint\n'
    f"DETAIL:  Failing row contains (1, {CANARY}, 0987123654)."
)


def raised(action: Callable[[], Any]) -> BaseException:
    try:
        action()
    except BaseException as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (IntegrityError(ROW), "null value in column (left out) of relation "
         '"pakn_portal_sender" violates not-null constraint'),
        (DataError(f'invalid input syntax for type integer: "{CANARY}"'),
         "invalid input syntax for type integer: (left out)"),
        (OperationalError("database is locked"), "database is locked"),
        (OperationalError(f"no such column: {CANARY}"), "no such column: (left out)"),
        (OperationalError(f"fts5: no such column: {CANARY}: {CANARY}"), "fts5: (left out)"),
        (DataError(f'invalid byte sequence for encoding "UTF8": 0x00 {CANARY}'),
         "invalid byte sequence for encoding (left out): (left out)"),
        (OperationalError(f'near "{CANARY}": syntax error'), "near (left out): syntax error"),
        (IntegrityError("UNIQUE constraint failed: pakn_portal_case.number, pakn_portal_case.year"),
         "UNIQUE constraint failed: pakn_portal_case.number, pakn_portal_case.year"),
        (ValueError(f"could not convert string to float: '{CANARY}'"), "(left out)"),
        (KeyError(CANARY), "(left out)"),
        (ValidationError(CANARY), "(left out)"),
        (SuspiciousFileOperation(f"File name '{CANARY}' includes path elements"), "(left out)"),
        (FileNotFoundError(2, "No such file or directory", f"/tmp/{CANARY}.pdf"),
         "[Errno 2] No such file or directory"),
        (TypeError(f"Field 'id' expected a number but got '{CANARY}'."),
         "Field 'id' expected a number but got (left out)."),
    ],
)  # fmt: skip
def test_of_a_message_stays_what_cannot_be_data(error: Exception, message: str) -> None:
    assert safe_message(error) == message


def test_a_mistake_in_the_code_is_told_in_its_own_words() -> None:
    nothing: Any = None
    assert safe_message(raised(lambda: nothing.lead_unit)) == str(raised(lambda: nothing.lead_unit))


def test_places_and_causes_stay_and_variables_go() -> None:
    def inner(secret: str) -> None:
        raise KeyError(secret)

    def outer(secret: str) -> None:
        try:
            inner(secret)
        except KeyError as error:
            error.add_note(secret)
            raise IntegrityError(ROW) from error

    bare = bare_error(raised(lambda: outer(CANARY)))
    told = "".join(traceback.format_exception(bare))
    assert "in inner" in told and "in outer" in told and "raise KeyError(secret)" in told
    assert "django.db.utils.IntegrityError" in told and "direct cause" in told
    assert CANARY not in told
    frames = [place.f_locals for place, _line in traceback.walk_tb(bare.__traceback__)]
    assert len(frames) == 3 and CANARY not in repr(frames)
    assert bare_error(bare) is bare


def test_a_view_of_another_app_keeps_its_reports() -> None:
    def view(request: HttpRequest) -> None: ...

    view.__module__ = "shop.views"
    request = RequestFactory().post("/shop/", {"size": "43"})
    assert may_be_ours(request)
    request.resolver_match = ResolverMatch(view, (), {})
    assert not may_be_ours(request)
    through_us = raised(lambda: bare_error(None))  # type: ignore[arg-type]
    assert may_be_ours(request, through_us)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "999/"])
def test_the_api_of_the_admin_is_no_other_app(admin_client: Client, address: str) -> None:
    """Its views are made by Django REST framework."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "wagtailcore_page" in sql:
            raise DataError(
                f'syntax error in tsquery: "{CANARY}"\nLINE 1: SELECT {CANARY}\nCONTEXT:  $1 = {CANARY}'
            )
        return execute(sql, params, many, context)

    admin_client.raise_request_exception = False
    with watching() as watch, connection.execute_wrapper(refuse):
        response = admin_client.get(f"/admin/api/main/pages/{address}", {"search": CANARY})
    assert response.status_code == 500
    assert "syntax error in tsquery" in watch.everything
    assert CANARY not in watch.everything


@pytest.mark.django_db
def test_a_step_of_the_worker_that_fails_is_told_without_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no request, and what the step held in its variables."""

    def fail(_should_stop: Any) -> dict[str, int]:
        row = CANARY
        raise IntegrityError(ROW, row)

    monkeypatch.setattr(worker, "STEPS", (worker.WorkerStep("mails", fail),))
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with watching() as watch:
        list(worker.run_steps())
    assert "Step mails of the worker failed" in watch.everything and "in fail" in watch.everything
    assert CANARY not in watch.everything
