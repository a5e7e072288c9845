"""The type of a view, which turns a notice into a reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Reply
from core.delivery.notice import Notice

if TYPE_CHECKING:
    from core.ledger.rulebook import Rulebook


class Showing(NamedTuple):
    """The circumstances in which a notice is shown.

    `private` says that it goes to the private chat of the wallet's holder. Elsewhere, a button could act on another
    wallet, or be pressed by people who may not use it. `money`: whoever reads it there may see figures in money.
    """

    rulebook: Rulebook
    private: bool
    money: bool


View = Callable[[Notice, Showing], Reply]
