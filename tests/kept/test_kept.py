"""What an earlier version wrote is read as it was, and everything that waited in it goes on.

Nothing here is compared with our sentences, which may be improved.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from bot.dispatch.dialog import Dialog
from bot.jobs.live_progress import LiveProgress
from core.announcements.model import Stage
from core.announcements.service import AnnouncementService
from core.delivery.state import State
from core.ledger.model import Kind
from core.promotions.model import ClaimState
from core.scheduling.runner import TaskRunner
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.money import CostState, Price
from core.wallets.people import Chat, ChatKind, ChatRef
from tests.bot.telling import live_on
from tests.kept.reading import reads

if TYPE_CHECKING:
    import pytest

    from core.ledger.model import Entry
    from tests.kept.conftest import Kept

ANN, BOB, CLEO, DORA = map(PersonId, (3, 4, 5, 6))
WALLETS = {ANN: WalletId(3), BOB: WalletId(4), CLEO: WalletId(5), DORA: WalletId(6)}
TEAM = WalletId(7)
AHEAD = ("expired:4:4", "2002")  # of a wallet whose last entry was booked by a clock that was ahead
NOTICE_CODES = (
    "alarm",
    "alarm-over",
    "announcement",
    "budget",
    "digest",
    "expired",
    "expiring",
    "low",
    "missing",
    "monthly",
    "progress",
    "promotion",
    "promotion-ending",
    "runway",
    "test",
)


async def balance(kept: Kept, person: PersonId) -> int:
    return (await kept.bot.store.ledger.holding(WALLETS[person])).balance


async def status(kept: Kept, number: int) -> Status:
    promotion = await kept.bot.store.promotions.promotion(PromotionId(number))
    assert promotion is not None
    return promotion.status


async def newest(kept: Kept, person: PersonId) -> Entry:
    (entry,) = await kept.bot.store.ledger.history(WALLETS[person], None, 1)
    return entry


def since_then(golden: str) -> str:
    """What was read then, with what is read otherwise today.

    A lot of an opening balance has an unknown cost, and a group's alerts have no place yet, so that none is lost. There
    were no alerts about proposals, imports and limits, no settings of figures and teams, and no moderators. An entry
    happened when it was booked; its memo has neither salt nor digest.
    """
    lots = re.sub(r"^( +\(\d+, opening, .*), -, -\)$", r"\1, (0, 0, XXX), (0, 0, XXX))", golden, flags=re.MULTILINE)
    entries = re.sub(r"^( +\(\d+, \d+, .*, [0-9a-f]{32}, \d+)\)$", r"\1, -, , )", lots, flags=re.MULTILINE)
    terms = re.sub(r"^( +\(\d+, \w+, \(.*, (?:True|False))\)", r"\1, False)", entries, flags=re.MULTILINE)
    return re.sub(
        r"^( +\(.*, (?:group|private|both), .*)\)\)$",
        r"\1, -, -, True, 7, 14, True, ), (False, False), ((), False, False, -, (), (), (), 0, ()))",
        terms,
        flags=re.MULTILINE,
    )


class TestAsItWasKept:
    async def test_its_announcements_have_numbers_and_can_be_corrected(self, kept: Kept) -> None:
        store = kept.bot.store
        found = await store.announcements.newest_announcements(50, 0, datetime(2026, 1, 1, tzinfo=UTC))
        assert [one.number for one in found] == list(range(len(found), 0, -1))
        (hello,) = [one for one in found if one.text == "Hello everybody"]
        assert hello.stage is Stage.SENT
        service = AnnouncementService(store, kept.bot.clock)
        assert await service.find(str(hello.number)) == await service.find(hello.id) == hello
        assert await service.correct(hello, "Hello all")
        mends = (await service.tally(hello.id)).mending
        assert mends is not None
        assert mends.waiting == len(await store.outbox.sent_as(hello.name))

    async def test_it_is_whole_and_reads_as_it_did(self, kept: Kept) -> None:
        verdict = await kept.bot.books.verify()
        assert (verdict.fault, verdict.fingerprint) == (None, kept.known["fingerprint"])
        assert await reads(kept.bot, kept.known["notices"]) == since_then(kept.golden)

    async def test_what_was_done_is_known_when_it_comes_in_once_more(
        self, kept: Kept, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for pressed in ("undone", "approved"):
            await kept.press(pressed)
        for who, line, at, number, presses in kept.known["said"]:
            kept.bot.clock.at = datetime.fromisoformat(at)
            monkeypatch.setattr("tests.bot.stages.desk.numbers", count(number))
            await kept.people[who].say(line)
            now = [press.replace("return #", "return ") for press in kept.people[who].buttons.values()]
            # the buttons of 0.1 say "return 11", and go on being understood; those of proposals did not exist
            assert [press for press in now if "|proposals" not in press] == presses, line
        assert (await kept.bot.books.verify()).fingerprint == kept.known["fingerprint"]

    async def test_what_happens_once_happened(self, kept: Kept) -> None:
        team = Chat(ChatRef("telegram", "Team"), ChatKind.GROUP, "Team")
        assert await kept.bot.desk.chat_joined(team, "en") is None
        for line in ("/earn monthly", "/claim summer", "/start"):
            await kept.people["Ann"].say(line)
        assert (await kept.bot.books.verify()).fingerprint == kept.known["fingerprint"]


class TestAnOpeningBalanceOfThatTime:
    """It was booked without a cost."""

    async def test_is_asked_about_once_by_an_admin(self, kept: Kept) -> None:
        asked, bought = "I do not know yet what 200 of your Connects cost.", "Bought at the list price ($30.00)"
        assert asked not in (await kept.people["Ann in Team"].say("/balance")).text
        heard = await kept.people["Lea in Team"].say("/balance")
        assert asked in heard.text
        for line in ("/balance", "/lots"):
            assert asked not in (await kept.people["Lea in Team"].say(line)).text
        await kept.people["Lea in Team"].say("/cost")
        heard = await kept.people["Lea in Team"].press(bought)
        assert "Cost of 200 Connects" in heard.text
        assert "$" not in heard.text
        balance = await kept.bot.books.balance(TEAM)
        assert (balance.unknown, balance.paid, balance.worth) == (0, 130, (Price(1950, 0, "USD"),))
        assert (await kept.bot.books.verify()).fault is None

    async def test_is_unknown_in_what_comes_of_it_and_in_the_export(self, kept: Kept) -> None:
        lea = kept.people["Lea in Team"]
        assert "Cost: unknown" in (await lea.say("/spend 10 Tender")).text
        await lea.say("/cost 20 free")
        await lea.say("/export postings=yes")
        (content,) = (await lea.read_later("exactly as they were booked")).files.values()
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {row["cost"] for row in rows if row["lot"] == "1"} == {"unknown"}
        assert {row["cost"] for row in rows if row["lot"] == "2"} == {"free"}
        assert {(row["net"], row["currency"]) for row in rows if row["lot"] == "1"} == {("", "")}

    async def test_reads_in_the_past_as_it_does_now(self, kept: Kept) -> None:
        lots = await kept.bot.store.ledger.lots_at(TEAM, kept.bot.clock.now())
        assert lots == (await kept.bot.store.ledger.holding(TEAM)).lots
        assert [lot.cost_state for lot in lots] == [CostState.UNKNOWN]


class TestWhatWaitsForAnAnswer:
    async def test_questions_are_answered_and_a_spend_is_undone(self, kept: Kept) -> None:
        await kept.people["Cleo"].say("16")
        asked = await newest(kept, CLEO)
        await kept.press("undo")
        undone = await newest(kept, CLEO)
        assert (asked.kind, asked.delta, undone.kind, undone.of) == (Kind.SPEND, -16, Kind.UNDO, asked.number - 1)
        await kept.press("stored")  # a button of a question, whose line is kept elsewhere
        titled = await newest(kept, ANN)
        assert (titled.delta, titled.memo.partition(",")[0]) == (-3, "The whole of a very long title")

    async def test_a_promotion_is_claimed_once_and_a_contest_entered(self, kept: Kept) -> None:
        before = [await balance(kept, person) for person in (ANN, CLEO)]
        for _ in range(2):
            await kept.press("claim")
        await kept.people["Cleo"].say("/claim summer")
        await kept.press("enter")
        given = [await balance(kept, person) for person in (ANN, CLEO)]
        assert given == [before[0] + 15, before[1] + 30]
        assert [await kept.claim(number, ANN) for number in (4, 5)] == [ClaimState.ENTERED, ClaimState.GIVEN]

    async def test_an_operator_goes_on(self, kept: Kept) -> None:
        before = await balance(kept, DORA)
        for button in ("sure", "launch", "start", "approve"):
            await kept.press(button)
        assert [await status(kept, number) for number in (6, 7)] == [Status.LIVE, Status.CANCELLED]
        series = await kept.bot.store.recurring.one_series(6)
        assert (None if series is None else series.status) is Status.LIVE
        assert (await balance(kept, DORA), await kept.claim(2, DORA)) == (before + 20, ClaimState.GIVEN)


class TestWhatIsOnItsWay:
    async def test_what_waits_is_sent_and_what_was_under_way_settled(self, kept: Kept) -> None:
        before = await kept.deliveries()
        waiting = {one for one, state in before.items() if state in {State.PENDING, State.SENDING}}
        assert {key.partition(":")[0] for key, _ in waiting} == set(NOTICE_CODES)
        await kept.send()
        after = await kept.deliveries()
        in_doubt = {(key, chat) for key, chat in waiting if before[key, chat] is State.SENDING and chat == "cleo"}
        later = {(key, chat) for key, chat in waiting if after[key, chat] is State.PENDING}
        assert [after[one] for one in in_doubt] == [State.UNKNOWN]
        assert {chat for _, chat in later} == {"2002"}
        assert {after[one] for one in waiting - in_doubt - later} == {State.SENT}
        kept.bot.clock.pass_(hours=12)  # then it is morning there
        await kept.send()
        sent = await kept.deliveries()
        assert {sent[one] for one in later - {AHEAD}} == {State.SENT}
        unmoved = {one for one in before if one not in waiting}
        assert {one: sent[one] for one in unmoved} == {one: before[one] for one in unmoved}

    async def test_warnings_are_sent_with_their_buttons(self, kept: Kept) -> None:
        await kept.send()
        presses = [press for one in kept.carriers["telegram"].carried if one.chat == "1003" for press in one.presses]
        live_on(kept.bot, kept.carriers["telegram"])
        lea = kept.people["Lea"]
        lea.buttons = {press.partition("|")[2]: press for press in presses}
        assert {f"snooze {alert} 7 of={TEAM}" for alert in ("low", "budget")} <= lea.buttons.keys()
        await lea.press("snooze budget")
        settings = await kept.bot.store.people.settings_of(TEAM)
        assert [code for code, _ in settings.alerts.snoozed] == ["budget"]

    async def test_deliveries_held_in_doubt_or_written_in_part_go_on(self, kept: Kept) -> None:
        assert {*await kept.announced("Not sent")} == {"cleo", "2002"}
        for button in ("resume", "resend", "send"):
            await kept.press(button)
        await kept.send()
        assert {*(await kept.announced("Held")).values()} == {State.SENT}
        assert (await kept.announced("Hello everybody"))["2002"] is State.SENT
        spread = await kept.bot.store.outbox.deliveries(kept.known["announced"]["Not sent"])
        places = {(target.chat, target.direct, state) for target, state, _ in spread}
        assert {("1001", True, State.SENT), ("Team", False, State.SENT)} < places
        assert len(places) == 4

    async def test_the_message_that_is_watched_is_changed(self, kept: Kept) -> None:
        bot, carrier = kept.bot, kept.carriers["telegram"]
        live_on(bot, carrier)
        watching = LiveProgress(
            bot.store, bot.clock, Dialog(bot.store.notes), AnnouncementService(bot.store, bot.clock), bot.live_platforms
        )
        await TaskRunner(bot.store.tasks, bot.store.outbox, bot.clock, {"progress": watching.run}).run_due()
        await watching.finish()
        assert [(one.chat, one.message) for one in carrier.amended] == [("1", "m1")]


class TestWhatFallsDue:
    async def test_the_coming_month(self, kept: Kept) -> None:
        await kept.people["Cleo"].say("/settings zone=Europe/Berlin")  # changes when her wallet is looked at
        await kept.pass_until(*(datetime(2026, 6, day, hour, tzinfo=UTC) for day, hour in TIMES))
        assert {*(await kept.states("announcement:series-1-202606150600")).values()} == {State.SENT}
        assert {*(await kept.states("announcement:series-3-202606300700"))} == {"1001", "2002", "Team", "cleo"}
        assert [await status(kept, number) for number in (1, 2, 4, 5)] == [Status.ENDED] * 4
        drawn = {await kept.claim(4, person) for person in (CLEO, DORA)}
        assert drawn == {ClaimState.GIVEN, ClaimState.LOST}
        assert await kept.claim(3, BOB) is ClaimState.GIVEN
        assert (await kept.states("promotion:3:won:4"))["2002"] is State.SENT
        assert State.SENT in (await kept.states("promotion:4:end")).values()
        looks = [due for due in await kept.bot.store.tasks.due_by(SOON, 1000) if due.name.startswith("wallet:")]
        assert len(looks) == 10
        assert min(due.at for due in looks) > kept.bot.clock.now() - timedelta(hours=1)


TIMES = ((8, 12), (9, 11), (13, 11), (15, 6), (15, 10), (19, 11), (21, 11), (22, 16), (30, 7), (30, 10))
SOON = datetime(2026, 8, 1, tzinfo=UTC)


async def test_a_chain_goes_on_with_seals_of_the_second_version(kept: Kept) -> None:
    """The first entry after the migration follows a seal of the first version."""
    before = await newest(kept, ANN)
    await kept.people["Ann"].say("/buy 10")
    await kept.people["Ann"].say("/spend 1 Logo")
    after = await newest(kept, ANN)
    assert (before.seal[:2] == "2:", after.seal[:2] == "2:") == (False, True)
    assert (before.salt, before.digest) == ("", "")
    assert len({after.salt, after.digest, ""}) == 3
    assert (await kept.bot.books.verify()).fault is None
