from __future__ import annotations

import base64
import json
from typing import Any

import altcha
import pytest
from django.test import Client

from pakn_portal.submissions import captcha

pytestmark = pytest.mark.django_db


def solved(client: Client) -> str:
    """What the browser's worker sends."""
    task = client.get("/pakn-he-thong/thu-thach/").json()
    solution = altcha.solve_challenge(task["challenge"], task["salt"], task["algorithm"], task["max_number"])
    proof = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**proof, "number": solution.number}).encode()).decode()


@pytest.fixture
def guard() -> captcha.ProofOfWork:
    return captcha.ProofOfWork()


def test_a_solved_task_holds_for_one_form_as_often_as_it_is_sent(
    client: Client, guard: captcha.Captcha
) -> None:
    payload = {"altcha": solved(client)}
    assert guard.verify(payload, form_key="a").holds is True
    assert guard.verify(payload, form_key="a").holds is True
    assert guard.verify(payload, form_key="b").holds is False


@pytest.mark.parametrize(
    "payload", ["x", "bnVsbA==", base64.b64encode(b'{"challenge": 1}').decode(), "A" * 100_000]
)
def test_garbage_is_refused(guard: captcha.Captcha, payload: str) -> None:
    assert guard.verify({"altcha": payload}, form_key="a").holds is False


def test_a_wrong_number_is_refused(client: Client, guard: captcha.Captcha) -> None:
    proof = json.loads(base64.b64decode(solved(client)))
    proof["number"] += 1
    payload = base64.b64encode(json.dumps(proof).encode()).decode()
    assert guard.verify({"altcha": payload}, form_key="a").holds is False


def test_the_plain_way_is_a_sum_of_its_own_for_each_form(guard: captcha.Captcha) -> None:
    right = str(sum(captcha._sum_of("a")))
    proof = guard.verify({"plain_answer": f" {right} "}, form_key="a")
    assert (proof.holds, proof.is_plain) == (True, True)
    assert guard.verify({"plain_answer": "1"}, form_key="a").holds is False
    assert guard.verify({}, form_key="a").holds is False


def test_the_question_is_asked_in_words(guard: captcha.Captcha) -> None:
    question = guard.context("a")["question"]
    assert not any(char.isdigit() for char in question)


def test_a_task_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get("/pakn-he-thong/thu-thach/")["Cache-Control"]


def test_a_site_may_switch_the_check_off(guard: captcha.Captcha, settings: Any) -> None:
    settings.ALTCHA_VERIFICATION_ENABLED = False
    assert guard.verify({}, form_key="a").holds is True
