"""How much a submission costs: the form shown and sent, in this process and by two workers over HTTP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from statistics import median
from time import process_time

from django.conf import settings
from django.test import Client

from pakn_portal.conf import portal_settings
from pakn_portal.submissions import captcha

SENT = 60
FORM = "/pakn/gui/nguoi-dan/"
WORDS = {
    "kind": "question",
    "content": "Tôi nghỉ việc ở công ty đã hai tháng và chưa nộp hồ sơ. Tôi còn được hưởng trợ cấp không?",
    "full_name": "Nguyễn Thị Thu Cúc",
    "address": "Số 18, tổ 4, phường Dĩ An",
    "phone": "0900 000 101",
    "email": "cuc@thu.example",
    "holds_no_secret": "on",
    "action": "send",
}
Row = tuple[str, str, str]
_HIDDEN = re.compile(r'name="(form_key|csrfmiddlewaretoken)" value="([^"]*)"')
_RECEIPT = re.compile(r'id="case-number">([^<]+)<')


def cpu_rows() -> list[Row]:
    """In an open site with its section: all of the server's work, and the little of Django's client."""
    let_everything_in()
    taken = [_milliseconds(number) for number in range(SENT)]
    portal_settings.reload()
    told = f"{median(taken[SENT // 4 :]):.1f} ms"
    return [("any", "CPU of a petition taken in, form shown and sent (SQLite)", told)]


def two_workers_rows() -> list[Row]:
    """In processes of its own, for PostgreSQL needs other settings."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.two_workers"], stdout=subprocess.PIPE, text=True, check=True
    )
    told = done.stdout.strip().splitlines()[-1]
    return [("any", f"petitions sent over HTTP to two workers on PostgreSQL, {os.cpu_count()} cores", told)]


def let_everything_in() -> None:
    """Whatever keeps programs out; each visitor has an address of their own."""
    settings.ALLOWED_HOSTS = ["*"]
    portal_settings.__dict__ |= {"FORM_MIN_SECONDS": 0, "TRUSTED_PROXY_COUNT": 1}


def _milliseconds(number: int) -> float:
    client = Client(headers={"x-forwarded-for": visitor(number)})
    started = process_time()
    page = client.get(FORM).content.decode()
    receipt = client.post(FORM, filled_in(page, number))
    taken = (process_time() - started) * 1000
    assert number_in(receipt.content.decode()), "no receipt"
    return taken


def visitor(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def filled_in(page: str, number: int) -> dict[str, str]:
    """What a person without JavaScript sends."""
    hidden = dict(_HIDDEN.findall(page))
    answer = str(sum(captcha._sum_of(hidden["form_key"])))
    return {**WORDS, **hidden, "plain_answer": answer, "title": f"Trợ cấp thất nghiệp, lần thứ {number}"}


def number_in(page: str) -> str:
    """The case's number on a receipt; empty where there is none."""
    found = _RECEIPT.search(page)
    return found[1] if found else ""
