"""A throw-away PostgreSQL: own data folder, trust on 127.0.0.1, no fsync."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from tests.servers.process import (
    ServerUnavailable,
    free_port,
    group_alive,
    hand_over,
    server_user,
    spawn,
    stop_group,
    wait_until,
)

MISSING = "PostgreSQL 14 or newer is not here. On Debian or Ubuntu: apt-get install postgresql"
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    # as docs/how-to/operate.md advises
    "random_page_cost": "1.1",
}


def binaries() -> Path:
    """The newest installed server's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise ServerUnavailable(MISSING)


class PostgreSQL:
    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgresql"
        self.port = free_port()
        self.pid = 0

    def start(self) -> None:
        """Set up and start; raises ServerUnavailable with the reason."""
        programs = binaries()
        self.folder.mkdir(parents=True, exist_ok=True)
        data, log = self.folder / "data", self.folder / "log.txt"
        log.touch()
        hand_over(self.folder)
        if not data.exists():
            self._initialise(programs, data)
        options = [part for key, value in self._options().items() for part in ("-c", f"{key}={value}")]
        process = spawn([str(programs / "postgres"), "-D", str(data), *options], cwd=self.folder, log=log)
        self.pid = process.pid
        wait_until(
            lambda: self._answers(programs),
            alive=lambda: process.poll() is None,
            seconds=60,
            what="PostgreSQL",
            log=log,
        )

    def stop(self) -> None:
        if self.pid and group_alive(self.pid):
            stop_group(self.pid, first=signal.SIGINT)  # "fast": open connections are ended

    def environment(self) -> dict[str, str]:
        return {
            "PAKN_PG_HOST": "127.0.0.1",
            "PAKN_PG_PORT": str(self.port),
            "PAKN_PG_USER": "postgres",
            "PAKN_PG_PASSWORD": "",
            "PAKN_PG_DBNAME": "postgres",
        }

    def _options(self) -> dict[str, str]:
        return {
            **SPEED,
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
        }

    def _initialise(self, programs: Path, data: Path) -> None:
        command = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        user = server_user()
        done = subprocess.run(
            [*command, "--locale=C.UTF-8", "--no-sync"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env={**os.environ, "HOME": str(self.folder)},
            **({} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}),
        )
        if done.returncode:
            raise ServerUnavailable(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _answers(self, programs: Path) -> bool:
        command = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, cwd=self.folder).returncode == 0
