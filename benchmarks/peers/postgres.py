"""A PostgreSQL server for the length of a benchmark. It has the engine's defaults, so each commit reaches the disk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

USER: Final = "postgres"
HOST: Final = "127.0.0.1"
PATIENCE: Final = 20
PAUSE: Final = 0.05
DEBIAN: Final = Path("/usr/lib/postgresql")


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """Run a server with its data in `folder`, and give its port. The server stops at the end of the block."""
    data, port = folder / "pg", _free_port()
    _make(data)
    _run("initdb", "-D", str(data), "-U", USER, "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = ("-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories=", "-p", str(port))
    server = subprocess.Popen(
        [_binary("postgres"), "-D", str(data), *options], cwd=data, stderr=subprocess.DEVNULL, user=_owner()
    )
    try:
        _wait_for(server, port)
        yield port
    finally:
        server.send_signal(signal.SIGINT)  # asks for a fast shutdown
        server.wait()


def _owner() -> str | None:
    """The user that runs the server, since it refuses to run as root."""
    return USER if os.geteuid() == 0 else None


def _make(data: Path) -> None:
    data.mkdir(mode=0o700)
    owner = _owner()
    if owner is not None:
        data.parent.chmod(0o711)
        shutil.chown(data, owner)


def _run(name: str, *options: str) -> None:
    try:
        subprocess.run([_binary(name), *options], check=True, capture_output=True, text=True, user=_owner(), cwd="/")
    except subprocess.CalledProcessError as error:
        raise RuntimeError(error.stderr.strip()) from error


def _binary(name: str) -> str:
    """The programs on the path, or the newest where Debian puts them."""
    found = shutil.which(name)
    if found is not None:
        return found
    newest = max(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]), default=None)
    if newest is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    return str(newest)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    asked = [_binary("pg_isready"), "--quiet", "--host", HOST, "--port", str(port)]
    end = time.monotonic() + PATIENCE
    while subprocess.run(asked, check=False).returncode:
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError("PostgreSQL does not start")
        time.sleep(PAUSE)
