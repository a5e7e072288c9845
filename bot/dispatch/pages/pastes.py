"""What comes in together in a conversation: the parts of one paste, and files, within a minute of each other.

The text of a part is held in memory only, for minutes, because a row may be cut between it and the next part. A note
says which parts came, so that after a restart a further one continues their draft.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.base.cache import Cache
from bot.pages import NOTHING, Came, Why, read_all

if TYPE_CHECKING:
    from datetime import date

    from core.shared.ports import Notes

WINDOW: Final = timedelta(minutes=1)
"""How far apart two parts of one drop may be, by the times of their messages."""
LIFE: Final = timedelta(minutes=10)
"""How long parts are held. The draft that they become lasts longer."""
MOST_HELD: Final = 200
LONG: Final = 1000
"""A shorter text was not cut by a client, so that nothing belongs behind it."""
REST: Final = timedelta(seconds=3)
"""How soon after a part the next piece of its paste comes."""


@dataclass(frozen=True, slots=True)
class Paste:
    """Parts that came together: the id of their draft, their keys, and how many answers they were given.

    It has been coming in from `since` to `at`. `long` is the number of the first message that a client may have cut (0:
    none). `drafted`: there was something to import in it. `opened`: it opened the person's wallet.
    """

    draft: str
    keys: tuple[str, ...] = ()
    since: str = ""
    at: str = ""
    long: int = 0
    version: int = 0
    drafted: bool = False
    opened: bool = False

    def takes(self, key: str, at: datetime) -> bool:
        """Whether a message belongs to this paste: it came before, or it was written about the same time."""
        if key in self.keys:
            return True
        since, until = datetime.fromisoformat(self.since), datetime.fromisoformat(self.at)
        return since - WINDOW <= at <= until + WINDOW

    def goes_on(self, number: int, at: datetime) -> bool:
        """Whether a message may be a further piece of what a client has cut."""
        return 0 < self.long < number and abs(at - datetime.fromisoformat(self.at)) <= REST

    def with_message(self, key: str, number: int, at: datetime, size: int) -> Paste:
        """The paste with a message, and one more answer. `size` is that of its text."""
        times = [datetime.fromisoformat(time) for time in (self.since, self.at) if time]
        long = min(filter(None, (self.long, number if size >= LONG else 0)), default=0)
        return replace(
            self,
            keys=tuple(dict.fromkeys((*self.keys, key))),
            since=min((*times, at)).isoformat(),
            at=max((*times, at)).isoformat(),
            long=long,
            version=self.version + 1,
        )


class Text(NamedTuple):
    """The text of a part, its place among the messages of the chat, and the day that it calls "Today"."""

    number: int
    text: str
    told: date


@dataclass(slots=True)
class Held:
    """What this process has of a paste, by the keys of the messages. `before` is what an earlier process has read."""

    before: Came = NOTHING
    texts: dict[str, Text] = field(default_factory=dict)
    files: dict[str, Came] = field(default_factory=dict)

    def with_text(self, key: str, text: Text) -> Held:
        """The same with a further part."""
        return replace(self, texts={**self.texts, key: text})

    def read(self) -> Came | Why:
        """The pages of all that came; why there are none. It takes a while if much came."""
        parts = list(dict.fromkeys((text.text, text.told) for text in self.in_order))  # one that came twice counts once
        read = read_all(parts) if parts else Came()
        came = self.before.with_more(Came() if isinstance(read, Why) else read)
        for file in self.files.values():
            came = came.with_more(file)
        return came if came.anything else read if isinstance(read, Why) else Why.EMPTY

    @property
    def in_order(self) -> list[Text]:
        """The parts in the order of their messages."""
        return sorted(self.texts.values(), key=lambda text: text.number)


class Pastes:
    """Keeps pastes by their conversation."""

    def __init__(self, notes: Notes) -> None:
        """Keep in `notes` which parts came."""
        self._notes = notes
        self._none: Cache[bool] = Cache()
        self._held: Cache[Held] = Cache(MOST_HELD)

    async def last(self, conversation: str, now: datetime) -> Paste | None:
        """The paste that came last, if that is not long ago. Where there is none, the store is asked only once."""
        if self._none.get(conversation, now):
            return None
        text = await self._notes.note(_name(conversation), now)
        if text is None:
            self._none.put(conversation, True, now + LIFE)  # noqa: FBT003 - a set with an end for each
            return None
        stored = json.loads(text)
        return Paste(**{**stored, "keys": tuple(stored["keys"])})

    def held(self, paste: Paste, now: datetime) -> Held | None:
        """What this process has of a paste; None if that began in another."""
        return self._held.get(paste.draft, now)

    def hold(self, paste: Paste, held: Held, now: datetime) -> None:
        """Hold the parts for as long as further ones may come."""
        self._held.put(paste.draft, held, now + LIFE)

    async def keep(self, conversation: str, paste: Paste, now: datetime) -> None:
        """Keep which parts came."""
        self._none.pop(conversation)
        await self._notes.put_note(_name(conversation), json.dumps(asdict(paste), separators=(",", ":")), now + LIFE)


def _name(conversation: str) -> str:
    return f"paste:{conversation}"
