"""`python -m benchmarks [NAME...]`: one line for each figure. QUICK=1 makes the runs short."""

from __future__ import annotations

import sys

from benchmarks import (
    announcing,
    command,
    delivery,
    documents,
    due,
    growth,
    imports,
    limits,
    pictures,
    polls,
    postgres,
    program,
    proposals,
    receiving,
    spends,
    stats,
)

MODULES = (
    spends,
    postgres,
    command,
    receiving,
    announcing,
    delivery,
    due,
    program,
    polls,
    growth,
    limits,
    imports,
    proposals,
    pictures,
    documents,
    stats,
)
BENCHMARKS = {module.__name__.rpartition(".")[2]: module.figures for module in MODULES}


def main(names: list[str]) -> None:
    for name in names or BENCHMARKS:
        for figure in BENCHMARKS[name]():
            print(figure, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
