"""The operator hears who won, sees the prizes, and passes on that of a winner who cannot be reached, in public view."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Unreachable
from core.promotions.model import ClaimState
from core.promotions.redraw import PASSED_ON, RedrawService
from core.retention import KEPT
from core.shared.ids import PromotionId
from core.shared.refusals import Outage, UnavailableError
from core.wallets.people import ChatKind, Identity, private_chat
from tests.bot.carrier import FakeCarrier
from tests.bot.promoting import launched, look
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver, deliver_all

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Bot

NAMES = ("ann", "bob", "col", "dan")
NUMBER = PromotionId(1)


class Blocked(FakeCarrier):
    """A platform on which some people have blocked the bot."""

    blocked: frozenset[str] = frozenset()

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        if target.chat in self.blocked:
            return Unreachable("blocked")
        return await super().carry(target, given, speak, nonce)


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    """A bot without background jobs, so that only the test runs what falls due; at the end the books are verified."""
    async with a_bot(works=False) as bot:
        yield bot
        verdict = await bot.books.verify()
        assert verdict.fault is None, verdict.fault


async def players(bot: Bot) -> dict[str, DeskPlayer]:
    """Four people with wallets, of whom the first has subscribed."""
    found = {name: await DeskStage(bot).person(name) for name in NAMES}
    for player in found.values():
        await player.say("/start")
    await found["ann"].say("/subscribe")
    return found


async def drawn(bot: Bot, boss: DeskPlayer, winners: int = 1, *, blocked: bool = False) -> list[str]:
    """A contest that has ended; everybody in the order of the draw, the winners first.

    `blocked`: all of them have blocked the bot before that.
    """
    people = await players(bot)
    await launched(boss, f'Big draw gives=100 ends="3 days" winners={winners}')
    await look(bot)
    for player in people.values():
        await player.say("/claim 1")
    for name in NAMES if blocked else ():
        await bot.desk.chat_left(private_chat(Identity("desk", name)), ChatKind.PRIVATE, "blocked")
    bot.clock.pass_(days=3)
    await look(bot)
    promotion = await bot.store.promotions.promotion(NUMBER)
    assert promotion is not None
    lots = {n: hashlib.sha256(f"{promotion.seed}:{n}".encode()).hexdigest() for n in range(1, 5)}
    return [NAMES[number - 1] for number in sorted(lots, key=lots.__getitem__)]


def entry(name: str) -> str:
    return f"#{NAMES.index(name) + 1} {name}"


async def states(bot: Bot) -> dict[str, ClaimState]:
    claims = await bot.store.promotions.claims_on(NUMBER)
    return {NAMES[claim.number - 1]: claim.state for claim in claims}


class TestWinners:
    async def test_the_operator_hears_who_won(self, bot: Bot, boss: DeskPlayer) -> None:
        first, *_ = await drawn(bot, boss)
        carrier = FakeCarrier("desk")
        await deliver_all(bot, carrier)
        (told,) = [one.text for one in carrier.carried if one.chat == "boss"]
        assert told == f"Promotion 1, “Big draw”, is drawn. Entries: 4\nDrawn: {entry(first)}"

    async def test_the_card_shows_the_winners_with_their_prizes(self, bot: Bot, boss: DeskPlayer) -> None:
        first, *_ = await drawn(bot, boss)
        shown = (await boss.say("/promo show 1")).text
        assert f"Winner {entry(first)}: 100 Connects, booked" in shown
        assert "Prizes booked: 1 of 1" in shown
        assert "Winners:" not in shown

    async def test_the_card_shows_from_the_start_what_there_is_to_win(self, boss: DeskPlayer) -> None:
        await launched(boss, 'Draw gives=100 winners=3 ends="3 days"')
        assert "Winners: 3, each with 100 Connects" in (await boss.say("/promo show 1")).text
        await launched(boss, 'Small draw gives=1 winners=1 ends="3 days"')
        assert "Winners: 1, with 1 Connect" in (await boss.say("/promo show 2")).text
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        assert "Each person gets: 20 Connects" in (await boss.say("/promo show 3")).text

    async def test_a_promotion_with_a_supply_shows_how_many_of_how_many_claimed(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        people = await players(bot)
        await launched(boss, 'Bonus gives=20 ends="3 days" supply=50')
        await people["bob"].say("/claim 1")
        assert "Claimed: 1 of 2" in (await boss.say("/promo show 1")).text


class TestRedrawing:
    async def test_who_cannot_be_reached_is_offered_by_a_button(self, bot: Bot, boss: DeskPlayer) -> None:
        first, second, *_ = await drawn(bot, boss)
        carrier = Blocked("desk")
        carrier.blocked = frozenset({first})
        await deliver_all(bot, carrier)
        await boss.say("/promo show 1")
        heard = await boss.press("Redraw #")
        assert heard.text.startswith(f"{entry(first)} was drawn for 100 Connects. They are taken back")
        assert heard.buttons[0] == f"{entry(second)} instead of {entry(first)}"
        heard = await boss.press(f"{entry(second)} instead")
        assert heard.text.startswith(f"The prize of {entry(first)} goes to {entry(second)}")
        assert f"Winner {entry(second)}: 100 Connects, booked" in heard.text
        assert "Given: 100 Connects" in heard.text
        assert (await states(bot))[first] is ClaimState.FORFEITED
        assert (await states(bot))[second] is ClaimState.GIVEN

    async def test_so_is_who_had_blocked_the_bot_before_the_draw(self, bot: Bot, boss: DeskPlayer) -> None:
        first, *_ = await drawn(bot, boss, blocked=True)
        await deliver_all(bot, FakeCarrier("desk"))
        assert f"Redraw {entry(first).partition(' ')[0]}" in (await boss.say("/promo show 1")).buttons
        bot.clock.pass_(days=81)  # by now it may be forgotten what became of the notice
        assert not any("Redraw" in label for label in (await boss.say("/promo show 1")).buttons)

    async def test_it_is_posted_where_the_result_was(self, bot: Bot, boss: DeskPlayer) -> None:
        first, second, *_ = await drawn(bot, boss)
        await deliver_all(bot, FakeCarrier("desk"))
        assert (
            "Posted: in 1 chat that got the result" in (await boss.say("/promo redraw 1 claim=" + entry(first)[1])).text
        )
        await boss.press(f"{entry(second)} instead")
        carrier = FakeCarrier("desk")
        await deliver_all(bot, carrier)
        (posted,) = [one.text for one in carrier.carried if "by the same seed" in one.text]
        assert f"{entry(first)} was drawn, but the organizer says that they cannot be reached." in posted
        assert f"The prize goes to the next entry by the same seed: {entry(second)}." in posted
        assert "SHA-256" in posted
        assert any(one.chat == second and "You won 100 Connects" in one.text for one in carrier.carried)

    async def test_a_press_that_comes_twice_passes_it_on_once(self, bot: Bot, boss: DeskPlayer) -> None:
        first, second, *_ = await drawn(bot, boss)
        await boss.say("/promo redraw 1 claim=" + entry(first)[1])
        await boss.press_twice(f"{entry(second)} instead")
        assert sorted((await states(bot)).values()) == ["forfeited", "given", "lost", "lost"]

    async def test_what_is_spent_stays_where_it_is(self, bot: Bot, boss: DeskPlayer) -> None:
        first, second, *_ = await drawn(bot, boss)
        await DeskPlayer(bot, first).say("/spend 110 Logo")
        await boss.say("/promo redraw 1 claim=" + entry(first)[1])
        heard = await boss.press(f"{entry(second)} instead")
        assert heard.text == f"Something of the prize of {entry(first)} is spent, so it stays where it is."
        assert sorted((await states(bot)).values()) == ["given", "lost", "lost", "lost"]

    async def test_it_can_be_passed_on_until_nobody_is_left(self, bot: Bot, boss: DeskPlayer) -> None:
        order = await drawn(bot, boss)
        for winner, following in pairwise(order):
            await boss.say("/promo redraw 1 claim=" + entry(winner)[1])
            await boss.press(f"{entry(following)} instead")
        assert (await states(bot))[order[-1]] is ClaimState.GIVEN
        assert "no prize that can be passed on" in (await boss.say("/promo redraw 1 claim=" + entry(order[-1])[1])).text

    async def test_only_a_prize_can_be_passed_on(self, bot: Bot, boss: DeskPlayer) -> None:
        _, second, *_ = await drawn(bot, boss)
        assert "no prize that can be passed on" in (await boss.say("/promo redraw 1 claim=" + entry(second)[1])).text
        assert "Which claim?" in (await boss.say("/promo redraw 1")).text

    async def test_what_is_interrupted_goes_on_by_itself(
        self, bot: Bot, boss: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second, *_ = await drawn(bot, boss)
        promotion = await bot.store.promotions.promotion(NUMBER)
        assert promotion is not None
        service = RedrawService(bot.books, bot.store)
        seen = await service.possible(promotion, NAMES.index(first) + 1)
        assert seen is not None

        async def ended(*_: object) -> None:
            raise UnavailableError(Outage.LOST)  # as if the process had ended

        monkeypatch.setattr("core.promotions.redraw.PromotionService.run", ended)
        with pytest.raises(UnavailableError):
            await service.redraw(promotion, seen, promotion.by, f"{'0' * 10}:k", {}, told=True)
        monkeypatch.undo()
        assert (await states(bot))[second] is ClaimState.ENTERED
        assert (await bot.books.verify()).fault is None
        bot.clock.pass_(minutes=2)
        await look(bot)
        assert (await states(bot))[second] is ClaimState.GIVEN


class TestInterrupted:
    """An outage comes before the prize is taken back, so it is not yet known that it passes on."""

    @pytest.fixture
    async def order(self, bot: Bot, boss: DeskPlayer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Everybody in the order of the draw of two winners; the redraw of the first is interrupted."""
        order = await drawn(bot, boss, winners=2)
        await deliver_all(bot, FakeCarrier("desk"))
        promotion = await bot.store.promotions.promotion(NUMBER)
        assert promotion is not None
        service = RedrawService(bot.books, bot.store)
        seen = await service.possible(promotion, NAMES.index(order[0]) + 1)
        assert seen is not None

        async def lost(*_: object) -> None:
            raise UnavailableError(Outage.LOST)

        monkeypatch.setattr("core.promotions.redraw.RedrawService._pass_on", lost)
        with pytest.raises(UnavailableError):
            await service.redraw(promotion, seen, promotion.by, f"{'0' * 10}:k", {}, told=True)
        monkeypatch.undo()
        return order

    @pytest.mark.parametrize("again", [0, 1])
    async def test_whoever_tries_again_names_the_next_by_the_seed(
        self, bot: Bot, boss: DeskPlayer, order: list[str], again: int
    ) -> None:
        heard = await boss.say("/promo redraw 1 claim=" + entry(order[again])[1])
        assert heard.buttons[0] == f"{entry(order[2])} instead of {entry(order[again])}"
        heard = await boss.press(f"{entry(order[2])} instead")
        assert heard.text.startswith(f"The prize of {entry(order[again])} goes to {entry(order[2])}")
        found = await states(bot)
        assert (found[order[again]], found[order[2]]) == (ClaimState.FORFEITED, ClaimState.GIVEN)
        assert found[order[3]] is ClaimState.LOST

    async def test_nothing_else_is_passed_on_before_that_is_ended(
        self, bot: Bot, boss: DeskPlayer, order: list[str]
    ) -> None:
        promotion = await bot.store.promotions.promotion(NUMBER)
        assert promotion is not None
        service = RedrawService(bot.books, bot.store)
        seen = await service.possible(promotion, NAMES.index(order[1]) + 1)
        assert seen is not None
        assert NAMES[seen.next.number - 1] == order[3]
        assert not await service.redraw(promotion, seen, promotion.by, f"{'0' * 10}:l", {}, told=True)
        bot.clock.pass_(minutes=2)
        await look(bot)
        assert sorted((await states(bot)).values()) == ["given", "given", "lost", "lost"]
        assert (await boss.say("/promo redraw 1 claim=" + entry(order[1])[1])).buttons[0].startswith(entry(order[2]))


