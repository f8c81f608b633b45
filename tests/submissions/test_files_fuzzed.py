"""Whatever bytes come: taken, and then it can be opened, or refused with a reason. Nothing else."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pakn_portal.submissions.files.errors import refusal
from pakn_portal.submissions.reading.answer import DRAWERS, answer
from pakn_portal.submissions.reading.verdict import Reason, Seen
from tests.submissions.corpus import compound, office, pdf, pictures
from tests.submissions.uploading import look

SEEDS: dict[str, list[bytes]] = {
    "jpg": [pictures.portrait(), pictures.jpeg((8, 8), progressive=True), pictures.jpeg((3, 2), mode="CMYK")],
    "png": [pictures.png((6, 5)), pictures.png((6, 5), mode="P"), pictures.animated()],
    "docx": [office.docx(office.field("PAGE"), links=[office.LINK])[1]],
    "xlsx": [office.xlsx(office.cell("A1+1"))[1]],
    "pdf": [pdf.letter(pdf.packed(pdf.JS)), pdf.linked("<< /S /URI /URI (https://a.vn) >>")],
    "doc": [compound.doc(is_scattered=True)[1]],
    "xls": [compound.xls(compound.sheet(), compound.source("\x01a"))[1]],
}
CHANGES = st.lists(
    st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6
)


def changed(seed: bytes, changes: list[tuple[int, bytes]], cut: int) -> bytes:
    content = bytearray(seed)
    for place, what in changes:
        at = place % len(content)
        content[at : at + len(what)] = what
    return bytes(content[: len(content) - cut % len(content)]) if cut else bytes(content)


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 2), changes=CHANGES, cut=st.just(0) | st.integers(0, 5000))
@example(which=0, changes=[(0, b"\0")], cut=0)
def test_changed_files_are_taken_and_can_be_opened_or_are_refused(
    kind: str, which: int, changes: list[tuple[int, bytes]], cut: int
) -> None:
    content = changed(SEEDS[kind][which % len(SEEDS[kind])], changes, cut)
    said = look(f"a.{kind}", content)
    if "refused" in said:
        assert str(refusal(Reason(said["refused"]), kind))
        return
    assert set(said["seen"]) <= set(Seen)
    if kind in DRAWERS:
        out = BytesIO()
        answer(kind, BytesIO(content), out, is_drawn=True)
        first, _newline, picture = out.getvalue().partition(b"\n")
        assert json.loads(first) == {}
        assert picture


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=600))
def test_noise_behind_a_right_start_is_never_an_accident(kind: str, content: bytes) -> None:
    start = SEEDS[kind][0][:20]
    said = look(f"a.{kind}", start + content)
    assert said.keys() <= {"seen", "refused", "trouble"}
    assert "refused" in said or kind in ("pdf", "doc", "xls", "jpg", "png")
