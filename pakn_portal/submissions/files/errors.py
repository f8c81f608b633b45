from __future__ import annotations

from django.utils.translation import gettext as _


class FileRefused(Exception):
    """The file cannot be taken; `str(error)` tells the sender why and what to do."""


def not_what_it_says(extension: str) -> FileRefused:
    return FileRefused(
        _("The content is not a %(type)s file. Open it in its own program, save it again and choose it anew.")
        % {"type": extension.upper()}
    )


def damaged() -> FileRefused:
    return FileRefused(
        _("The file is damaged or incomplete. Check that it opens on your device, then choose it again.")
    )


def with_macros() -> FileRefused:
    return FileRefused(_("The file holds macros. Save it without macros, or as PDF, and choose it again."))


def with_password() -> FileRefused:
    return FileRefused(_("The file is locked by a password. Remove the password and choose it again."))


def too_complex() -> FileRefused:
    return FileRefused(_("The file unpacks to far more than it seems. Save it as PDF and choose it again."))


def holds_another() -> FileRefused:
    return FileRefused(_("Another file is hidden inside. Save it as PDF and choose it again."))


def with_commands() -> FileRefused:
    return FileRefused(
        _("The file holds commands that run when it is opened. Save it as PDF and choose it again.")
    )
