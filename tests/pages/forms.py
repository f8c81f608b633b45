"""Filling in the section's forms as a browser would."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from pakn_portal.submissions import captcha

CITIZEN = "/pakn/gui/nguoi-dan/"
BUSINESS = "/pakn/gui/doanh-nghiep/"
TRACKING = "/pakn/tra-cuu/"
ARCHIVE = "/pakn/hoi-dap/"
GOOD = {
    "kind": "question",
    "title": "Nghỉ việc hai tháng có được nộp hồ sơ trợ cấp thất nghiệp không",
    "content": "Tôi nghỉ việc ở công ty đã hai tháng và chưa nộp hồ sơ. Tôi còn được hưởng trợ cấp không?",
    "full_name": "Nguyễn Thị Thu Cúc",
    "address": "Số 18, tổ 4, phường Dĩ An",
    "phone": "0900 000 101",
    "holds_no_secret": "on",
}


def hidden(html: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name}"
    return found[1]


def answer_to(form_key: str) -> str:
    """The sum a person without JavaScript would write."""
    return str(sum(captcha._sum_of(form_key)))


def fill(client: Client, url: str = CITIZEN, **changes: Any) -> dict[str, Any]:
    """Open the form and fill it in; None takes a field out."""
    form_key = hidden(client.get(url).content.decode(), "form_key")
    data = {**GOOD, "form_key": form_key, "plain_answer": answer_to(form_key), "action": "send", **changes}
    return {name: value for name, value in data.items() if value is not None}


def send(client: Client, url: str = CITIZEN, **changes: Any) -> Any:
    return client.post(url, fill(client, url, **changes))


def number_and_secret(html: str) -> tuple[str, str]:
    number = re.search(r'id="case-number">([^<]+)<', html)
    secret = re.search(r'id="tracking-secret">([^<]+)<', html)
    assert number, "no receipt"
    assert secret, "no secret"
    return number[1], secret[1]
