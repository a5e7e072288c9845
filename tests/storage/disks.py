"""Small file systems, which are soon full."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of one megabyte; a test that cannot have one is skipped."""
    folder.mkdir()
    if not ran("mount", "-t", "tmpfs", "-o", "size=1m", "small", str(folder)):
        pytest.skip("only root can mount a small file system")
    try:
        yield folder
    finally:
        ran("umount", "-l", str(folder))


def ran(*words: str) -> bool:
    """Run a command; whether it worked."""
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
