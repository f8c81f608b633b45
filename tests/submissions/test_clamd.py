"""Talking with clamd: with a small server that speaks as it does, and with clamd itself where it is."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pakn_portal.submissions.files import FileRefused, check_file
from pakn_portal.submissions.files.clamd import ClamdScanner
from pakn_portal.submissions.files.scanner import ScannerUnavailable, TestPatternScanner
from tests.fixtures.waiting import wait_for
from tests.submissions.files import docx_bytes, pdf_bytes

EICAR = TestPatternScanner.PATTERN + b"$H+H*"
CLAMD = shutil.which("clamd")


class Speaker:
    """Takes one INSTREAM at a time and answers what it is told to."""

    def __init__(
        self, reply: bytes, listener: socket.socket, *, reads: bool = True, silent: bool = False
    ) -> None:
        self.reply, self.listener, self.reads = reply, listener, reads
        self.heard, self.may_answer = b"", threading.Event()
        if not silent:
            self.may_answer.set()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        link, _address = self.listener.accept()
        with link:
            if self.reads:
                assert self._exactly(link, 10) == b"zINSTREAM\0"
                while size := struct.unpack(">I", self._exactly(link, 4))[0]:
                    self.heard += self._exactly(link, size)
            self.may_answer.wait(60)
            link.sendall(self.reply)

    @staticmethod
    def _exactly(link: socket.socket, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += link.recv(size - len(data))
        return data


@pytest.fixture
def speak(settings: Any) -> Iterator[Callable[..., Speaker]]:
    listener = socket.create_server(("127.0.0.1", 0))
    listening = f"127.0.0.1:{listener.getsockname()[1]}"

    def start(reply: bytes, **how: Any) -> Speaker:
        settings.PAKN_PORTAL = {"CLAMD": {"address": listening, "timeout_seconds": 1}}
        return Speaker(reply, listener, **how)

    yield start
    listener.close()


def test_a_clean_file_is_sent_whole_in_pieces(speak: Callable[..., Speaker]) -> None:
    content = bytes(range(256)) * 1000
    clamd = speak(b"stream: OK\0")
    assert ClamdScanner().scan(BytesIO(content)) == ""
    clamd.thread.join(5)
    assert clamd.heard == content


def test_what_is_found_is_named(speak: Callable[..., Speaker]) -> None:
    speak(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    assert ClamdScanner().scan(BytesIO(EICAR)) == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize(
    "reply",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: Can't allocate memory ERROR\0", b"", b"stream: "],
)
def test_whatever_is_not_a_verdict_is_never_clean(speak: Callable[..., Speaker], reply: bytes) -> None:
    speak(reply)
    with pytest.raises(ScannerUnavailable):
        ClamdScanner().scan(BytesIO(b"x"))


def test_f22_who_hangs_up_or_is_slow_is_not_waited_for(speak: Callable[..., Speaker]) -> None:
    speak(b"", reads=False)
    with pytest.raises(ScannerUnavailable):
        ClamdScanner().scan(BytesIO(b"x" * 5_000_000))
    clamd = speak(b"stream: OK\0", silent=True)
    with pytest.raises(ScannerUnavailable):
        ClamdScanner().scan(BytesIO(b"x"))
    assert clamd.thread.is_alive()  # it has not said anything yet
    clamd.may_answer.set()


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1", "", "[::1]:1"])
def test_f22_nobody_there_is_not_clean(settings: Any, address: str) -> None:
    settings.PAKN_PORTAL = {"CLAMD": {"address": address}}
    with pytest.raises(ScannerUnavailable):
        ClamdScanner().scan(BytesIO(b"x"))


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: Any) -> Iterator[str]:
    """The real one, with one signature of our own: the virus lists of the world are not needed."""
    if CLAMD is None:
        pytest.skip("not run: needs clamd (Debian: clamav-daemon)")
    folder: Path = tmp_path_factory.mktemp("clamd")
    (folder / "list").mkdir()
    (folder / "list" / "ours.ndb").write_text(f"Test.Pattern:0:*:{TestPatternScanner.PATTERN.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}/list\nLocalSocket {folder}/ctl\nForeground yes\nLogFile {folder}/log\n"
        "StreamMaxLength 1M\n"
    )
    process = subprocess.Popen([CLAMD, "-c", folder / "clamd.conf"], stdout=-3, stderr=-3)
    wait_for(lambda: (folder / "ctl").exists() or process.poll() is not None)
    yield str(folder / "ctl")
    process.terminate()
    process.wait(10)


def test_clamd_itself(settings: Any, clamd: str) -> None:
    settings.PAKN_PORTAL = {
        "CLAMD": {"address": clamd},
        "FILE_SCANNER": "pakn_portal.submissions.files.clamd.ClamdScanner",
    }
    files = {
        "a.pdf": (pdf_bytes(), ""),
        "b.pdf": (pdf_bytes(EICAR.decode()), "Test.Pattern"),
        "c.docx": (docx_bytes(), ""),
        "d.docx": (docx_bytes({"word/media/x.bin": EICAR}), "Test.Pattern"),
    }
    for name, (content, threat) in files.items():
        file = SimpleUploadedFile(name, content)
        if threat:
            with pytest.raises(FileRefused, match=threat):
                check_file(file, name)
        else:
            assert check_file(file, name).is_scanned
    with pytest.raises(ScannerUnavailable):
        ClamdScanner().scan(BytesIO(b"x" * 3_000_000))
