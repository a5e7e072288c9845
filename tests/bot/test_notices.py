"""The messages of notices: their sentences, and their buttons, which are idempotent however often they are pressed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.command.incoming import Incoming, Pressed
from bot.dispatch.dialog import Dialog
from bot.reply.parts import Buttons, Say
from bot.reply.words import voice
from bot.views.notices import UnknownNoticeError, message, token_of
from core.alerts.types.expiring import expiring
from core.delivery.notice import Delivery, Notice, Target
from core.ledger import rulebook
from core.ledger.model import Lot, Source
from core.shared.ids import WalletId
from core.shared.money import UNKNOWN, Price
from core.wallets.people import ChatRef, Identity

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from tests.bot.stage import Bot

RULEBOOK = rulebook.default()
MADE = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
ANN = Target("desk", "ann", direct=True)
VOICE = voice("en", "UTC")


def delivery(connects: int = 12, threshold: int = 20, target: Target = ANN, code: str = "low") -> Delivery:
    facts = {"connects": connects, "threshold": threshold}
    return Delivery(1, Notice("low:1:7", code, facts, WalletId(1)), target, 0, "UTC", MADE)


async def rendered(bot: Bot, sent: Delivery) -> tuple[str, dict[str, str]]:
    """The text of a message, and what each of its buttons carries."""
    return read(await message(sent, Dialog(bot.store.notes), RULEBOOK))


def read(reply: Reply) -> tuple[str, dict[str, str]]:
    text = " ".join(VOICE.say(part) for part in reply.parts if isinstance(part, Say))
    (buttons,) = (part for part in reply.parts if isinstance(part, Buttons))
    return text, {VOICE.say(button.label): button.press for row in buttons.rows for button in row}


async def press(bot: Bot, carried: str, key: str) -> str:
    ann, chat = Identity("desk", "ann"), ChatRef("desk", "with ann")
    answer = await bot.desk.answer(Incoming(key, bot.clock.now(), ann, "ann", chat, Pressed(carried), _no_admin))
    assert answer is not None
    return "\n".join(answer.voice.say(part) for part in answer.reply.parts if isinstance(part, Say))


async def _no_admin() -> bool:
    return False


class TestLow:
    async def test_it_gives_the_balance_and_offers_to_buy(self, bot: Bot) -> None:
        text, buttons = await rendered(bot, delivery())
        assert text == "Running low: 12 Connects are left, below your warning level of 20."
        assert list(buttons) == ["I bought 10 for $1.50", "Lots", "Expiring soon", "Snooze for a week"]

    @pytest.mark.parametrize(
        ("connects", "beginning"), [(0, "Running low: no Connects are left"), (1, "Running low: 1 Connect is left")]
    )
    async def test_none_and_one_have_wordings_of_their_own(self, bot: Bot, connects: int, beginning: str) -> None:
        text, _ = await rendered(bot, delivery(connects))
        assert text.startswith(beginning)

    @pytest.mark.parametrize(
        ("connects", "threshold", "cover"),
        [
            (12, 20, 10),
            (10, 20, 20),  # with 10 the balance would be at the threshold, and the next spend would fall below it
            (0, 20, 40),
            (0, 998, 999),  # more than the largest bundle
        ],
    )
    async def test_the_smallest_bundle_that_lifts_the_balance_above_the_threshold_is_offered(
        self, bot: Bot, connects: int, threshold: int, cover: int
    ) -> None:
        _, buttons = await rendered(bot, delivery(connects, threshold))
        assert next(iter(buttons)).startswith(f"I bought {cover} for $")

    async def test_a_group_gets_no_button_to_buy(self, bot: Bot) -> None:
        _, buttons = await rendered(bot, delivery(target=Target("desk", "Team")))
        assert list(buttons) == ["Lots", "Expiring soon", "Snooze for a week"]


class TestExpiring:
    @pytest.mark.parametrize(
        ("worth", "text"),
        [
            (None, "40 Connects expire on Feb 1, 2026."),
            (Price(600, 120, "USD"), "40 Connects expire on Feb 1, 2026. You paid $7.20 for them."),
            (UNKNOWN, "40 Connects expire on Feb 1, 2026. The cost of 40 of them is unknown."),
        ],
    )
    async def test_it_gives_number_date_and_cost(self, bot: Bot, worth: Price | None, text: str) -> None:
        expires = datetime(2026, 2, 1, 6, tzinfo=UTC)
        lot = Lot(2, Source.PURCHASE, MADE, expires, 60, 40, worth, worth)
        sent = delivery()._replace(notice=expiring(WalletId(1), [lot], 30))
        shown, buttons = await rendered(bot, sent)
        assert shown == text
        assert list(buttons) == ["Lots", "Expiring soon", "Snooze for a week"]


class TestExpired:
    @pytest.mark.parametrize(
        ("connects", "left", "text"),
        [
            (12, 54, "12 Connects expired on Jan 10, 2026. 54 are left."),
            (1, 1, "1 Connect expired on Jan 10, 2026. 1 is left."),
            (12, 0, "12 Connects expired on Jan 10, 2026. None are left."),
        ],
    )
    async def test_it_gives_number_and_balance(self, bot: Bot, connects: int, left: int, text: str) -> None:
        facts: dict[str, str | int] = {"connects": connects, "expired": MADE.isoformat(), "left": left}
        sent = delivery()._replace(notice=Notice("expired:1:7", "expired", facts, WalletId(1)))
        shown, buttons = await rendered(bot, sent)
        assert shown == text
        assert list(buttons) == ["History", "Lots", "Snooze for a week"]


class TestButtons:
    async def test_a_notice_that_is_sent_again_has_the_same_buttons(self, bot: Bot) -> None:
        first = await rendered(bot, delivery())
        bot.clock.pass_(days=2)
        assert await rendered(bot, delivery()._replace(tries=3)) == first

    @pytest.mark.usefixtures("ann")
    async def test_a_press_that_arrives_again_is_idempotent(self, bot: Bot) -> None:
        _, buttons = await rendered(bot, delivery())
        bot.clock.pass_(days=1)
        texts = [await press(bot, buttons["I bought 10 for $1.50"], f"update {number}") for number in range(3)]
        assert texts[0].startswith("#2 booked: 10 Connects bought")
        assert set(texts) == {texts[0]}

    def test_another_notice_has_another_token(self) -> None:
        other = delivery()
        assert token_of(other) == token_of(other._replace(tries=5))
        assert token_of(other._replace(notice=other.notice._replace(key="low:1:9"))) != token_of(other)
        assert token_of(other._replace(made=datetime(2026, 1, 10, 9, 1, tzinfo=UTC))) != token_of(other)


async def test_a_code_without_a_view_is_an_error(bot: Bot) -> None:
    with pytest.raises(UnknownNoticeError):
        await rendered(bot, delivery(code="rumour"))
