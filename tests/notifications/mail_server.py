"""A small mail server that speaks the real protocol, so that refusals and outages are the real ones."""

from __future__ import annotations

import email
import socketserver
import threading
import time
from email.message import Message
from types import TracebackType


class MailServer:
    """`with MailServer() as server`: `server.mails` holds what it took; `server.refuses` codes by address."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refuses: dict[str, str] = {}
        #: What is said to MAIL FROM, and once a mail was taken.
        self.from_verdict, self.data_verdict = "250 ok", "250 taken"
        #: Seconds a mail takes.
        self.delay = 0.0
        #: Hang up after the mail was taken, before it is acknowledged.
        self.hangs_up = False
        self._server = _Server(("127.0.0.1", 0), _Dialogue)
        self._server.owner = self
        self.port = self._server.server_address[1]

    def __enter__(self) -> MailServer:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    owner: MailServer


class _Dialogue(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self._say("220 test")
        for line in self.rfile:
            words = line.decode().strip()
            command = words.split(" ")[0].upper()
            if command in ("EHLO", "HELO"):
                self._say("250 test")
            elif command == "MAIL":
                self._say(self.server.owner.from_verdict)
            elif command == "RCPT":
                self._say(self._verdict(words))
            elif command == "DATA":
                self._say("354 go on")
                mail = self._read_mail()
                time.sleep(self.server.owner.delay)
                if self.server.owner.data_verdict.startswith("2"):
                    self.server.owner.mails.append(mail)
                if self.server.owner.hangs_up:
                    return
                self._say(self.server.owner.data_verdict)
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _verdict(self, words: str) -> str:
        refused = self.server.owner.refuses
        return next((code for address, code in refused.items() if f"<{address}>" in words), "250 ok")

    def _read_mail(self) -> Message:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return email.message_from_bytes(b"".join(lines))

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
