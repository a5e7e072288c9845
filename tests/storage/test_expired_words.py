"""What expired by itself is gone from SQLite's files, byte by byte, once the bot has tidied up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.live_platforms import LivePlatforms
from bot.main import jobs_on
from core.announcements.model import Announcement, Stage
from core.audit_log import AuditRecord
from core.books import Books
from core.delivery.notice import EVERYBODY
from core.delivery.outcome import Sent
from core.inbox import KeptUpdate
from core.ledger import rulebook
from core.wallets.people import ChatRef
from storage import open_store
from tests.storage.sender import Sender, about
from tests.storage.teller import open_teller

if TYPE_CHECKING:
    from pathlib import Path

    from core.store import Store
    from tests.clock import TestClock

WORDS = ("quince", "medlar", "tamarind", "kumquat", "rambutan", "durian", "salak")


async def test_the_words_of_what_expired_are_in_no_file(file: Path, url: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        await _fill(store, clock)
        assert _found(file) == set(WORDS)
        clock.at += timedelta(days=366)
        await _tidy(store, clock)
        assert _found(file) == set()


async def test_what_has_not_expired_stays(file: Path, url: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        await _fill(store, clock)
        clock.at += timedelta(days=89)
        await _tidy(store, clock)
        assert _found(file) == {"medlar", "kumquat", "rambutan", "durian", "salak"}


async def _fill(store: Store, clock: TestClock) -> None:
    """Everything that is kept for a time only, each with a word of its own."""
    teller, now, sender = await open_teller(store, clock, "ann"), clock.now(), Sender(store, clock)
    await store.notes.put_note("ask:test:ann:test:ann", "quince", now + timedelta(minutes=15))
    await store.notes.put_note("press:0:1", "medlar", now + timedelta(days=90))
    await store.inbox.keep("telegram", [KeptUpdate(1, '{"text": "tamarind"}', now)])
    record = AuditRecord("k", now, teller.person, ChatRef("test", "team"), "/role who=kumquat", "done")
    await store.audit_log.record(record)
    await store.outbox.notify([about(teller.wallet)._replace(facts={"title": "rambutan"})], now)
    await sender.lease()
    (delivery,) = await sender.claim()
    await sender.settle(delivery, Sent("1"))
    draft = Announcement("0abc", "durian", EVERYBODY, by=teller.person, made=now)
    await store.announcements.new_announcement(draft)
    gone = await store.announcements.new_announcement(replace(draft, id="0abd", text="salak"))
    assert await store.announcements.change_announcement(gone, replace(gone, stage=Stage.DISCARDED), None)


async def _tidy(store: Store, clock: TestClock) -> None:
    """The jobs that forget, as the bot runs them."""
    for job in jobs_on(store, Books(store, rulebook.default(), clock), LivePlatforms()):
        if job.name in {"forget", "tidy"}:
            await job.run()


def _found(file: Path) -> set[str]:
    bytes_of = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    return {word for word in WORDS if word.encode() in bytes_of}
