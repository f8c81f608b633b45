"""What people choose from: the labels of our enums, each beginning like a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from pakn_portal.cases.enums import About
from pakn_portal.snippets.enums import Kind, Urgency
from pakn_portal.submissions.enums import Channel


def capitalised(*choices: tuple[str, Any]) -> list[tuple[str, Any]]:
    """The words stay lazy."""
    return [(value, capfirst(label)) for value, label in choices]


KINDS, CHANNELS, URGENCIES, ABOUT = (capitalised(*enum.choices) for enum in (Kind, Channel, Urgency, About))
