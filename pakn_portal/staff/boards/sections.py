"""What the boards of the first page are made of; one template draws them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pakn_portal.staff.cases.list.rows import Row


@dataclass(frozen=True)
class BoardNumber:
    """`url` is the list of exactly these; empty where there is none."""

    label: str
    count: int
    url: str
    #: Beside it, small.
    said: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class TableRow:
    name: str
    url: str
    cells: list[BoardNumber]


@dataclass(frozen=True)
class Table:
    caption: str
    heads: list[str]
    rows: list[TableRow]


@dataclass(frozen=True)
class LookAfter:
    """Something to look after, said in a sentence, with where to do it and who it is about: each name with
    its address, empty where there is none.
    """

    text: str
    url: str = ""
    is_bad: bool = False
    names: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    name: str
    heading: str
    numbers: list[BoardNumber] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    lines: list[LookAfter] = field(default_factory=list)
    #: Label and address of where there is more.
    more: tuple[str, str] = ("", "")
    #: What to do where nothing stands below the numbers.
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.lines or any(table.rows for table in self.tables))
