"""Spends a second on PostgreSQL, beside pgbench, which runs the same spend as one stored procedure."""

from __future__ import annotations

import asyncio
import re
import subprocess
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

import psycopg

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import MANY, Till, event_loop
from storage import open_store, upgrade
from tests.postgres import MissingError, Server, binaries, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WALLETS: Final = 1000
ROUNDS: Final = 3 if QUICK else 6
SECONDS: Final = 2 if QUICK else 5
SPENDS: Final = 8_000 if QUICK else 30_000
CLIENTS: Final = (8, 16, 32, 64)
SPEND: Final = """
CREATE SEQUENCE bench_id START 1000000000;
CREATE FUNCTION bench_spend(w bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint := nextval('bench_id'); k text := 'pgb:' || n; a wallet; l lot; low boolean;
    seal text := '0123456789abcdef0123456789abcdef';
BEGIN
    PERFORM 1 FROM entry WHERE key = k;
    IF FOUND THEN RETURN 0; END IF;
    SELECT * INTO a FROM wallet WHERE id = w FOR NO KEY UPDATE;
    SELECT * INTO l FROM lot WHERE lot.wallet = w AND open ORDER BY number LIMIT 1;
    low := a.balance >= a.threshold AND a.threshold > a.balance - 1;
    INSERT INTO entry VALUES
        (n, w, a.entries + 1, a.at, 'spend', a.balance - 1, k, seal, 1, 'Logo', '', NULL, seal, a.entries + 1, NULL,
         seal, seal);
    INSERT INTO posting VALUES
        (n, 0, 'wallet:' || w, -1, l.number, -30, 0, l.currency),
        (n, 1, 'expense:proposal', 1, l.number, 30, 0, l.currency);
    UPDATE lot SET "left" = l."left" - 1, worth_net = l.worth_net - 30 WHERE lot.wallet = w AND number = l.number;
    UPDATE wallet SET entries = a.entries + 1, balance = a.balance - 1 WHERE id = w;
    RETURN n;
END $$;
"""


@dataclass
class Rounds:
    """Spends a second, round by round: by pgbench and by us, from all wallets and from one."""

    theirs: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    theirs_on_one: list[float] = field(default_factory=list)
    ours_on_one: list[float] = field(default_factory=list)


def figures() -> Iterator[Figure]:
    """No figures if PostgreSQL is not installed. The server has its defaults, so a commit waits for the disk."""
    try:
        pgbench = binaries() / "pgbench"
    except MissingError:
        return
    with running({}) as server, asyncio.Runner(loop_factory=event_loop()) as runner:
        best = _prepare(server, pgbench, runner)
        rounds = runner.run(_rounds(server, pgbench, best))
    yield Figure(f"PostgreSQL, pgbench at its best ({best} clients), spends/s", median(rounds.theirs))
    yield Figure(f"PostgreSQL, {MANY} callers, spends/s", median(rounds.ours))
    yield Figure(f"PostgreSQL, {MANY} callers on one wallet, spends/s", median(rounds.ours_on_one))
    yield Figure(f"PostgreSQL, {MANY} callers against pgbench", ratio(rounds.ours, rounds.theirs), 3)
    yield Figure("PostgreSQL, one wallet against many", ratio(rounds.ours_on_one, rounds.ours), 0.9)
    on_one = ratio(rounds.ours_on_one, rounds.theirs_on_one)
    yield Figure(f"PostgreSQL, one wallet against a transaction for each spend, {MANY} clients", on_one, 10)


def _prepare(server: Server, pgbench: Path, runner: asyncio.Runner) -> int:
    """Make two equal databases, and find the number of clients with which pgbench is fastest."""
    upgrade(server.make("ours"))
    runner.run(_open(server.url("ours")))
    with psycopg.connect(server.make("theirs", "ours"), autocommit=True) as connection:
        connection.execute(SPEND.encode())
    return max(CLIENTS, key=lambda clients: _pgbench(server, pgbench, clients, WALLETS))


async def _open(url: str) -> None:
    async with open_store(url) as store:
        await Till(store, wallets=WALLETS).open()


async def _rounds(server: Server, pgbench: Path, best: int) -> Rounds:
    rounds = Rounds()
    async with open_store(server.url("ours")) as store:
        till = Till(store, wallets=WALLETS)
        one = Till(store, till.numbers, wallets=1)
        for _ in range(ROUNDS):
            rounds.theirs.append(_pgbench(server, pgbench, best, WALLETS))
            rounds.ours.append(await till.rate(MANY, SPENDS))
            rounds.theirs_on_one.append(_pgbench(server, pgbench, MANY, 1))
            rounds.ours_on_one.append(await one.rate(MANY, SPENDS))
    return rounds


def _pgbench(server: Server, pgbench: Path, clients: int, wallets: int) -> float:
    script = server.folder / f"spend-{wallets}.sql"
    script.write_text(f"\\set w random(1, {wallets})\nSELECT bench_spend(:w);\n")
    words = ("-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(SECONDS), "-f", str(script))
    done = subprocess.run(
        [str(pgbench), *words, "-h", str(server.folder), "-U", "books", "theirs"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0
