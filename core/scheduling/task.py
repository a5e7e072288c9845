"""Something that falls due at a time, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.shared.ids import WalletId


class Due(NamedTuple):
    """Something that falls due at a time, under a name such as `promotion:7:start`."""

    name: str
    at: datetime


class Guard(NamedTuple):
    """What a task is about, as it was seen, such as `promotion`, 7, version 2.

    If it has changed since, the task stays due and nothing of it is kept.
    """

    kind: str
    id: int
    version: int


def look_at(wallet: WalletId) -> str:
    """The name under which the daily look at a wallet falls due."""
    return f"wallet:{wallet}:look"


class Upshot(NamedTuple):
    """What came of something that fell due: what is to be told, and when it falls due again (None: never).

    It holds only while what `guard` names is as it was seen; else it stays due, and is looked at again.
    """

    notices: Sequence[Notice] = ()
    then: datetime | None = None
    guard: Guard | None = None
