"""A few files as senders attach them, made here in code: a scan, a screenshot, a letter."""

from __future__ import annotations

import io
import zipfile

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from example_site.demo import content
from pakn_portal.submissions.files import check_file
from pakn_portal.submissions.tray import keep_upload

#: Case → names of its files.
ATTACHED = {
    "case-02": ["cong-van-de-nghi.docx"],
    "case-06": ["chup-man-hinh-ngay-1.png", "chup-man-hinh-ngay-3.png"],
    "case-15": ["don-viet-tay.pdf"],
    "case-17": ["cau-hoi-cua-cong-ty.docx"],
    "case-28": ["anh-chup-so.png"],
    "case-31": ["don-viet-tay.pdf", "giay-to-kem-theo.pdf"],
    "case-44": ["don.pdf", "ket-qua-phim.png"],
    "case-53": ["ban-an-1.pdf", "ban-an-2.pdf"],
    "case-62": ["anh-tap-giay.png"],
}


def attach(row_id: str, form_key: str) -> None:
    """Keep the files of this case under its form, through the same checks as a sender's."""
    for name in ATTACHED.get(row_id, []):
        _keep(name, _MAKERS[name.rsplit(".", 1)[1]](name), form_key)


def enclose(row_id: str, form_key: str) -> None:
    """Keep what goes with the answer under the form of its draft."""
    if row := content.enclosed().get(row_id):
        _keep(row["name"], written(row["paragraphs"]), form_key)


def _keep(name: str, stored: bytes, form_key: str) -> None:
    file = ContentFile(stored, name=name)
    checked = check_file(file, name)
    keep_upload(
        file,
        form_key=form_key,
        name=checked.name,
        content_type=checked.content_type,
        sha256=checked.sha256,
        warnings=checked.warnings,
    )


def png(name: str) -> bytes:
    """A sheet with lines where the writing would be."""
    image = Image.new("RGB", (620, 800), "#f7f4ec")
    draw = ImageDraw.Draw(image)
    draw.text((60, 40), f"MINH HOA - {name}", fill="#333333")
    for line in range(24):
        length = 300 + (line * 97 + len(name) * 31) % 220
        draw.line((60, 90 + line * 28, 60 + length, 90 + line * 28), fill="#6b7a90", width=3)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def pdf(name: str) -> bytes:
    """One page of plain text; the standard fonts of PDF have no Vietnamese letters."""
    text = f"BT /F1 14 Tf 60 760 Td (Ban minh hoa: {name}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(body)


def docx(name: str) -> bytes:
    return written([f"Bản minh họa: {name}"])


def written(paragraphs: list[str]) -> bytes:
    """The smallest document a word processor opens."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text.encode())
    return buffer.getvalue()


_MAKERS = {"png": png, "pdf": pdf, "docx": docx}
