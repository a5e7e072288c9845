"""The question which purchase a fee has paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Button, Say, say
from core.imports.transactions.matching import Why

if TYPE_CHECKING:
    from bot.reply.parts import Part
    from core.imports.transactions.matching import Bought, Doubtful


class FeeQuestion(NamedTuple):
    """A question, and the rows of buttons that answer it."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[Button, ...], ...]


def question_about(draft: str, doubt: Doubtful, *, money: bool) -> FeeQuestion:
    """Ask which purchase a fee has paid for, with a button for each that it may be."""
    fee, line = doubt.fee, f"import paid {draft} {doubt.fee.ref}"
    name = f"which-fee-{doubt.why}".replace("_", "-")
    asked = say(name, day=fee.day, connects=fee.connects, price=fee.paid)
    if not money:
        asked = say(f"{name}-group", day=fee.day, connects=fee.connects)
    keys = [Button(_label(doubt, one, money=money), f"{line} {one.number}") for one in doubt.candidates]
    none = "button-fee-keep" if doubt.why is Why.OTHER_CURRENCY else "button-fee-none"
    return FeeQuestion((asked,), (*((key,) for key in keys), (Button(say(none), f"{line} 0"),)))


def _label(doubt: Doubtful, one: Bought, *, money: bool) -> Say:
    if doubt.why is Why.OTHER_CURRENCY:
        return say("button-fee-take", price=doubt.fee.paid) if money else say("button-fee-take-group")
    if money and one.price is not None:
        return say("button-fee-price", number=one.number, day=one.day, connects=one.connects, price=one.price)
    return say("button-fee", number=one.number, day=one.day, connects=one.connects)
