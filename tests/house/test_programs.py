"""Programs that tests run: found, skipped in words, or demanded. `.ci/run` is played with an apt-get of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.check import ROOT, _environment
from tests.programs import HLEDGER, REQUIRED, find, needed

if TYPE_CHECKING:
    from pathlib import Path

WORKS: Final = "exit 0"
SHIM: Final = "echo 'install it first' >&2; exit 1"
MAKE: Final = 'echo "make $* [${REQUIRED_PROGRAMS-}]"'
INSTALLS: Final = 'for name; do :; done; [ "$name" = update ] || cp "$(dirname "$0")/true" "$(dirname "$0")/$name"'
FAILS: Final = "exit 100"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of programs that there is, with what the scripts need of a machine."""
    for name in ("bash", "sh", "cat", "cp", "dirname", "env", "grep", "tr", "true"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    (tmp_path / "python3").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.delenv(REQUIRED, raising=False)
    program(tmp_path, "id", "echo 0")
    program(tmp_path, "make", MAKE)
    return tmp_path


def program(path: Path, name: str, does: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{does}\n")
    (path / name).chmod(0o755)


def run_ci() -> tuple[list[str], str]:
    done = subprocess.run([ROOT / ".ci/run"], capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout.splitlines(), done.stderr


def test_what_only_says_how_to_install_a_program_is_not_found(path: Path) -> None:
    program(path, "hledger", SHIM)
    assert find(HLEDGER) is None
    program(path, "hledger", WORKS)
    assert needed(HLEDGER) == str(path / "hledger")


@pytest.mark.usefixtures("path")
def test_a_missing_program_skips_in_words_and_fails_where_it_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.skip.Exception, match="hledger is not installed; apt-get install hledger"):
        needed(HLEDGER)
    monkeypatch.setenv(REQUIRED, "chromium hledger")
    assert REQUIRED in _environment()
    with pytest.raises(pytest.fail.Exception, match="hledger is not installed; apt-get install hledger"):
        needed(HLEDGER)


@pytest.mark.parametrize(
    ("apt", "required"), [(INSTALLS, "hledger chromium "), (FAILS, "hledger "), (None, "hledger ")]
)
def test_ci_demands_what_is_there_or_was_installed(path: Path, apt: str | None, required: str) -> None:
    program(path, "hledger", WORKS)
    if apt:
        program(path, "apt-get", apt)
    made, said = run_ci()
    assert made == ["make .venv/.dev []", f"make test [{required}]"]
    assert ("skipped" in said) == ("chromium" not in required)


def test_ci_asks_for_no_password(path: Path) -> None:
    program(path, "id", "echo 1000")
    program(path, "sudo", '[ "$1" = -n ] && exit 1')
    program(path, "apt-get", INSTALLS)
    made, said = run_ci()
    assert made[-1] == "make test []"
    assert said == (
        ".ci/run: not installed, and not ours to install: chromium, hledger. The tests that need them are skipped.\n"
    )
