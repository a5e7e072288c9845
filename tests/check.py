"""Everything that must hold, in one run with one summary: `python -m tests.check`, which is what `make test` calls."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent
COVERED: Final = ("core/ledger/earning.py", "core/ledger/entry_builder.py", "core/ledger/model.py",
                  "core/ledger/rules.py", "core/ledger/seal.py")  # fmt: skip

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder in it is made as for any temporary file
ENOUGH: Final = 4 * 1024**3


@dataclass(frozen=True)
class Step:
    """One check: its name in the summary, and the command that makes it."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """How a step went, in seconds, and what it printed."""

    step: Step
    ok: bool
    seconds: float
    output: str


def tool(name: str, *options: str) -> tuple[str, ...]:
    return (str(BIN / name), *options)


FILES: Final = f"--include={','.join(COVERED)}"
# The tests of core that cover these. The others add nothing, and coverage makes each take twice as long.
COVERING: Final = tuple(
    f"tests/core/{name}.py"
    for name in (
        "limits/test_counting", "past/test_prices_learnt", "test_article", "test_earning", "test_granting",
        "test_limits", "test_model", "test_rulebook", "test_rules", "test_seal", "test_sweep", "test_taking_back",
    )
)  # fmt: skip
# Two rows of steps, side by side: the tests wait for processes and sockets so often that both keep two cores busy.
STEPS: Final = (
    (
        Step("format", tool("ruff", "format", "--check", ".")),
        Step("lint", tool("ruff", "check", ".")),
        Step("types", tool("mypy")),
        Step("imports", tool("lint-imports")),
        Step("core", tool("coverage", "run", FILES, "-m", "pytest", *COVERING)),
        Step("branches", tool("coverage", "report", FILES, "--fail-under=100")),
    ),
    (
        # Once for all: else each worker compiles every test again.
        Step("compile", tool("pytest", "--collect-only")),
        Step("tests", tool("pytest", "-n", "5", "--dist", "worksteal", *(f"--ignore={path}" for path in COVERING))),
    ),
)


def carry_out(step: Step) -> Result:
    """Run a step and keep what it prints."""
    started = time.monotonic()
    done = subprocess.run(step.command, cwd=ROOT, capture_output=True, text=True, check=False, env=_environment())
    return Result(step, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)


def _environment() -> dict[str, str]:
    """The caller's environment, without what would make a test meet real settings or have tests compiled anew."""
    ours = ("TELEGRAM_", "DISCORD_", "DATABASE_URL", "OPERATORS", "RULEBOOK", "LOG_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def main() -> int:
    """Run every step, show what failed, and end with the summary."""
    with _files_in_memory(), ThreadPoolExecutor(len(STEPS)) as pool:
        results = [result for row in pool.map(_in_turn, STEPS) for result in row]
    for result in results:
        if not result.ok:
            print(f"\n--- {result.step.name}: {' '.join(result.step.command)}\n{result.output}")  # noqa: T201
    failed = [result.step.name for result in results if not result.ok]
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All checks hold.'}")  # noqa: T201
    for result in results:
        if "pytest" in str(result.step.command):
            print((result.output.strip().splitlines() or ["no tests ran"])[-1])  # noqa: T201
    return 1 if failed else 0


@contextmanager
def _files_in_memory() -> Iterator[None]:
    """Keep the tests' files in memory if there is room: on a disk every commit waits, and costs a quarter more."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH:
        yield
        return
    with TemporaryDirectory(prefix="connects-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may have to run as somebody else
        os.environ["TMPDIR"] = folder
        yield


def _in_turn(steps: Sequence[Step]) -> list[Result]:
    results = []
    for step in steps:
        results.append(result := carry_out(step))
        print(f"{step.name}: {'ok' if result.ok else 'FAILED'} ({result.seconds:.0f} s)", flush=True)  # noqa: T201
    return results


if __name__ == "__main__":
    sys.exit(main())
