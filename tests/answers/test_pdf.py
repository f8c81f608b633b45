"""What drawing a letter must not change for the rest of the process."""

from __future__ import annotations

from PIL import ImageFile

from pakn_portal.answers.letters import pdf


def test_a_picture_that_is_cut_off_stays_damaged() -> None:
    """The import of WeasyPrint lets the whole process take such pictures."""
    pdf.problem()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
