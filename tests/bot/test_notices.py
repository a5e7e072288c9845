"""What is told unasked: its sentence, what can be done next, and buttons that are one fact however often they come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.command.incoming import Incoming, Pressed
from bot.dispatch.dialog import Dialog
from bot.reply.parts import Buttons, Say
from bot.reply.words import voice
from bot.views.notices import UnknownNoticeError, message, token_of
from core.alerts.expiring import expiring
from core.delivery.notice import Delivery, Notice, Target
from core.ledger import rulebook
from core.ledger.model import Lot, Source
from core.shared.ids import WalletId
from core.shared.money import Price
from core.wallets.people import ChatRef, Identity

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from tests.bot.stage import Bot

BOOK = rulebook.default()
MADE = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
ANN = Target("desk", "ann", direct=True)
SPEAK = voice("en", "UTC")


def delivery(connects: int = 12, threshold: int = 20, target: Target = ANN, code: str = "low") -> Delivery:
    facts = {"connects": connects, "threshold": threshold}
    return Delivery(1, Notice("low:1:7", code, facts, WalletId(1)), target, 0, "UTC", MADE)


async def drawn(bot: Bot, given: Delivery) -> tuple[str, dict[str, str]]:
    """The text of a message, and what each of its buttons carries."""
    return read(await message(given, Dialog(bot.store.notes), BOOK))


def read(given: Reply) -> tuple[str, dict[str, str]]:
    text = " ".join(SPEAK.say(part) for part in given.parts if isinstance(part, Say))
    (keys,) = (part for part in given.parts if isinstance(part, Buttons))
    return text, {SPEAK.say(button.label): button.press for row in keys.rows for button in row}


async def press(bot: Bot, what: str, key: str) -> str:
    who, chat = Identity("desk", "ann"), ChatRef("desk", "with ann")
    answer = await bot.desk.answer(Incoming(key, bot.clock.now(), who, "ann", chat, Pressed(what), _no_admin))
    assert answer is not None
    return "\n".join(answer.voice.say(part) for part in answer.reply.parts if isinstance(part, Say))


async def _no_admin() -> bool:
    return False


class TestLow:
    async def test_it_says_what_is_left_and_what_would_help(self, bot: Bot) -> None:
        text, buttons = await drawn(bot, delivery())
        assert text == "Running low: 12 Connects are left, below your warning level of 20."
        assert list(buttons) == ["I bought 10 for $1.50", "Lots", "Expiring soon", "Snooze for a week"]

    @pytest.mark.parametrize(
        ("connects", "begins"), [(0, "Running low: no Connects are left"), (1, "Running low: 1 Connect is left")]
    )
    async def test_few_are_counted_in_words(self, bot: Bot, connects: int, begins: str) -> None:
        text, _ = await drawn(bot, delivery(connects))
        assert text.startswith(begins)

    @pytest.mark.parametrize(
        ("connects", "threshold", "cover"),
        [
            (12, 20, 10),
            (10, 20, 20),  # with 10 the balance would stand at the mark, and the next spend would lead below it
            (0, 20, 40),
            (0, 998, 999),  # more than the largest bundle
        ],
    )
    async def test_the_smallest_bundle_is_offered_that_leads_above_the_mark(
        self, bot: Bot, connects: int, threshold: int, cover: int
    ) -> None:
        _, buttons = await drawn(bot, delivery(connects, threshold))
        assert next(iter(buttons)).startswith(f"I bought {cover} for $")

    async def test_a_group_is_offered_a_look_only(self, bot: Bot) -> None:
        _, buttons = await drawn(bot, delivery(target=Target("desk", "Team")))
        assert list(buttons) == ["Lots", "Expiring soon", "Snooze for a week"]


class TestExpiring:
    @pytest.mark.parametrize(
        ("worth", "text"),
        [
            (None, "40 Connects expire on Feb 1, 2026."),
            (Price(600, 120, "USD"), "40 Connects expire on Feb 1, 2026. You paid $7.20 for them."),
        ],
    )
    async def test_it_says_how_many_when_and_what_they_cost(self, bot: Bot, worth: Price | None, text: str) -> None:
        expires = datetime(2026, 2, 1, 6, tzinfo=UTC)
        lot = Lot(2, Source.PURCHASE, MADE, expires, 60, 40, worth, worth)
        given = delivery()._replace(notice=expiring(WalletId(1), [lot], 30))
        said, keys = await drawn(bot, given)
        assert said == text
        assert list(keys) == ["Lots", "Expiring soon", "Snooze for a week"]


class TestExpired:
    @pytest.mark.parametrize(
        ("connects", "left", "text"),
        [
            (12, 54, "12 Connects expired on Jan 10, 2026. 54 are left."),
            (1, 1, "1 Connect expired on Jan 10, 2026. 1 is left."),
            (12, 0, "12 Connects expired on Jan 10, 2026. None is left."),
        ],
    )
    async def test_it_says_how_many_and_what_is_left(self, bot: Bot, connects: int, left: int, text: str) -> None:
        facts: dict[str, str | int] = {"connects": connects, "expired": MADE.isoformat(), "left": left}
        given = delivery()._replace(notice=Notice("expired:1:7", "expired", facts, WalletId(1)))
        said, keys = await drawn(bot, given)
        assert said == text
        assert list(keys) == ["History", "Lots", "Snooze for a week"]


class TestButtons:
    async def test_a_notice_sent_again_carries_the_same(self, bot: Bot) -> None:
        first = await drawn(bot, delivery())
        bot.clock.pass_(days=2)
        assert await drawn(bot, delivery()._replace(tries=3)) == first

    @pytest.mark.usefixtures("ann")
    async def test_a_press_that_arrives_twice_is_one_fact(self, bot: Bot) -> None:
        _, buttons = await drawn(bot, delivery())
        bot.clock.pass_(days=1)
        texts = [await press(bot, buttons["I bought 10 for $1.50"], f"update {number}") for number in range(3)]
        assert texts[0].startswith("#2 booked: 10 Connects bought")
        assert set(texts) == {texts[0]}

    def test_another_notice_is_another_fact(self) -> None:
        other = delivery()
        assert token_of(other) == token_of(other._replace(tries=5))
        assert token_of(other._replace(notice=other.notice._replace(key="low:1:9"))) != token_of(other)
        assert token_of(other._replace(made=datetime(2026, 1, 10, 9, 1, tzinfo=UTC))) != token_of(other)


async def test_a_code_without_words_is_a_fault(bot: Bot) -> None:
    with pytest.raises(UnknownNoticeError):
        await drawn(bot, delivery(code="rumour"))
