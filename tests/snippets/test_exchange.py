"""Reference lists as files: out and in again, looked over first, within bounds, by rights."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry

from pakn_portal.snippets.exchange import reading
from pakn_portal.snippets.models import Agency, DeadlineRule, Holiday, Sector, Unit
from tests.factories import make_unit, make_user
from tests.snippets.test_lists_in_admin import MODELS, address, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(section: Any, client: Client) -> Client:
    return log_in(client, "administrator")


def csv_file(*rows: list[str], name: str = "bang.csv") -> SimpleUploadedFile:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode("utf-8-sig"), "text/csv")


def xlsx_file(*rows: list[Any]) -> SimpleUploadedFile:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return SimpleUploadedFile("bang.xlsx", content.getvalue())


def look_over(client: Client, model: Any, file: SimpleUploadedFile) -> Any:
    return client.post(address(model, "import"), {"file": file})


def confirm(client: Client, model: Any, preview: Any) -> Any:
    return client.post(address(model, "import"), {"table": preview.context["table"]})


def kinds(preview: Any) -> list[str]:
    return [row["kind"] for row in preview.context["rows"]]


@pytest.mark.every_wagtail
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_and_changes_nothing(keeper: Client, model: Any, kind: str) -> None:
    make_unit("Cục Việc làm")
    content = b"".join(keeper.get(address(model, "export", kind)))
    count = model.objects.count()
    assert count > 0
    preview = look_over(keeper, model, SimpleUploadedFile(f"bang.{kind}", content))
    assert preview.status_code == 200, preview.context.get("sentence")
    assert set(kinds(preview)) == {"skip"}
    assert len(kinds(preview)) == model.objects.count() == count


@pytest.mark.every_wagtail
def test_a_file_is_looked_over_before_it_changes_anything(keeper: Client) -> None:
    first = Agency.objects.order_by("pk").first()
    assert first is not None
    rows = [["code", "name"], [first.code, "Tên mới"], ["co-quan-moi", "Cơ quan mới"]]
    preview = look_over(keeper, Agency, csv_file(*rows))
    assert kinds(preview) == ["update", "new"]
    html = preview.content.decode()
    assert f"<del>{first.name}</del> <ins>Tên mới</ins>" in html
    assert not Agency.objects.filter(name="Tên mới").exists()
    assert confirm(keeper, Agency, preview).status_code == 302
    first.refresh_from_db()
    assert (first.name, Agency.objects.get(code="co-quan-moi").name) == ("Tên mới", "Cơ quan mới")
    actions = ModelLogEntry.objects.for_instance(first).values_list("action", "user__username")
    assert list(actions) == [("wagtail.edit", "administrator")]


@pytest.mark.every_wagtail
@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_every_wrong_row_is_named_and_nothing_is_taken(keeper: Client, make: Any) -> None:
    rows = [
        ["code", "name", "lead_unit", "is_active"],
        ["tot", "Lĩnh vực tốt", "", "1"],
        ["khong ten", "", "", "1"],
        ["la", "Lĩnh vực lạ", "khong-co", "1"],
        ["la-2", "Lĩnh vực lạ", "", "có lẽ"],
    ]
    before = Sector.objects.count()
    preview = look_over(keeper, Sector, make(*rows))
    assert preview.status_code == 422
    assert kinds(preview) == ["new", "wrong", "wrong", "wrong"]
    wrong = {row["number"]: " ".join(row["errors"]) for row in preview.context["rows"] if row["errors"]}
    assert list(wrong) == [3, 4, 5]
    assert "code" in wrong[3]
    assert "name" in wrong[3]
    assert "khong-co" in wrong[4]
    assert "có lẽ" in wrong[5]
    # sent all the same: all or none
    assert confirm(keeper, Sector, preview).status_code == 422
    assert Sector.objects.count() == before


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
@pytest.mark.parametrize("code", ["moi", "nguoi-co-cong"])
def test_two_rows_about_one_entry_are_refused(keeper: Client, make: Any, code: str) -> None:
    rows = [["code", "name"], [code, "Tên thứ nhất"], ["khac", "Mục khác"], [code, "Tên thứ hai"]]
    preview = look_over(keeper, Sector, make(*rows))
    assert preview.status_code == 422
    assert [row["errors"] for row in preview.context["rows"]] == [
        [],
        [],
        ["Dòng 2 của tệp đã nói về mục này."],
    ]
    assert "Số dòng sai: 1." in preview.content.decode()
    assert not Sector.objects.filter(name__startswith="Tên thứ").exists()


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_a_cell_too_many_is_told_not_dropped(keeper: Client, make: Any) -> None:
    preview = look_over(keeper, Agency, make(["code", "name"], ["so-moi", "Sở Lao động", "tiền lương"]))
    assert preview.status_code == 422
    assert preview.context["sentence"] == "Dòng bắt đầu bằng “so-moi” có nhiều ô hơn số tiêu đề cột."


def test_an_empty_file_is_told_as_such(keeper: Client) -> None:
    preview = look_over(keeper, Agency, SimpleUploadedFile("bang.csv", b""))
    assert (preview.status_code, preview.context["sentence"]) == (422, "Tệp không có gì.")


@pytest.mark.every_wagtail
@pytest.mark.parametrize("model", MODELS)
def test_the_page_says_which_list_it_is_about(keeper: Client, model: Any) -> None:
    html = keeper.get(address(model, "import")).content.decode()
    plural = str(model._meta.verbose_name_plural)
    name = plural[0].upper() + plural[1:]
    assert f"Nhập: {name}" in html.partition("</title>")[0]
    assert f"Nhập: {name}" in html.partition("<header")[2]


@pytest.mark.every_wagtail
@pytest.mark.parametrize("model", MODELS)
def test_both_ways_are_seen_beside_the_title(keeper: Client, model: Any) -> None:
    """Not in the menu alone, where a keeper of the lists did not look."""
    shown = {button.url for button in keeper.get(address(model, "list")).context["header_buttons"]}
    assert {address(model, "import"), address(model, "export", "xlsx")} <= shown


def test_rules_of_a_list_hold_for_a_file_too(keeper: Client) -> None:
    """Two deadline rules about the same may not hold on one day; an extra working day is a weekend."""
    rule = [["step", "amount", "unit", "valid_from", "kind", "sender_kind", "sector", "urgency"]]
    rule += [["refer", "3", "wd", "01/01/2020", "", "", "", ""]]
    preview = look_over(keeper, DeadlineRule, csv_file(*rule))
    assert kinds(preview) == ["wrong"]
    day = [["date", "name", "kind", "status"], ["03/03/2026", "Làm bù", "working_day", "in_force"]]
    assert kinds(look_over(keeper, Holiday, csv_file(*day))) == ["wrong"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["code", "ten"], ["a", "b"]], "Cột không có trong danh mục: ten"),
        ([["name"], ["b"]], "Thiếu các cột: code"),
        ([["code", "name"]], "không có dòng nào"),
        ([["code", "name"], *[["a", "b"]] * 2_001], "nhiều nhất"),
    ],
    ids=["unknown column", "no key", "no row", "too many rows"],
)
def test_what_is_no_such_table_is_told(keeper: Client, rows: list[list[str]], sentence: str) -> None:
    answer = look_over(keeper, Agency, csv_file(*rows))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to many megabytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * (reading.MOST_UNPACKED + 1))
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"x" * (reading.MOST_BYTES + 1), bomb(), b"PK\x03\x04rubbish", b"\xff\xfe\x00", b"a,b\x00\n1,2\n"],
    ids=["too large", "bomb", "no workbook", "no UTF-8", "NUL"],
)
def test_what_would_hurt_is_refused_before_it_is_read(keeper: Client, content: bytes) -> None:
    answer = look_over(keeper, Agency, SimpleUploadedFile("bang", content))
    assert answer.status_code == 422
    assert answer.context["sentence"]


@pytest.mark.parametrize("hostile", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =1+1", "＝1+1"])
def test_no_cell_is_a_formula_and_it_comes_back_as_it_was(keeper: Client, hostile: str) -> None:
    Agency.objects.create(code="la", name=hostile.strip(), note=hostile.strip())
    stored = Agency.objects.get(code="la").name
    content = b"".join(keeper.get(address(Agency, "export", "csv"))).decode("utf-8-sig")
    row = next(row for row in csv.DictReader(StringIO(content)) if row["code"] == "la")
    assert row["name"] == f"'{stored}"
    book = load_workbook(BytesIO(b"".join(keeper.get(address(Agency, "export", "xlsx")))))
    cells = [cell for line in book.active.iter_rows() for cell in line if stored in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    preview = look_over(keeper, Agency, SimpleUploadedFile("bang.csv", content.encode()))
    assert set(kinds(preview)) == {"skip"}


def allow(role: str, *codenames: str) -> None:
    user = get_user_model().objects.get(username=role)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))


@pytest.mark.every_wagtail
def test_who_may_not_add_and_change_imports_nothing(section: Any, client: Client) -> None:
    log_in(client, "auditor")
    rows = [["code", "name"], ["moi", "Mới"]]
    for codenames in ((), ("add_agency",), ("change_agency",), ("view_agency",)):
        allow("auditor", *codenames)
        assert look_over(client, Agency, csv_file(*rows)).status_code in (302, 403)
        assert client.post(address(Agency, "import"), {"table": "code,name\nmoi,Mới\n"}).status_code in (
            302,
            403,
        )
    assert not Agency.objects.filter(code="moi").exists()
    allow("auditor")
    assert client.get(address(Agency, "export", "csv")).status_code in (302, 403)


@pytest.mark.every_wagtail
def test_buttons_are_for_who_may(keeper: Client) -> None:
    html = keeper.get(address(Agency, "list")).content.decode()
    for view, args in (("import", []), ("export", ["csv"]), ("export", ["xlsx"])):
        assert f'href="{address(Agency, view, *args)}"' in html


def test_an_unknown_kind_of_file_is_no_page(keeper: Client) -> None:
    assert keeper.get(address(Agency, "export", "exe")).status_code == 404


def test_a_unit_is_named_by_codes_and_accounts(keeper: Client) -> None:
    above = make_unit("Bộ")
    make_user("truongphong", "unit")
    rows = [["code", "name", "parent", "head"], ["cuc-moi", "Cục mới", above.code, "truongphong"]]
    preview = look_over(keeper, Unit, csv_file(*rows))
    assert kinds(preview) == ["new"]
    confirm(keeper, Unit, preview)
    made = Unit.objects.get(code="cuc-moi")
    assert (made.parent, made.head.get_username()) == (above, "truongphong")


def parts_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed_of(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def good_book() -> bytes:
    return xlsx_file(["code", "name"], ["moi", "Mới"]).read()


def with_header(local: int, central: int, value: int) -> bytes:
    """A workbook of whose entries one byte is changed in either header."""
    content = bytearray(good_book())
    for mark, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] = value
            at = content.find(mark, at + 4)
    return bytes(content)


def broken_deflate() -> bytes:
    content = bytearray(good_book())
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for entry in packed.infolist():
            start = entry.header_offset + 30 + len(entry.filename)
            content[start : start + 20] = bytes(byte ^ 0xFF for byte in content[start : start + 20])
    return bytes(content)


def with_strings(extra: bytes) -> bytes:
    return packed_of(parts_of(good_book()) | {"xl/sharedStrings.xml": b"<sst>" + extra + b"</sst>"})


def in_utf_16() -> bytes:
    parts = parts_of(good_book())
    sheet = "xl/worksheets/sheet1.xml"
    return packed_of(parts | {sheet: parts[sheet].decode().encode("utf-16")})


@pytest.mark.parametrize(
    "content",
    [with_header(6, 8, 1), with_header(8, 10, 99), broken_deflate(), in_utf_16()],
    ids=["encrypted", "unknown method", "broken deflate", "UTF-16"],
)
def test_a_workbook_that_cannot_be_unpacked_is_told(keeper: Client, content: bytes) -> None:
    answer = look_over(keeper, Agency, SimpleUploadedFile("bang.xlsx", content))
    assert answer.status_code == 422
    assert "Không đọc được sổ tính" in answer.content.decode()


@pytest.mark.parametrize(
    "extra",
    [b"<si/>" * 400_000, b"<si><t/></si>" * 400_000, b"<x:si xmlns:x='x'/>" * 200_000, b"<a/>" * 1_000_000],
    ids=["empty", "with a text", "prefixed", "others"],
)
def test_a_workbook_of_very_many_strings_is_never_built(
    keeper: Client, monkeypatch: pytest.MonkeyPatch, extra: bytes
) -> None:
    content = with_strings(extra)
    assert len(content) < reading.MOST_BYTES
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **kwargs: pytest.fail("built"))
    answer = look_over(keeper, Agency, SimpleUploadedFile("bang.xlsx", content))
    assert answer.status_code == 422
    assert "giải nén ra lớn hơn nhiều" in answer.content.decode()


def test_a_full_workbook_is_within_the_bounds() -> None:
    rows = [[f"c{place}" for place in range(reading.MOST_COLUMNS)]]
    rows += [[number] * reading.MOST_COLUMNS for number in range(reading.MOST_ROWS)]
    assert len(reading.read_table(xlsx_file(*rows).read())) == reading.MOST_ROWS


@pytest.mark.parametrize("place", ["head", "focal_person"])
def test_a_closed_account_is_given_to_no_unit(keeper: Client, place: str) -> None:
    user = make_user("daroi", "unit")
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    unit = make_unit("Cục Việc làm")
    rows = [["code", "name", place], [unit.code, unit.name, "daroi"], ["moi", "Mới", "daroi"]]
    preview = look_over(keeper, Unit, csv_file(*rows))
    assert preview.status_code == 422
    assert kinds(preview) == ["wrong", "wrong"]
    assert "Tài khoản “daroi” đã bị khóa" in preview.content.decode()
    # where it stands already it may stay, as in the form
    Unit.objects.filter(pk=unit.pk).update(**{place: user})
    preview = look_over(keeper, Unit, csv_file(rows[0], [unit.code, "Tên khác", "daroi"]))
    assert kinds(preview) == ["update"]


def test_a_column_is_given_once(keeper: Client) -> None:
    preview = look_over(keeper, Agency, csv_file(["code", "name", "name"], ["moi", "Một", "Hai"]))
    assert preview.status_code == 422
    assert "Các cột bị lặp lại: name" in preview.content.decode()
