"""The daily review's nudges: that nothing was imported for long, and the question about a proposal without news."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.alerts.review_context import ReviewContext
from core.alerts.types.stale import refresh_stale
from core.alerts.types.unfed import refresh_unfed, unfed
from core.alerts.waiting import AskedAbout, first_worthwhile, to_ask
from core.delivery.notice import Notice
from core.ledger import rulebook
from core.ledger.model import Purpose, Snapshot
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.shared.ids import WalletId
from core.wallets.settings import Alerts, Settings
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from tests.core.dawn import Dawn

WALLET = WalletId(1)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = NOW.date()
DAY, MOMENT = timedelta(days=1), timedelta.resolution


def batch(number: int, at: datetime, kind: BatchKind = BatchKind.HISTORY, of: int | None = None) -> Batch:
    return Batch(WALLET, number, at, f"key{number}", kind=kind, of=of)


class TestUnfed:
    def context(
        self, *batches: Batch, now: datetime = NOW, alerts: Alerts | None = None, zone: str = "UTC"
    ) -> ReviewContext:
        settings = Settings(zone=zone, alerts=alerts or Alerts())
        return ReviewContext(
            Snapshot(WALLET),
            settings,
            rulebook.default(),
            (),
            NOW - 90 * DAY,
            None,
            since=now,
            now=now,
            batches=batches,
        )

    @pytest.mark.parametrize(("ago", "reported"), [(6, False), (7, True), (8, True), (9, False)])
    def test_it_is_reported_once_so_many_days_after_the_last_import(self, ago: int, *, reported: bool) -> None:
        found = unfed(self.context(batch(1, NOW - 30 * DAY), batch(2, NOW - ago * DAY + timedelta(hours=8))))
        last = (NOW - ago * DAY + timedelta(hours=8)).isoformat()
        assert [(one.key, dict(one.facts)) for one in found] == [("unfed:1:2", {"last": last, "days": 7})] * reported

    def test_who_does_not_import_is_not_reminded(self) -> None:
        week = NOW - 7 * DAY
        assert unfed(self.context()) == ()
        for kind in (BatchKind.TOLD, BatchKind.PROPOSALS, BatchKind.TRANSACTIONS, BatchKind.PINNED):
            assert unfed(self.context(batch(1, week, kind))) == ()
        assert unfed(self.context(batch(1, week), batch(2, week, of=1))) == ()
        assert unfed(self.context(batch(1, week), alerts=Alerts(unfed=None))) == ()

    def test_the_days_are_those_of_the_zone(self) -> None:
        late = datetime(2026, 3, 3, 23, tzinfo=UTC)  # March 4 in Auckland
        nine = datetime(2026, 3, 10, 20, tzinfo=UTC)  # March 11 there
        assert unfed(self.context(batch(1, late), now=nine, zone="Pacific/Auckland"))
        assert not unfed(self.context(batch(1, late), now=nine - DAY, zone="Pacific/Auckland"))

    def test_after_a_snooze_it_is_reported_again_if_it_still_holds(self) -> None:
        def snoozed(until: datetime) -> Alerts:
            return Alerts(snoozed=(("unfed", until),))

        old = batch(3, NOW - 12 * DAY)
        assert unfed(self.context(old, alerts=snoozed(NOW + DAY))) == ()
        (found,) = unfed(self.context(old, alerts=snoozed(NOW - MOMENT)))
        assert found.key == f"unfed:1:3:{(NOW - MOMENT).isoformat()}"
        assert unfed(self.context(batch(4, NOW - DAY), alerts=snoozed(NOW - MOMENT))) == ()

    def test_a_late_one_is_dropped_if_anything_was_booked_meanwhile(self) -> None:
        notice = Notice("unfed:1:2", "unfed", {}, WALLET)
        wallet = Snapshot(WALLET, at=NOW)
        assert refresh_unfed(notice, NOW, wallet, NOW + DAY) is notice
        assert refresh_unfed(notice, NOW - MOMENT, wallet, NOW + DAY) is None


class Sent(NamedTuple):
    """A proposal that waits: its name, how many days ago it was sent, and its last news."""

    ref: str
    ago: int
    news: int = 999

    @property
    def title(self) -> str:
        return f"Job {self.ref}"

    @property
    def sent(self) -> datetime:
        return NOW - self.ago * DAY

    @property
    def since(self) -> datetime:
        return NOW - min(self.ago, self.news) * DAY


class TestWhichIsAsked:
    def ask(self, *found: Sent, asked: dict[str, date] | None = None, since: datetime | None = None) -> list[str]:
        return [one.ref for one in to_ask(found, asked or {}, since, NOW - 14 * DAY, TODAY)]

    def test_the_one_with_the_oldest_news_comes_first(self) -> None:
        assert self.ask(Sent("3", 20), Sent("1", 40, news=15), Sent("2", 30)) == ["2", "3", "1"]

    def test_news_within_the_days_of_an_answer_count(self) -> None:
        assert self.ask(Sent("1", 40, news=13), Sent("2", 14)) == ["2"]

    def test_none_is_asked_about_again_within_two_weeks(self) -> None:
        assert self.ask(Sent("1", 40), Sent("2", 20), asked={"1": TODAY - 13 * DAY}) == ["2"]
        assert self.ask(Sent("1", 40), Sent("2", 20), asked={"1": TODAY - 14 * DAY}) == ["1", "2"]

    def test_nothing_is_asked_for_three_days_after_a_question(self) -> None:
        for ago, refs in ((1, []), (2, []), (3, ["2"])):
            assert self.ask(Sent("1", 40), Sent("2", 20), asked={"1": TODAY - ago * DAY}) == refs

    def test_a_review_that_runs_again_asks_the_same(self) -> None:
        assert self.ask(Sent("1", 40), Sent("2", 20), asked={"2": TODAY}) == ["2", "1"]

    def test_old_proposals_of_a_first_import_are_left_alone(self) -> None:
        fresh, first = batch(1, NOW - DAY), batch(1, NOW - 200 * DAY)
        proposals = (Sent("1", 300), Sent("2", 100), Sent("3", 50))
        for batches, refs in (((), ["1", "2", "3"]), ((fresh,), ["3"]), ((first,), ["2", "3"])):
            assert self.ask(*proposals, since=first_worthwhile(batches, NOW)) == refs
        page = batch(1, NOW - DAY, BatchKind.PROPOSALS)
        assert self.ask(*proposals, since=first_worthwhile((page,), NOW)) == ["3"]

    def test_one_that_is_a_day_late_is_dropped(self) -> None:
        notice = Notice("stale:1:x", "stale", {}, WALLET)
        assert refresh_stale(notice, NOW, Snapshot(WALLET), NOW + DAY - MOMENT) is notice
        assert refresh_stale(notice, NOW, Snapshot(WALLET), NOW + DAY) is None


class TestQuestions:
    """Played through the books, by the clock of the tests. It starts at nine on Saturday, January 10."""

    @pytest.fixture(autouse=True)
    async def _quiet(self, dawn: Dawn) -> None:
        await dawn.change_settings(digest=False, runway=None)
        booked(await dawn.ann.buy(200, dollars(3000)))

    async def live(self, dawn: Dawn, days: int) -> list[Notice]:
        """The notices of so many mornings."""
        heard: list[Notice] = []
        for _ in range(days):
            dawn.clock.pass_(days=1)
            heard += await dawn.review()
        return heard

    async def test_it_is_asked_about_after_the_days_of_an_answer_and_not_again_for_two_weeks(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(8, "Logo"))
        assert await self.live(dawn, 14) == []
        (notice,) = await self.live(dawn, 1)
        facts = dict(notice.facts)
        assert (notice.code, notice.urgent, facts.pop("sent")) == ("stale", False, "2026-01-10T09:00:00+00:00")
        assert facts == {"ref": "3", "title": "Logo", "days": 15, "others": 0}
        booked(await dawn.ann.spend(1, purpose=Purpose.BADGE))  # somebody still keeps these books
        assert await self.live(dawn, 13) == []
        assert [one.facts["ref"] for one in await self.live(dawn, 1)] == ["3"]

    async def test_one_at_a_time_with_the_number_of_the_others(self, dawn: Dawn) -> None:
        for title in ("Logo", "Web", "App"):
            booked(await dawn.ann.spend(8, title))
            dawn.clock.pass_(hours=1)
        heard = await self.live(dawn, 21)
        assert [(one.facts["title"], one.facts["others"]) for one in heard] == [("Logo", 2), ("Web", 1), ("App", 0)]

    async def test_an_answer_or_an_end_is_news(self, dawn: Dawn) -> None:
        proposals = Proposals(dawn.books.store, dawn.books.rulebook, dawn.clock)
        numbers = [booked(await dawn.ann.spend(8, title)).entry.number for title in ("Logo", "Web")]
        for number, state in zip(numbers, (ProposalState.REPLIED, ProposalState.DECLINED), strict=True):
            await proposals.tell(dawn.ann.new_request, ProposalSighting(1, state, number=number))
        assert await self.live(dawn, 20) == []

    async def test_who_has_left_the_books_alone_is_not_asked(self, dawn: Dawn) -> None:
        await dawn.change_settings(answer=30)
        booked(await dawn.ann.spend(8, "Logo"))
        assert await self.live(dawn, 40) == []

    async def test_it_is_not_asked_when_switched_off_or_snoozed(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(8, "Logo"))
        await dawn.change_settings(stale=False)
        assert await self.live(dawn, 15) == []
        await dawn.change_settings(stale=True, snoozed=(("stale", dawn.clock.now() + 2 * DAY),))
        assert await self.live(dawn, 1) == []
        assert [one.code for one in await self.live(dawn, 3)] == ["stale"]

    async def test_nothing_yet_puts_it_off_by_two_weeks(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(8, "Logo"))
        await self.live(dawn, 10)
        booked(await dawn.ann.spend(8, "Web"))
        await self.live(dawn, 3)
        now = dawn.clock.now()
        await AskedAbout(dawn.books.store.notes, dawn.ann.wallet).note("3", now.date(), now)
        assert [one.facts["title"] for one in await self.live(dawn, 13)] == ["Web"]
        assert [one.facts["title"] for one in await self.live(dawn, 2)] == ["Logo"]
