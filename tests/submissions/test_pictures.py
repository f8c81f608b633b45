"""What a picture is at the door is what staff can open."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops

from pakn_portal.submissions.files import FileRefused, check_file, cleaned
from pakn_portal.submissions.reading import pictures
from tests.submissions.corpus.pictures import (
    BROKEN,
    HTML,
    ORDINARY,
    ORIENTATION,
    PHONE,
    POLYGLOTS,
    TURNED,
    entry,
    exif,
    jpeg,
    noise,
    png,
    saved,
)
from tests.submissions.files import docx_bytes
from tests.submissions.uploading import look, uploaded


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_pictures_are_taken_and_can_be_drawn(name: str) -> None:
    file_name, content = ORDINARY[name]
    assert look(file_name, content) == {"seen": []}
    draw = pictures.draw_png if file_name.endswith("png") else pictures.draw_jpeg
    assert Image.open(draw(BytesIO(content))).size > (0, 0)


@pytest.mark.parametrize("name", BROKEN)
def test_what_staff_could_not_open_is_refused_at_the_door(name: str) -> None:
    file_name, content = BROKEN[name]
    assert look(file_name, content)["refused"] == "damaged"


@pytest.mark.parametrize("name", PHONE)
def test_whose_picture_not_everybody_opens_is_told_what_to_do(name: str) -> None:
    with pytest.raises(FileRefused, match="HEIC"):
        check_file(*uploaded(*PHONE[name]))


@pytest.mark.parametrize("name", POLYGLOTS)
def test_what_hides_in_a_picture_does_not_reach_staff(name: str) -> None:
    file, file_name = uploaded(*POLYGLOTS[name])
    checked = check_file(file, file_name)
    copy = cleaned(file, checked.content_type)
    assert copy is not None
    content = copy.read()
    assert (HTML in content, b"<script" in content) == (False, False)
    assert Image.open(BytesIO(content)).size > (0, 0)


@pytest.mark.parametrize("size", [(8160, 6144), (9248, 6936)])
@pytest.mark.parametrize("how", [{}, {"progressive": True}])
def test_the_largest_photographs_of_telephones_fit_into_the_process(
    size: tuple[int, int], how: dict[str, bool]
) -> None:
    """Held upright, so that it is turned; read within the limits of the process, not of this one."""
    content = saved(Image.new("RGB", size, "teal"), "JPEG", exif=exif(TURNED), **how)
    file, name = uploaded("IMG_0001.jpg", content)
    checked = check_file(file, name)
    copy = cleaned(file, checked.content_type)
    assert copy is not None
    assert Image.open(BytesIO(copy.read())).size == size[::-1]


@pytest.mark.parametrize(
    ("sent", "content", "kept"),
    [
        ("z123_đơn.JPG", png(), ("z123_đơn.png", "image/png")),
        ("a.jpeg", png(), ("a.png", "image/png")),
        ("a.b.png", jpeg(), ("a.b.jpg", "image/jpeg")),
        (f"{'ả' * 300}.jpg", png(), (f"{'ả' * 78}.png", "image/png")),
        ("a.jpeg", jpeg(), ("a.jpeg", "image/jpeg")),
    ],
)
def test_a_picture_under_another_ending_is_kept_as_what_it_is(
    sent: str, content: bytes, kept: tuple[str, str]
) -> None:
    file, name = uploaded(sent, content)
    checked = check_file(file, name)
    assert (checked.name, checked.content_type) == kept
    copy = cleaned(file, checked.content_type)
    assert copy is not None
    assert Image.open(BytesIO(copy.read())).size == (40, 30)


def test_what_a_site_does_not_take_has_no_way_in_under_another_ending(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "ATTACHMENT_TYPES": ["jpg", "pdf"]}
    with pytest.raises(FileRefused, match="JPG"):
        check_file(*uploaded("a.jpg", png()))
    for other in ("a.pdf", "b.jpg"):
        with pytest.raises(FileRefused):
            check_file(*uploaded(other, jpeg() if other == "a.pdf" else docx_bytes()))


def test_a_photograph_without_its_end_reaches_staff_whole() -> None:
    content = noise()
    drawn = Image.open(pictures.draw_jpeg(BytesIO(content[:-2]))).convert("L")
    whole = Image.open(BytesIO(content)).convert("L")
    assert max(ImageChops.difference(drawn, whole).histogram()[90:]) == 0
    drawn.close()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_whichever_way_it_was_held(orientation: int) -> None:
    content = jpeg(exif=exif(entry(ORIENTATION, 3, 1, bytes([orientation, 0]))))
    drawn = Image.open(pictures.draw_jpeg(BytesIO(content))).convert("RGB")
    corners = {(0, 0): (2, 2), (1, 0): (-3, 2), (0, 1): (2, -3), (1, 1): (-3, -3)}
    red = {
        corner
        for corner, (x, y) in corners.items()
        if drawn.getpixel((x % drawn.width, y % drawn.height))[0] > 200  # type: ignore[index]
    }
    expected = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    assert red == {expected[orientation]}
    assert drawn.size == ((40, 30) if orientation < 5 else (30, 40))
