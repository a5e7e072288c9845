"""Updates received by a process that is killed again and again, and what came of each."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from core.verification import verify
from core.wallets.people import Identity
from storage import open_journal, open_store
from tests.crash.receiver import receive
from tests.crash.trial import NURSERY, killed, until
from tests.loopback.telegram import TelegramServer
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.process import BaseProcess

    from core.store import Store
    from tests.loopback.telegram import Person

WORDS: Final = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "ivory", "junco")
UNDER_WAY: Final = 0.002
"""Seconds that an answer is under way at least, so that a kill finds some there."""

AGAIN: Final = 0.02


@dataclass(frozen=True)
class Plan:
    """`people` write `each` lines, at most as many as there are words; the process is killed `kills` times."""

    url: str
    webhook: bool = True
    people: int = 20
    each: int = 10
    kills: int = 10
    seed: int = 1


@dataclass(frozen=True)
class Verdict:
    """What came of all lines, each named by who wrote it and its word."""

    plan: Plan
    seconds: float
    lines: int
    lost: list[str]
    doubled: list[str]
    silent: list[str]
    """Booked, but never answered."""
    repeated: int
    """Answered more than once."""
    left: int
    """Updates that are not finished at the end."""
    fault: str | None

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.silent or self.left or self.fault)

    def __str__(self) -> str:
        plan, store = self.plan, self.plan.url.partition(":")[0]
        return (
            f"telegram by {'webhook' if plan.webhook else 'polling'} on {store}: {self.lines:,} updates, "
            f"{plan.kills} kills, lost {len(self.lost)}, booked twice {len(self.doubled)}, "
            f"answered never {len(self.silent)}, twice {self.repeated}, {self.seconds:.1f} s"
        )


async def carry_out(plan: Plan) -> Verdict:
    """Play a plan to its end."""
    began, chance = time.monotonic(), Random(plan.seed)  # noqa: S311 - it is to be the same again, not a secret
    async with TelegramServer() as server:
        server.travel.takes(UNDER_WAY, UNDER_WAY)
        server.state.back_off = _soon
        people = [server.user(f"P{number}", language_code="en") for number in range(plan.people)]
        written = ["/start", *(f"/spend 1 Logo {word}" for word in WORDS[: plan.each])]
        lines, errand = [(person, line) for line in written for person in people], _errand(plan, server)
        portion = len(lines) // (plan.kills + 1)
        for number in range(plan.kills):
            await _write(lines[number * portion : (number + 1) * portion])
            await _kill_after(server, chance.randint(1, portion), _started(errand))
        await _write(lines[plan.kills * portion :])
        await _to_its_end(server, _started(errand))
        async with open_store(plan.url) as store:
            return await _judged(store, plan, people, time.monotonic() - began)


async def _write(lines: Iterable[tuple[Person, str]]) -> None:
    for person, line in lines:
        await person.say(line)


async def _soon(_seconds: float) -> None:
    """Telegram would wait longer and longer; here a process that has just started is not to wait for it."""
    await asyncio.sleep(AGAIN)


@dataclass(frozen=True)
class Errand:
    """What a process is told, and where it listens (empty: it polls)."""

    settings: dict[str, str]
    hook: str


def _errand(plan: Plan, server: TelegramServer) -> Errand:
    settings = {"database_url": plan.url, "telegram_token": server.token, "telegram_api_url": server.url}
    if not plan.webhook:
        return Errand(settings, "")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Errand(settings | {"telegram_webhook_port": str(port)}, f"http://127.0.0.1:{port}/hook")


def _started(errand: Errand) -> BaseProcess:
    process = NURSERY.Process(target=receive, args=(errand.settings, errand.hook), daemon=True)
    process.start()
    return process


def _answers(server: TelegramServer) -> int:
    return sum(len(chat.sent) for chat in server.state.chats.values())


async def _kill_after(server: TelegramServer, answers: int, process: BaseProcess) -> None:
    """Let it send so many answers more than there are, and kill it."""
    mark = _answers(server) + answers
    try:
        await until(lambda: _answers(server) >= mark, process)
    finally:
        await killed(process)


async def _to_its_end(server: TelegramServer, process: BaseProcess) -> None:
    """Until all updates are taken and all that was taken is finished, which a process does before it ends."""
    before = _listened(server)
    try:
        await until(lambda: _listened(server) > before and not server.updates.queue, process)
        process.terminate()
        await asyncio.to_thread(process.join, PATIENCE)
        assert process.exitcode == 0, f"the last one ended with code {process.exitcode}"
    finally:
        await killed(process)


def _listened(server: TelegramServer) -> int:
    """How often a process began to receive updates, which it does after all that was left had been begun again."""
    return len(server.calls("setWebhook")) + len(server.calls("deleteWebhook"))


async def _judged(store: Store, plan: Plan, people: list[Person], seconds: float) -> Verdict:
    """Compare what people wrote with what is in the books and in their chats."""
    booked, answered = Counter[str](), Counter[str]()
    wanted = {f"{person.id} {word}" for person in people for word in WORDS[: plan.each]}
    for person in people:
        owner = (await store.people.person(Identity("telegram", str(person.id)), person.name)).id
        wallet = await store.people.wallet_of(owner)
        assert wallet is not None, f"{person.name} has no wallet"
        entries = await store.ledger.history(wallet.id, None, 1000)
        booked.update(f"{person.id} {entry.memo.removeprefix('Logo ')}" for entry in entries if entry.memo)
        for message in person.private.sent:
            answered.update(f"{person.id} {word}" for word in WORDS if f"Logo {word}" in message.text)
    left = len(await store.inbox.unfinished("telegram"))
    async with open_journal(plan.url) as journal:
        fault = (await verify(journal)).fault
    return Verdict(
        plan,
        seconds,
        len(wanted) + len(people),
        lost=sorted(wanted - booked.keys()),
        doubled=sorted(line for line, times in booked.items() if times > 1),
        silent=sorted(wanted - answered.keys()),
        repeated=sum(times > 1 for times in answered.values()),
        left=left,
        fault=None if fault is None else str(fault),
    )
