"""The opening of private chats: a call of its own, which a platform may limit more strictly than messages."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.delivery.limits.holds import NOTHING, GrowingHold
from bot.delivery.limits.windows import EVERYWHERE, Window

if TYPE_CHECKING:
    from datetime import datetime

    from bot.base.platform_registry import Limit

FIRST_HOLD: Final = timedelta(minutes=10)
LONGEST_HOLD: Final = timedelta(hours=6)
LONGEST_LINE: Final = 50_000


class Openings:
    """Says how long the opening of a chat must wait. Chats that are open already are not its business.

    Those that wait stand in line, and each gets the time of its turn. So each is looked at once while it waits, and not
    all of them whenever one may be opened.
    """

    def __init__(self, limit: Limit) -> None:
        """Start with nothing opened, and nobody in line."""
        self._limit, self._window = limit, Window(limit)
        self._hold = GrowingHold(FIRST_HOLD, LONGEST_HOLD)
        self._line: OrderedDict[str, datetime] = OrderedDict()
        self._turns: deque[datetime] = deque(maxlen=limit.most)

    def __len__(self) -> int:
        """How many openings and places in the line are remembered."""
        return len(self._window) + len(self._line)

    def wait(self, chat: str, now: datetime, *, urgent: bool = False) -> timedelta:
        """How long until this chat may be opened. What is urgent need not stand in line."""
        full = max(self._hold.left(now), self._window.wait(EVERYWHERE, now))
        self._forget_turns(now, now + full)
        turn = self._line.get(chat)
        if urgent or (turn is not None and turn <= now):
            return full
        if turn is None and not full and not self._line:
            return NOTHING
        return (turn or self._stand_in_line(chat, now + full)) - now

    def opening(self, chat: str, now: datetime) -> None:
        """Count an opening as it begins."""
        self._line.pop(chat, None)
        self._window.sent(EVERYWHERE, now)

    def refused(self, began: datetime, now: datetime) -> None:
        """Open nothing for a time, as the platform refused an opening that `began` then."""
        self._hold.refused(began, now)
        self._clear()  # so that each gets a turn after the pause

    def succeeded(self, began: datetime) -> None:
        """Note that an opening that `began` then was accepted."""
        self._hold.succeeded(began)

    def _stand_in_line(self, chat: str, earliest: datetime) -> datetime:
        turn = earliest
        if len(self._turns) == self._limit.most:
            turn = max(turn, self._turns[0] + self._limit.span)
        self._turns.append(turn)
        self._line[chat] = turn
        if len(self._line) > LONGEST_LINE:
            self._line.popitem(last=False)
        return turn

    def _forget_turns(self, now: datetime, earliest: datetime) -> None:
        """Forget the turns of those who did not come, and all of them if they were given by a clock that was ahead."""
        while self._line and next(iter(self._line.values())) + self._limit.span < now:
            self._line.popitem(last=False)
        rounds = len(self._line) // self._limit.most + 2
        if self._turns and self._turns[-1] > earliest + self._limit.span * rounds:
            self._clear()

    def _clear(self) -> None:
        self._line.clear()
        self._turns.clear()
