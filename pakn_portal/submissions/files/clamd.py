"""ClamAV as the scanner: its daemon `clamd` gets the bytes over a socket, and no path of ours."""

from __future__ import annotations

import socket
import struct
import time
from typing import Any, Final

from pakn_portal.conf import portal_settings
from pakn_portal.submissions.files.scanner import Scanner, ScannerUnavailable

_CHUNK: Final = 64 * 1024
_LONGEST_REPLY: Final = 4096
_FOUND: Final = " FOUND"


class ClamdScanner(Scanner):
    """`CLAMD["address"]` is the path of a Unix socket, or "host:port".

    clamd must accept files as large as ATTACHMENT_MAX_BYTES (its `StreamMaxLength`); a file that
    it refuses stays waiting.
    """

    def scan(self, file: Any) -> str:
        try:
            reply = self._ask(file)
        except OSError as error:
            raise ScannerUnavailable(f"clamd: {error}") from error
        verdict = reply.rstrip("\0\n ").partition("stream: ")[2]
        if verdict == "OK":
            return ""
        if verdict.endswith(_FOUND):
            return verdict.removesuffix(_FOUND)
        raise ScannerUnavailable(f"clamd: {reply!r}")

    def _ask(self, file: Any) -> str:
        patience = portal_settings.CLAMD["timeout_seconds"]
        ends = time.monotonic() + patience
        with _connect(portal_settings.CLAMD["address"], patience) as link:
            link.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                _wait_no_longer(link, ends)
                link.sendall(struct.pack(">I", len(chunk)) + chunk)
            link.sendall(struct.pack(">I", 0))
            return _read(link, ends)


def _connect(address: str, patience: float) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=patience)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(patience)
    try:
        link.connect(address)
    except OSError:
        link.close()
        raise
    return link


def _read(link: socket.socket, ends: float) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY:
        _wait_no_longer(link, ends)
        piece = link.recv(_LONGEST_REPLY)
        if not piece:
            break
        reply += piece
    return reply.decode("utf-8", "replace")


def _wait_no_longer(link: socket.socket, ends: float) -> None:
    """The timeout is for the whole exchange, however slowly the bytes arrive."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    link.settimeout(left)