class TestInPublic:
    """What anybody can verify by nothing but the posts."""

    async def posts(self, bot: Bot) -> list[str]:
        carrier = FakeCarrier("desk")
        await deliver_all(bot, carrier)
        return [one.text for one in carrier.carried if one.chat == "ann" and "SHA-256" in one.text]

    async def test_the_posts_alone_prove_each_winner(self, bot: Bot, boss: DeskPlayer) -> None:
        await drawn(bot, boss, winners=2)
        result = (await self.posts(bot))[-1]
        entries = int(re.findall(r"(\d+) took part", result)[0])
        (seed,) = re.findall(r"seed was (\w+)", result)
        winners = set(map(int, re.findall(r"#(\d+)", result)))
        left = sorted(range(1, entries + 1), key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())
        assert winners == {*left[:2]}
        for _ in range(2):
            out = max(winners, key=left.index)  # the other winner stays
            await boss.say(f"/promo redraw 1 claim={out}")
            await boss.press("#")
            (post,) = await self.posts(bot)
            left.remove(out)
            said, following = map(int, re.findall(r"#(\d+)", post)[:2])
            winners = (winners - {said}) | {following}
            assert (said, winners) == (out, {*left[:2]})
            assert seed in post

    async def test_after_the_posts_are_forgotten_nothing_is_passed_on(self, bot: Bot, boss: DeskPlayer) -> None:
        first, *_ = await drawn(bot, boss)
        await deliver_all(bot, FakeCarrier("desk"))
        bot.clock.pass_(days=81)
        heard = await boss.say("/promo redraw 1 claim=" + entry(first)[1])
        assert heard.text == "That contest ended more than 80 days ago, so its prizes stay where they are."
        assert PASSED_ON < KEPT


async def test_a_chat_that_was_not_reached_gets_no_result(bot: Bot, boss: DeskPlayer) -> None:
    first, *_ = await drawn(bot, boss)
    carrier = Blocked("desk")
    carrier.blocked = frozenset(NAMES)
    await deliver(bot, carrier)
    assert "Posted: nowhere" in (await boss.say("/promo redraw 1 claim=" + entry(first)[1])).text
