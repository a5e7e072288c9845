"""What the views of notices have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Reply
from core.delivery.notice import Notice

if TYPE_CHECKING:
    from core.ledger.rulebook import Rulebook


class Showing(NamedTuple):
    """How a notice is shown: `private` is whether it goes to the reader's own chat about a wallet of their own.

    Elsewhere a button would act for everybody who reads it.
    """

    rulebook: Rulebook
    private: bool


View = Callable[[Notice, Showing], Reply]
