"""Numbers, codes and addresses reach their case as people write and paste them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal.submissions.known import known_values
from pakn_portal.submissions.models import Submission
from tests.pages.forms import BUSINESS, TRACKING, number_and_secret, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"}
ARABIC = {ord(str(digit)): 0x660 + digit for digit in range(10)}


def written(number: str, secret: str) -> list[tuple[str, str]]:
    """The two as they stand on paper, and as they are typed from it."""
    _letters, year, sequence = number.split("-")
    short = sequence.lstrip("0")
    return [
        (f"pakn {year} {short}", secret.replace("-", " ").lower()),
        (f"Mã hồ sơ: {number}.", f"Mã tra cứu: {secret}"),
        (f"số {year}/{short}", secret.replace("-", "–")),
        (number.replace("0", "O"), secret.replace("0", "o").replace("1", "l")),
        (number.translate(WIDE), secret.translate(WIDE)),
        (number.translate(ARABIC), secret.translate(ARABIC)),
        (f"\u200b{number}\u00a0", f"{secret[:4]}\u200b{secret[4:]}\u00a0"),
    ]


def test_the_tracking_page_knows_what_is_meant(client: Client) -> None:
    number, secret = number_and_secret(send(client).content.decode())
    for typed, code in written(number, secret):
        answer = client.post(TRACKING, {"number": typed, "secret": code})
        assert (answer.status_code, number in answer.content.decode()) == (200, True), (typed, code)


def test_number_and_code_are_found_in_what_was_pasted(client: Client) -> None:
    number, secret = number_and_secret(send(client).content.decode())
    both = f"Mã hồ sơ: {number}; mã tra cứu: {secret}"
    pasted = [
        (f"Hồ sơ {number}: đã nhận được", f"({secret})"),
        (f"“{number}”", f"{secret} (12 ký tự)"),
        (number.replace("PAK", "РАК") + "/", f"mã của tôi là {secret} ạ"),
        (number, f"{number} {secret}"),
        (f"{number} {secret}", ""),
        ("", f"{number}\n{secret}"),
        (both, ""),
        (both, both),
    ]
    for typed, code in pasted:
        answer = client.post(TRACKING, {"number": typed, "secret": code})
        assert (answer.status_code, number in answer.content.decode()) == (200, True), (typed, code)


def test_two_numbers_are_told(client: Client) -> None:
    number, secret = number_and_secret(send(client).content.decode())
    answer = client.post(TRACKING, {"number": f"{number} hay {number}1", "secret": secret})
    assert answer.status_code == 404
    assert "hai mã hồ sơ khác nhau" in answer.content.decode()


def test_a_number_alone_is_still_asked_for_its_code(client: Client) -> None:
    number, _secret = number_and_secret(send(client).content.decode())
    assert client.post(TRACKING, {"number": number, "secret": ""}).status_code == 422


def test_two_telephones_are_told_and_kept(client: Client) -> None:
    both = "0912 345 678 / 0987 654 321"
    answer = send(client, BUSINESS, organisation="Công ty May", phone=both)
    assert answer.status_code == 422
    assert "hai số điện thoại" in answer.content.decode()
    assert both in answer.content.decode()


def test_other_ways_to_write_a_number_win_no_more_tries(client: Client) -> None:
    number, _secret = number_and_secret(send(client).content.decode())
    year = number.split("-")[1]
    ways = [number, f"pakn {year} {number[-1]}", number.lower(), f"số {year}-{number[-1]}", f"{number}."]
    codes = [
        client.post(TRACKING, {"number": way, "secret": "0" * 12}).status_code for way in [*ways, number]
    ]
    assert codes == [404] * 5 + [429]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"tax_code": "001086012345"}, ("tax_code", "001086012345")),
        ({"tax_code": "0101234567/001"}, ("tax_code", "0101234567-001")),
        ({"email": "an@congty.vn (an)"}, ("email", "an@congty.vn")),
        ({"email": "gửi về: an@congty.vn, cảm ơn"}, ("email", "an@congty.vn")),
        ({"email": "an@congty。vn"}, ("email", "an@congty.vn")),
        ({"phone": "912345678"}, ("phone", "0912345678")),
        ({"phone": "0912 345 678 (Zalo)"}, ("phone", "0912345678")),
        ({"phone": "gọi 0912 345 678 giờ hành chính"}, ("phone", "0912345678")),
        ({"phone": "0912345678 / 0912 345 678"}, ("phone", "0912345678")),
        ({"phone": "0912 345 OOO"}, ("phone", "0912345000")),
        ({"tax_code": "0101234567–001"}, ("tax_code", "0101234567-001")),
        ({"tax_code": "٠١٠١٢٣٤٥٦٧"}, ("tax_code", "0101234567")),
        ({"email": "Trần An <an@congty.VN>"}, ("email", "an@congty.vn")),
        ({"email": "mailto:an@congty.vn"}, ("email", "an@congty.vn")),
        ({"phone": "(+84) 912–345–678"}, ("phone", "0912345678")),
        ({"phone": "024 3826 9999 máy lẻ 12"}, ("phone", "02438269999x12")),
    ],
)
def test_the_form_stores_one_way_of_writing(
    client: Client, typed: dict[str, Any], stored: tuple[str, str]
) -> None:
    assert send(client, BUSINESS, organisation="Công ty May", **typed).status_code == 200
    assert getattr(Submission.objects.get().sender, stored[0]) == stored[1]


def test_an_extension_hides_no_telephone_from_those_who_mask(client: Client) -> None:
    send(client, phone="024 3826 9999 máy lẻ 12")
    assert ("phone", "02438269999") in known_values(Submission.objects.get().sender)
