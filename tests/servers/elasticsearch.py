"""A throw-away Elasticsearch: the core distribution from Maven Central, single node, security off."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from tests.servers.process import (
    ServerUnavailable,
    free_port,
    group_alive,
    hand_over,
    spawn,
    stop_group,
    wait_until,
)

ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
VERSIONS = {8: ("8.19.8", "8.19.0"), 9: ("9.2.0", "9.1.0")}  # the first that can be had serves
NEEDED_JAVA = {8: 17, 9: 21}
HEAP = os.environ.get("PAKN_ES_HEAP", "1g")


def cache_folder() -> Path:
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "pakn_portal" / "elasticsearch"


def java_homes() -> list[Path]:
    """Every JVM that can be found: what the environment names, those of the system, the one on PATH."""
    named = [Path(value) for key in ("ES_JAVA_HOME", "JAVA_HOME") if (value := os.environ.get(key))]
    on_path = shutil.which("java")
    behind_path = [Path(on_path).resolve().parent.parent] if on_path else []
    return [
        home
        for home in [*named, *sorted(Path("/usr/lib/jvm").glob("*")), *behind_path]
        if (home / "bin/java").exists()
    ]


def java_major(home: Path) -> int:
    done = subprocess.run([str(home / "bin/java"), "-version"], capture_output=True, text=True)
    match = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(match[1]) if match else 0


def find_java(major: int) -> Path:
    """The oldest JVM that is new enough for this major of Elasticsearch; raises ServerUnavailable."""
    needed = NEEDED_JAVA[major]
    fitting = sorted((version, str(home)) for home in java_homes() if (version := java_major(home)) >= needed)
    if not fitting:
        raise ServerUnavailable(
            f"Elasticsearch {major} needs Java {needed} or newer, and none was found. "
            "On Debian or Ubuntu: apt-get install default-jre-headless (or set ES_JAVA_HOME)"
        )
    return Path(fitting[0][1])


def distribution(major: int) -> Path:
    """The folder of the unpacked distribution, fetched once and kept in the user's cache."""
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    reasons = []
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for version in VERSIONS[major]:
            target = cache / f"elasticsearch-{version}"
            try:
                if not target.exists():
                    _unpack(_download(version), target)
            except ServerUnavailable as reason:
                reasons.append(str(reason))
                continue
            return target
    raise ServerUnavailable("\n".join(dict.fromkeys(reasons)))


def _download(version: str) -> Path:
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerUnavailable("Elasticsearch comes by Maven, and mvn is not here. apt-get install maven")
    archive = cache_folder() / f"elasticsearch-{version}.zip"
    artifact = ARTIFACT.format(version=version)
    for goal in (
        ["dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false"],
        ["dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={archive.parent}"],
    ):
        done = subprocess.run(
            [maven, "-q", "-B", *goal], stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise ServerUnavailable(
                f"{artifact} could not be fetched:\n{(done.stdout + done.stderr)[-1500:]}"
            )
    return archive


def _unpack(archive: Path, target: Path) -> None:
    """Unpack beside the target and rename, so that a broken run leaves nothing half there."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        with zipfile.ZipFile(archive) as content:
            content.extractall(folder)
        (unpacked,) = Path(folder).glob("elasticsearch-*")
        for program in (unpacked / "bin").iterdir():
            program.chmod(0o755)
        unpacked.rename(target)
    archive.unlink()


class Elasticsearch:
    def __init__(self, folder: Path, major: int = 8) -> None:
        self.major = major
        self.name = f"Elasticsearch {major}"
        self.folder = folder / f"elasticsearch{major}"
        self.port, self.transport_port = free_port(), free_port()
        self.pid = 0

    def start(self) -> None:
        """Fetch, unpack and start; raises ServerUnavailable with the reason."""
        java = find_java(self.major)
        home = self.folder / "home"
        if not home.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            shutil.copytree(distribution(self.major), home)
        log = self.folder / "log.txt"
        log.touch()
        hand_over(self.folder)
        process = spawn(
            [str(home / "bin/elasticsearch"), *self._options()],
            cwd=home,
            log=log,
            env={"ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}"},
        )
        self.pid = process.pid
        wait_until(self._answers, alive=lambda: process.poll() is None, seconds=180, what=self.name, log=log)

    def stop(self) -> None:
        if self.pid and group_alive(self.pid):
            stop_group(self.pid)

    def environment(self) -> dict[str, str]:
        return {"PAKN_ES_URL": f"http://127.0.0.1:{self.port}", "PAKN_ES_PID": str(self.pid)}

    def _options(self) -> list[str]:
        settings = {
            "discovery.type": "single-node",
            "xpack.security.enabled": "false",
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self.transport_port,
            # a full disk is the developer's affair, not the tests'
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        return [part for key, value in settings.items() for part in ("-E", f"{key}={value}")]

    def _answers(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/_cluster/health"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return json.load(answer)["status"] in ("green", "yellow")
        except (OSError, ValueError, urllib.error.URLError):
            return False
