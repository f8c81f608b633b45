"""Starting a server as a user that may run it, and stopping it with all its children."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

UNPRIVILEGED_USERS = ("postgres", "nobody")  # both servers refuse to run as root


class ServerUnavailable(Exception):
    """This server cannot be had here. The message says why and what to install."""


def free_port() -> int:
    """Not one of those that the system gives away: a server takes seconds to come up and to hold it."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as sock, suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port


def server_user() -> pwd.struct_passwd | None:
    """The account a server runs under, or None where we are not root and run it as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerUnavailable("root may not run database servers, and there is no user 'postgres' or 'nobody'")


def hand_over(folder: Path) -> None:
    """Give the folder, with everything in it, to the server's user."""
    user = server_user()
    if user is None:
        return
    shutil.chown(folder, user.pw_uid, user.pw_gid)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            os.chown(path, user.pw_uid, user.pw_gid)


def spawn(
    command: list[str], *, cwd: Path, log: Path, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own, so that it can be ended as a whole."""
    user = server_user()
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(cwd), **(env or {})},
            start_new_session=True,
            **({} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}),
        )


def wait_until(
    ready: Callable[[], bool], *, alive: Callable[[], bool], seconds: float, what: str, log: Path
) -> None:
    """Poll `ready`; a server that dies or is late raises with the end of its log."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return
        if not alive():
            break
        time.sleep(0.25)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:]) if log.exists() else "(no log)"
    raise ServerUnavailable(f"{what} did not come up within {seconds:.0f} s. The end of {log}:\n{tail}")


def group_alive(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True


def stop_group(pid: int, *, seconds: float = 15, first: signal.Signals = signal.SIGTERM) -> None:
    """End a process group: politely, then by force."""
    for sign, patience in ((first, seconds), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(pid, sign)
        except ProcessLookupError:
            return
        end = time.monotonic() + patience
        while time.monotonic() < end:
            reap(pid)
            if not group_alive(pid):
                return
            time.sleep(0.1)


def reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
