from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pakn_portal.submissions.files.other_type import PHONE_PICTURE, other_type
from pakn_portal.submissions.reading.bounds import MOST_PIXELS
from pakn_portal.submissions.reading.verdict import Reason


class FileRefused(Exception):
    """The file cannot be accepted; `str(error)` tells the sender why and what to do.

    `was_read`: it used a turn of the reader, and so counts towards what its address sent.
    """

    def __init__(self, sentence: str, *, was_read: bool = False) -> None:
        super().__init__(sentence)
        self.was_read = was_read


class ReaderFailed(FileRefused):
    """The check did not finish: no time, no memory, no process. The content is unknown."""

    def __init__(self, sentence: str = "", *, was_read: bool = False) -> None:
        later = _(
            "The file could not be looked at just now. Choose it again in a few minutes; nothing is lost."
        )
        super().__init__(sentence or later, was_read=was_read)


class ReaderBusy(ReaderFailed):
    """No turn became free in time; the file was not read."""

    def __init__(self) -> None:
        super().__init__(
            _("Many files are coming in just now. Choose this one again in a minute; nothing else is lost.")
        )


_SENTENCES: Final = {
    Reason.PHONE_PICTURE: gettext_noop(
        "This picture is a HEIC or WebP file, whatever its name says, and not everybody can open those. Save "
        "it as JPG on your device, or take a screenshot of it, and choose that."
    ),
    Reason.DAMAGED: gettext_noop(
        "The file is damaged or incomplete. Check that it opens on your device, then choose it again."
    ),
    Reason.MACROS: gettext_noop(
        "The file holds macros. Save it without macros, or as PDF, and choose it again."
    ),
    Reason.PASSWORD: gettext_noop(
        "The file is locked by a password. Remove the password and choose it again."
    ),
    Reason.COMPLEX: gettext_noop(
        "The file unpacks to far more than it seems. Save it as PDF and choose it again."
    ),
    Reason.HOLDS_ANOTHER: gettext_noop("Another file is hidden inside. Save it as PDF and choose it again."),
    Reason.COMMANDS: gettext_noop(
        "The file holds commands that run when it is opened. Save it as PDF and choose it again."
    ),
    Reason.PIXELS: gettext_noop(
        "The picture has more than %(count)s million dots. Make it smaller and choose it again."
    ),
    Reason.HEAVY: gettext_noop(
        "The file takes too much time or memory to open. Make it smaller or save it as PDF, and choose it "
        "again."
    ),
    Reason.REMARKS: gettext_noop("The file has comments or tracked changes."),
    Reason.HIDDEN: gettext_noop(
        "The file has hidden parts: sheets, rows, columns, text, shapes, layers, or what was cropped from a "
        "picture."
    ),
    Reason.BEHIND: gettext_noop(
        "The file keeps data behind what it shows: a pivot table, scenarios, or values of another workbook."
    ),
    Reason.UNSEARCHED: gettext_noop(
        "The file holds something that cannot be searched for personal data, such as an embedded object, a "
        "picture that is neither JPG nor PNG, or a font whose signs are not linked to letters."
    ),
    Reason.LONG: gettext_noop("The file has too much text to search all of it for personal data."),
    Reason.OLD_LETTERS: gettext_noop(
        "The file is written in an old font (TCVN3 or VNI), in which personal data cannot be found. Convert "
        "it to Unicode before it is attached."
    ),
    Reason.CROPPED: gettext_noop(
        "The file has a cropped picture and still holds what was cut off. Delete the cropped areas of its "
        "pictures before it is attached."
    ),
    Reason.COVERED: gettext_noop(
        "The file has a picture that is painted over, or so small or transparent that nobody sees it, and "
        "still holds all of it. Print the page, scan it anew and attach the scan."
    ),
}


def in_old_letters() -> FileRefused:
    """Of words that were read already: nobody could search them."""
    return FileRefused(_(_SENTENCES[Reason.OLD_LETTERS]))


def refusal(reason: Reason, extension: str, found: str = "", *, was_read: bool = False) -> FileRefused:
    """The error with its text in the sender's language: why, and what to do. `found` is
    a code of `reading.true_type`.
    """
    if reason is Reason.OTHER_TYPE and found != PHONE_PICTURE:
        return FileRefused(other_type(extension, found), was_read=was_read)
    sentence = _SENTENCES[Reason.PHONE_PICTURE if found == PHONE_PICTURE else reason]
    told = _(sentence) % {"count": MOST_PIXELS // 1_000_000}
    kind = ReaderFailed if reason is Reason.HEAVY else FileRefused
    return kind(told, was_read=was_read)
