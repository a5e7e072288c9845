"""Helpers for tests of notices that a platform carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, File, reply, say
from bot.reply.words import FALLBACK_VOICE
from core.delivery.outcome import Sent

if TYPE_CHECKING:
    import pytest

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer, Desk
    from bot.reply.parts import Reply
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Addressee, CarryingStage

SPEAK: Final = FALLBACK_VOICE
PRESS: Final = "0t8n5xkabcdef|history"
TOLD: Final = reply(say("balance-after", connects=7), Buttons(((Button(say("button-history"), "history", PRESS),),)))
FILE: Final = reply(File("connects.csv", b"1,2\n", say("balance-after", connects=7)))
NOW: Final = reply(say("balance-after", connects=8), Buttons(((Button(say("button-lots"), "history", PRESS),),)))
PRESSED: Final = "Entry #1"


def overheard(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Incoming]:
    """Record what reaches the desk from now on; it is answered as usual."""
    heard: list[Incoming] = []
    answer = desk.answer

    async def listen(incoming: Incoming) -> Answer | None:
        heard.append(incoming)
        return await answer(incoming)

    monkeypatch.setattr(desk, "answer", listen)
    return heard


async def amend(stage: CarryingStage, to: Addressee, sent: Outcome, given: Reply = NOW) -> Outcome:
    assert isinstance(sent, Sent)
    return await stage.carrier.amend(to.target, sent.message, given, SPEAK)


async def carry(stage: CarryingStage, to: Addressee, nonce: str = "n1") -> Outcome:
    return await stage.carrier.carry(to.target, TOLD, SPEAK, nonce)


async def withdraw(stage: CarryingStage, to: Addressee, sent: Outcome) -> Outcome:
    assert isinstance(sent, Sent)
    return await stage.carrier.withdraw(to.target, sent.message)
