"""What a process remembers for a while and may forget at any time: whatever must outlive it is a note in the store."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

MOST: Final = 2_000
V = TypeVar("V")


class Cache(Generic[V]):
    """Values by name until a time, in this process only. Of too many, those that were put first are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: OrderedDict[str, tuple[V, datetime]] = OrderedDict()

    def put(self, name: str, value: V, until: datetime) -> None:
        """Remember a value in place of what was there."""
        self._values[name] = value, until
        self._values.move_to_end(name)
        if len(self._values) > self._most:
            self._values.popitem(last=False)

    def get(self, name: str, now: datetime) -> V | None:
        """The value under a name (None: there is none, or its time is over)."""
        value, until = self._values.get(name, (None, now))
        return value if now < until else None

    def pop(self, name: str) -> None:
        """Forget what is under a name."""
        self._values.pop(name, None)
