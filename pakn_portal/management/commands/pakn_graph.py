"""`pakn_graph`: prints the state graph of a case."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.management.graph import PARTS


class Command(BaseCommand):
    help = (
        "Draw the state graph of a case from its table, as Markdown: a Mermaid diagram, the states, the "
        "moves, and which right may make which move. Reads no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--part", choices=PARTS, action="append", help="only this part (all of them)")

    def handle(self, *args: Any, part: list[str] | None = None, **options: Any) -> None:
        for name in part or PARTS:
            drawing = PARTS[name]()
            self.stdout.write(f"```mermaid\n{drawing}\n```" if name == "diagram" else drawing)
            self.stdout.write("")
        self.stderr.write(f"{len(TRANSITIONS)} moves drawn.")
