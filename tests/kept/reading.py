"""All that a store reads from a database, as text that has only values in their order and no names of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from bot.base.background_jobs import Jobs
from bot.main import jobs_on
from core.shared.ids import PersonId

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from tests.bot.stage import Bot

MANY = 1000


def plain(value: object) -> str:
    """A value as text. A record gives only its values, so that its fields may be renamed."""
    match value:
        case None:
            text = "-"
        case Enum():
            text = str(value.value)
        case datetime():
            text = value.isoformat()
        case Mapping():
            text = plain(sorted(value.items()))
        case tuple() | list():
            text = f"({', '.join(map(plain, value))})"
        case _ if is_dataclass(value):
            text = plain([getattr(value, one.name) for one in fields(value)])
        case _:
            text = str(value)
    return text


async def reads(bot: Bot, notices: Iterable[str]) -> str:
    """Everything, each part under a heading."""
    lines: list[str] = []
    async for heading, rows in _all(bot, notices):
        lines += [heading, *(f"    {plain(row)}" for row in rows), ""]
    return "\n".join(lines)


async def _all(bot: Bot, notices: Iterable[str]) -> AsyncIterator[tuple[str, Iterable[object]]]:
    store, end = bot.store, bot.clock.now() + timedelta(days=MANY)
    yield "people", sorted((await store.people.names(map(PersonId, range(MANY)))).items())
    async with store.read_journal() as audit:
        async for shelf in audit.snapshots():
            head = shelf.head
            state = (
                head.entries,
                head.lots_made,
                head.balance,
                head.seal,
                head.at,
                head.threshold,
                head.low,
                head.budget,
            )
            yield f"wallet {head.wallet}", [await store.people.settings_of(head.wallet), state, *sorted(head.lots)]
            yield f"journal {head.wallet}", [row async for row in shelf.entries]
    for promotion in reversed(await store.promotions.newest(MANY)):
        yield f"promotion {promotion.id}", [promotion, *await store.promotions.claims_on(promotion.id)]
    yield "subscriptions", await store.subscriptions.subscribers()
    yield "series", [await store.recurring.one_series(number) for number in range(1, 7)]
    yield "actions", reversed(await store.audit_log.records(MANY))
    yield "due", sorted((task.name, task.at) for task in await store.tasks.due_by(end, MANY))
    for key in notices:
        yield f"notice {key}", (*sorted(await store.outbox.deliveries(key)), *await store.outbox.sent_as(key))
    jobs = Jobs(jobs_on(bot.store, bot.books, bot.live_platforms), store.notes, bot.clock)
    yield "jobs", [(job.name, await jobs.last(job.name)) for job in jobs.all]
