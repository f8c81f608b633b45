"""Reports of errors without anything that anybody typed: the mail to ADMINS, the log, the technical page.

Django hands a report the whole request, and the tracebacks hold every variable. On the section's pages
these are petitions, secrets and the words of staff. So what a report is made from is replaced: a request
that holds names of fields without values, errors without the data in their messages, tracebacks without
variables. That works with any handler and any reporter, and nothing has to be set.
"""

from __future__ import annotations

from pakn_portal.error_reports.logs import connect, quiet_logger
from pakn_portal.error_reports.reporter import (
    PrivateExceptionReporter,
    PrivateReporterFilter,
    keep_quiet,
    keeps_quiet,
)

__all__ = [
    "PrivateExceptionReporter",
    "PrivateReporterFilter",
    "connect",
    "keep_quiet",
    "keeps_quiet",
    "quiet_logger",
]
