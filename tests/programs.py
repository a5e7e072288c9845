"""Programs of the machine that some tests run: a browser, and another program that keeps books.

`python -m tests.programs` prints the packages of those that are not there. It needs the standard library only, because
`.ci/run` calls it before there is a .venv.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final, NamedTuple

REQUIRED: Final = "REQUIRED_PROGRAMS"
"""The variable by which `.ci/run` says which packages it has installed. Tests of these fail rather than skip."""


class Program(NamedTuple):
    """A program, by Debian's package and by the names under which it may be on the path."""

    package: str
    names: tuple[str, ...]


CHROMIUM: Final = Program("chromium", ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
HLEDGER: Final = Program("hledger", ("hledger",))
PROGRAMS: Final = (CHROMIUM, HLEDGER)


def find(program: Program) -> str | None:
    """Its path. What only says how to install the program does not count."""
    paths = (shutil.which(name) for name in program.names)
    return next((path for path in paths if path and _runs(path)), None)


def needed(program: Program) -> str:
    """Its path, or the end of the test: skipped in words, or failed where the program must be there."""
    import pytest  # here, because this module must load without it

    if path := find(program):
        return path
    words = f"{program.package} is not installed; apt-get install {program.package}"
    if program.package in os.environ.get(REQUIRED, "").split():
        pytest.fail(words, pytrace=False)
    raise pytest.skip.Exception(words)


def _runs(path: str) -> bool:
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    print("\n".join(program.package for program in PROGRAMS if not find(program)))  # noqa: T201
