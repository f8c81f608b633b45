"""Senders who do not exist: names as people in Vietnam have them, addresses that reach nobody."""

from __future__ import annotations

import json
import random
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

_NAMES = Path(__file__).resolve().parent / "content" / "senders.json"


@cache
def _names() -> dict[str, list[str]]:
    """Family names, the frequent ones more often; given names with their middle; places and companies."""
    return json.loads(_NAMES.read_text(encoding="utf-8"))


def sender_of(kind: str, rng: random.Random, *, has_email: bool = True) -> dict[str, Any]:
    """Keyword arguments of `NewSender`."""
    names = _names()
    name = f"{rng.choice(names['families'])} {rng.choice(rng.choice([names['men'], names['women']]))}"
    number = rng.randint(10, 99)
    sender = {
        "kind": kind,
        "full_name": name,
        "province": rng.choice(names["provinces"]),
        "address": f"Số {rng.randint(2, 180)}, tổ {rng.randint(1, 19)}, {rng.choice(names['wards'])}",
        "phone": f"09000{rng.randint(10_000, 99_999)}",
        "email": f"{_latin(name)}{number}@example.{rng.choice(['com', 'org'])}" if has_email else "",
    }
    if kind == "business":
        sender["organisation"] = f"{rng.choice(names['firms'])} (ví dụ)"
        sender["tax_code"] = f"09999{rng.randint(10_000, 99_999)}"
    return sender


def _latin(name: str) -> str:
    """`Đỗ Văn Hùng` → `hung.dovan`, as many write their address."""
    folded = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    *before, given = "".join(c for c in folded if not unicodedata.combining(c)).split()
    return f"{given}.{''.join(before)}"
