"""The interface for a virus scanner, and the scanner that we ship."""

from __future__ import annotations

import logging
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, Final

from pakn_portal.conf import portal_settings

logger = logging.getLogger(__name__)

_CHUNK: Final = 1024 * 1024


class ScannerUnavailable(Exception):
    """The scanner is missing, failed or took too long. This never means clean: the file waits (F22)."""


class Scanner(ABC):
    """Base of the class that `FILE_SCANNER` names."""

    @abstractmethod
    def scan(self, file: Any) -> str:
        """The name of the threat, empty if clean. Raises ScannerUnavailable. `file` is at its start."""


def threat_in(file: Any) -> str:
    """What the site's scanner found, empty if clean. Raises ScannerUnavailable for any failure of it."""
    scanner = portal_settings.load("FILE_SCANNER")()
    file.seek(0)
    try:
        return str(scanner.scan(file))
    except ScannerUnavailable:
        raise
    except Exception as error:  # foreign code: it may raise anything
        # neither message nor traceback: both may contain parts of the file
        logger.error("The scanner failed: %s", type(error).__name__)
        raise ScannerUnavailable from error


class TestPatternScanner(Scanner):
    """Recognises only the antivirus test file (EICAR), plain or inside an office file.

    A real site names its own scanner; this one proves that the connection works.
    """

    __test__ = False  # not a test class, whatever its name begins with
    PATTERN: Final = b"".join((rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$", rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"))

    def scan(self, file: Any) -> str:
        return "EICAR" if any(self._is_in(stream) for stream in _streams(file)) else ""

    def _is_in(self, stream: Any) -> bool:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if self.PATTERN in tail + chunk:
                return True
            tail = chunk[-len(self.PATTERN) :]
        return False


def _streams(file: Any) -> Iterator[Any]:
    yield file
    file.seek(0)
    if zipfile.is_zipfile(file):
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as stream:
                    yield stream
