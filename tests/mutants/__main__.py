"""Runs the tests of a subject once for each small change of its files, and lists the changes that no test noticed.

    make mutants                          a sample of all subjects; N=40 for another size, S=7 for another sample
    .venv-mutants/bin/python -m tests.mutants --all core/alerts

Cosmic Ray makes the changes: comparisons swapped, whole numbers plus and minus one, `and` for `or`, signs, `not`. They
are made in copies of the tree, one for each processor, never in the checkout. A change that alters nothing is named in
equivalent.toml, with the reason.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cosmic_ray.work_item import WorkItem

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PYTHON: Final = ROOT / ".venv/bin/python"
EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")
SECONDS: Final = 120
"""How long the tests of a subject may take, before an endless loop is taken as noticed."""
OPERATORS: Final = re.compile(
    r"core/(NumberReplacer|AddNot|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceUnaryOperator_Delete_(Not|USub)"
    r"|ReplaceBinaryOperator_(Add_Sub|Sub_Add)"
    r"|ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Eq_NotEq|NotEq_Eq|Lt_Gt|Is_IsNot|IsNot_Is))"
)


BESIDE_THE_POINT: Final = re.compile(
    r"TYPE_CHECKING|\[: *\d+\]|^(PAGE|BATCH|SLICE|MOST_AT_ONCE|CONCURRENCY)\b|^@lru_cache"
)
"""Lines that are left alone: imports for types, where an echo of what was typed is cut, how much is read, run or
remembered at a time."""


class Subject(NamedTuple):
    """Pure files, and the tests that ought to notice a change in them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


def _tests(folder: str, names: str) -> tuple[str, ...]:
    return tuple(f"tests/{folder}/test_{name}.py" for name in names.split())


SUBJECTS: Final = (
    Subject(
        ("core/alerts", "core/forecast"),
        _tests("core", "alerts review_context daily_review expiry_scan promotion_ending rules batches budget forecast"),
    ),
    Subject(
        (
            *("core/delivery", "core/shared", "core/scheduling"),
            *(f"core/promotions/{name}.py" for name in ("draw", "draw_reminder", "grant", "model", "qualify")),
        ),
        _tests(
            "core",
            "model audience bounds calendar backoff names clock_steps delivery_state task_runner promotions granting "
            "revising daily_review earning article",
        ),
    ),
    Subject(
        ("core/ledger",),
        _tests(
            "core",
            "limits rules model rulebook taking_back valuation earning batches article sweep bounds alerts "
            "granting daily_review budget forecast",
        ),
    ),
    Subject(
        ("core/stats",),
        _tests("core/stats", "intervals funnel segments months service"),
    ),
    Subject(
        ("bot/delivery/limits/rate_limit.py", "bot/base/quiet_hours.py"),
        _tests("bot", "rate_limit quiet_hours"),
    ),
    Subject(
        ("bot/options", "bot/reading"),
        _tests(
            "bot",
            "options lines money days recurrence either_day typed_labels unknown_options words doubts large_figures "
            "meant meant_titles buying earning figures cron reading",
        ),
    ),
)
"""The quickest tests come first. Those that play whole lives at random are left out: they take too long for this."""


class Mutant(NamedTuple):
    """One change, and the tests to run on it."""

    item: WorkItem
    tests: tuple[str, ...]


class Survivor(NamedTuple):
    """A change that no test noticed: its file, and the line before and after."""

    file: str
    before: str
    after: str


def mutants(paths: Sequence[str]) -> Iterator[Mutant]:
    """All changes of the files under these paths (none: of all subjects)."""
    for subject in SUBJECTS:
        for file in sorted(found for name in subject.files for found in _sources(name)):
            if not paths or any(file.startswith(path.rstrip("/")) for path in paths):
                yield from (Mutant(item, subject.tests) for item in _items(file))


def _sources(name: str) -> list[str]:
    path = ROOT / name
    found = [path] if path.is_file() else path.rglob("*.py")
    return [str(one.relative_to(ROOT)) for one in found]


def _items(file: str) -> list[WorkItem]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()

    def counts(item: WorkItem) -> bool:
        change = item.mutations[0]
        line = lines[change.start_pos[0] - 1]
        return OPERATORS.fullmatch(change.operator_name) is not None and not BESIDE_THE_POINT.search(line)

    with use_db(":memory:", WorkDB.Mode.create) as database:
        init([Path(file)], database, {})
        items = filter(counts, database.work_items)
    return sorted(items, key=lambda item: (item.mutations[0].operator_name, item.mutations[0].occurrence))


def tried(share: Sequence[Mutant], tree: str) -> list[Survivor]:
    """Try each change in a copy of the tree; returns those that no test noticed."""
    os.chdir(tree)
    logging.disable(logging.CRITICAL)
    survivors = []
    for item, tests in share:
        command = [str(PYTHON), "-m", "pytest", "-x", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
        result = mutate_and_test(item.mutations, shlex.join(command), SECONDS)
        if not result.is_killed:
            survivors.append(_survivor(str(item.mutations[0].module_path), result.diff))
        print("." if result.is_killed else "S", end="", flush=True)
    return survivors


def _survivor(file: str, diff: str) -> Survivor:
    changed = [line for line in diff.splitlines() if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}]
    before, after = (" ".join(line[1:].strip() for line in changed if line[0] == sign) for sign in "-+")
    return Survivor(file, before, after)


def copies(number: int, folder: Path) -> list[str]:
    """Copies of all files that git knows, one for each worker."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    trees = [folder / str(one) for one in range(number)]
    for tree in trees:
        for name in filter(None, listed.stdout.split("\0")):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    return [str(tree) for tree in trees]


def main(arguments: Sequence[str]) -> int:
    """Try a sample of the changes, or all of them; returns 1 if any survives that is not known as equivalent."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", help="files or folders (default: all subjects)")
    parser.add_argument("--all", action="store_true", help="every change, not a sample")
    parser.add_argument("--number", type=int, default=200, help="the size of the sample (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="which sample (default: 1)")
    given = parser.parse_args(arguments)
    os.chdir(ROOT)
    every = list(mutants(given.paths))
    chance = random.Random(given.seed)  # noqa: S311 - the same sample for the same seed, no secret
    chosen = every if given.all else chance.sample(every, min(given.number, len(every)))
    workers = min(os.cpu_count() or 1, len(chosen))
    print(f"{len(chosen)} of {len(every)} changes, {workers} at a time")
    with tempfile.TemporaryDirectory() as folder:
        shares = [chosen[at::workers] for at in range(workers)]
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            found = [one for survivors in pool.map(tried, shares, copies(workers, Path(folder))) for one in survivors]
    return _reported(found, len(chosen))


def _reported(found: Sequence[Survivor], number: int) -> int:
    known = {tuple(one[key] for key in Survivor._fields) for one in tomllib.loads(EQUIVALENT.read_text())["mutant"]}
    unknown = [one for one in found if one not in known]
    for file, before, after in sorted(unknown):
        print(f"\n{file}\n  - {before}\n  + {after}", end="")
    real = number - len(found) + len(unknown)
    killed = real - len(unknown)
    rate = f"{100 * killed / real:.1f} %" if real else "none"
    print(f"\n{killed} of {real} noticed ({rate}); {len(found) - len(unknown)} more alter nothing")
    return bool(unknown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
