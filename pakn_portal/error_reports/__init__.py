"""Error reports without anything that somebody typed: the mail to ADMINS, the log, the technical page.

Django gives a report the whole request and tracebacks with every variable. On the section's pages these
contain petitions, secrets and texts of staff. So we replace what a report is made from: the request keeps
names of fields but no values, errors keep no data in their messages, tracebacks keep no variables. This works
with any handler and any reporter, and needs no setting.
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
