"""`python -m benchmarks.peers`: our store beside other ledgers, on the same disk. QUICK=1 makes it short.

Every peer is a process of its own that prints its figures as one line of JSON. The rounds take turns, so that all saw
the same machine. A peer that cannot run is named with the reason and left out.
"""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.peers.callers import CALLERS, LOST, MANY, ONE
from benchmarks.spends import ALONE, TOGETHER
from benchmarks.till import WALLETS, Till, event_loop
from core.shared.ids import WalletId
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store import Store

OURS: Final = "ours"
PEERS_PYTHON: Final = Path(".venv-peers", "bin", "python")
ROUNDS: Final = 1 if QUICK else 3
PATIENCE: Final = 60
FAREWELL: Final = 20


@dataclass(frozen=True)
class Peer:
    """`python` is the interpreter of the environment in which its module runs."""

    name: str
    module: str
    python: Path = PEERS_PYTHON


PEERS: Final = (
    Peer("SQLModel session", "session", Path(sys.executable)),
    Peer("Red-DiscordBot's bank", "red"),
    Peer("django-hordak", "hordak"),
    Peer("python-accounting", "accounting"),
)


class LeftOutError(Exception):
    """Why a peer has no figures."""


def main() -> None:
    rounds = measure()
    ours = rounds.pop(OURS)
    for figure in shown(OURS, ours):
        print(figure)
    for name, theirs in rounds.items():
        for figure in (*shown(name, theirs), *compared(name, ours, theirs)):
            print(figure)


def measure() -> dict[str, list[dict[str, float]]]:
    """The figures of every round, by name. A peer that failed in one round is left out."""
    rounds: dict[str, list[dict[str, float]]] = defaultdict(list)
    peers = list(PEERS)
    for _ in range(ROUNDS):
        rounds[OURS].append(our_figures())
        for peer in tuple(peers):
            try:
                rounds[peer.name].append(figures_of(peer))
            except LeftOutError as why:
                print(f"{peer.name} is left out: {why}", flush=True)
                peers.remove(peer)
                rounds.pop(peer.name, None)
    return rounds


def our_figures() -> dict[str, float]:
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        return runner.run(_our_round(f"sqlite:///{Path(folder, 'store.db')}"))


async def _our_round(url: str) -> dict[str, float]:
    async with open_store(url) as store:
        till = Till(store)
        await till.open()
        return {
            ONE: await till.rate(1, ALONE),
            MANY: await till.rate(CALLERS, TOGETHER),
            LOST: await _lost(store, next(till.numbers)),
        }


async def _lost(store: Store, number: int) -> int:
    """The number of lost updates among spends from one wallet at the same time."""
    wallet = WalletId(number % WALLETS + 1)
    before = (await store.ledger.holding(wallet)).balance
    till = Till(store, count(number, WALLETS))
    await asyncio.gather(*(till.spend() for _ in range(CALLERS)))
    return CALLERS - (before - (await store.ledger.holding(wallet)).balance)


def figures_of(peer: Peer) -> dict[str, float]:
    """One round of a peer, in a process and a folder of its own."""
    if not peer.python.exists():
        raise LeftOutError("its environment is missing, `make bench-peers` builds it")
    with TemporaryDirectory(prefix="bench-", dir=".") as folder:
        given: dict[str, float] = json.loads(_output(peer, Path(folder).resolve()))
    return given


def _output(peer: Peer, folder: Path) -> str:
    command = [str(peer.python), "-m", f"benchmarks.peers.{peer.module}", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            output, errors = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise LeftOutError(f"it took longer than {PATIENCE} s") from error
    if process.returncode:
        raise LeftOutError((errors.strip().splitlines() or ["it failed without a word"])[-1])
    return output.splitlines()[-1]


def _end(process: subprocess.Popen[str]) -> None:
    """Stop a process as Ctrl-C does, so that it stops what it has started itself."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()


def shown(name: str, rounds: list[dict[str, float]]) -> Iterator[Figure]:
    for label in rounds[0]:
        unit = "" if label == LOST else ", spends/s"
        yield Figure(f"{name}, {label}{unit}", median(figures[label] for figures in rounds))


def compared(name: str, ours: list[dict[str, float]], theirs: list[dict[str, float]]) -> Iterator[Figure]:
    for label in (ONE, MANY):
        if label in theirs[0]:
            pairs = [figures[label] for figures in ours], [figures[label] for figures in theirs]
            yield Figure(f"{OURS} against {name}, {label}", ratio(*pairs))


if __name__ == "__main__":
    main()
