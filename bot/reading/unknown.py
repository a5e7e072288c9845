"""Asks about an unknown option, such as "tag=design" where "tags=" is known, before it is taken for text.

Each reading is offered as a button with a complete line, so that nothing of what was typed is lost.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.options.times.days import Time
from bot.reading.lines import LONGEST_LABEL, line_of, quoted
from bot.reading.pairs import fits, is_meant, only_texts, pairs_in, pairs_of, reads_itself
from bot.reply.parts import Button, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.command.declaration import Command
    from bot.reading.pairs import Pair

CALLED: Final[dict[str, tuple[str, ...]]] = {
    "topic": ("tags", "place"),
    "channel": ("place",),
    "thread": ("place",),
    "topics": ("tags",),
    "subject": ("tags",),
    "subjects": ("tags",),
    "hashtag": ("tags",),
    "theme": ("tags",),
    "category": ("tags",),
    "audience": ("tags",),
    "lang": ("languages",),
    "langs": ("languages",),
    "locale": ("languages",),
    "locales": ("languages",),
    "messenger": ("platforms",),
    "network": ("platforms",),
    "tz": ("zone",),
    "timezone": ("zone",),
    "city": ("zone",),
    "repeat": ("cron",),
    "repeats": ("cron",),
    "every": ("cron",),
    "schedule": ("cron",),
    "recurring": ("cron",),
    "when": ("starts",),
    "at": ("starts",),
    "from": ("starts",),
    "begin": ("starts",),
    "begins": ("starts",),
    "beginning": ("starts",),
    "duration": ("ends",),
    "quantity": ("supply",),
    "until": ("ends",),
    "till": ("ends",),
    "by": ("ends",),
    "deadline": ("ends",),
    "finish": ("ends",),
    "expires": ("lasts", "ends"),
    "expiry": ("lasts", "ends"),
    "valid": ("lasts",),
    "connects": ("gives",),
    "prize": ("gives", "winners"),
    "amount": ("gives", "connects"),
    "reward": ("gives",),
    "limit": ("supply",),
    "total": ("supply",),
    "max": ("supply",),
    "promocode": ("code",),
    "coupon": ("code",),
    "message": ("text",),
    "body": ("text",),
    "name": ("title",),
    "heading": ("title",),
    "description": ("text", "title"),
    "approve": ("approval",),
    "review": ("approval",),
    "newcomers": ("new",),
    "draw": ("winners",),
    "note": ("title", "reason", "text"),
    "memo": ("title", "reason", "text"),
    "comment": ("title", "reason", "text"),
    "why": ("reason",),
    "cost": ("price",),
    "paid": ("price",),
    "link": ("job",),
    "url": ("job",),
    "type": ("purpose", "source"),
    "kind": ("purpose", "source"),
    "vat": ("tax",),
}
"""Other names under which people look for an option."""
LATER: Final = frozenset(
    {"at", "on", "when", "date", "time", "day", "start", "starts", "send", "in", "after", "delay", "later"}
)
"""Names of a time to come, of which an announcement that is sent once has none."""
LEAST: Final = 2
"""How many letters a name has at least: "x=5" is arithmetic."""
SURE: Final = 0.7
"""How similar a misspelled name must be (`difflib`)."""
MOST_SHOWN: Final = 40


def unknown_in(given: Command, line: str) -> Pair | None:
    """The first word before an equals sign that is no option of this command, although it looks like one."""
    names = {option.name for option in given.options}
    return next((pair for pair in pairs_of(line) if pair.name not in names and _is_meant(given, line, pair)), None)


def names_options(given: Command, line: str) -> bool:
    """Whether a line names options of this command, or seems to."""
    names = {option.name for option in given.options}
    return any(pair.name in names or _is_meant(given, line, pair) for pair in pairs_of(line))


def _is_meant(given: Command, line: str, pair: Pair) -> bool:
    """Whether it looks like an option rather than like arithmetic or a shell's variable."""
    if nearest(given, pair.name):
        return True
    written = line[pair.start : pair.begin].strip("-= ")
    return pair.sure and len(pair.name) >= LEAST and not written.isupper()


def nearest(given: Command, name: str, taken: Collection[str] = ()) -> str:
    """The option that somebody means by another name, a similar one, or its singular; empty if none is near.

    taken: options that the line has already.
    """
    names = [option.name for option in given.shown if option.name not in taken]
    called = CALLED.get(name) or CALLED.get(name.removesuffix("s"), ())
    known = next((option for option in called if option in names), "")
    if known or len(name) <= LEAST:
        return known
    short = [option for option in names if option.removesuffix("s") == name.removesuffix("s")]
    return next(iter(short or get_close_matches(name, names, n=1, cutoff=SURE)), "")


def refuse_unknown(given: Command, line: str) -> None:
    """Raise DoubtError for the first unknown option of a line.

    A kind of option that reads whole lines by itself, such as that of `/adjust`, is not interfered with.
    The readings are the line put right, if there is a similar option, and the same words as text.
    """
    pair = unknown_in(given, line)
    if pair is None or reads_itself(given):
        return
    typed, after = line[pair.start : pair.begin].strip("-= ")[:MOST_SHOWN], line[pair.begin :]
    names = ", ".join(f"{option.name}=" for option in given.shown)
    readings = []
    later = "cron=" in names and _is_later(given, pair, after)
    taken = {one.name for one in pairs_of(line)}
    near = (
        nearest(given, pair.name, taken) if not later else "at" if _fits_at(given, after) and "at" not in taken else ""
    )
    if near:
        asked, sign = say("doubt-name-near", name=typed, near=near), "="
    elif near := _nearest_choice(given, pair.name):
        asked, sign = say("doubt-name-choice", name=typed, near=near), " "
    elif later:
        asked, sign = say("doubt-name-later", name=typed), ""
    else:
        asked, sign = say("doubt-name", name=typed, known=names), ""
    if near:
        value = after.split(maxsplit=1)[0] if after.strip() else ""
        right = f"/{given.name} {line[: pair.start]}{near}{sign}{after}".strip()
        short = right if len(right) <= LONGEST_LABEL else f"{near}{sign}{value}"[:LONGEST_LABEL]
        readings.append(Button(say("raw", text=short), right))
    raise DoubtError(asked, *readings, *_as_text(given, line, pair))


def _is_later(given: Command, pair: Pair, after: str) -> bool:
    """Whether a name stands for a time to come: "send_at=2026-12-01", or a "schedule=tomorrow" that never recurs."""
    if not LATER.isdisjoint(re.split(r"[_-]", pair.name)):
        return True
    value = after.split("=", 1)[0].strip()
    recurs = nearest(given, pair.name) != "cron" or is_meant(given.option("cron").kind, value)
    return not recurs and fits(Time(), value)


def _fits_at(given: Command, after: str) -> bool:
    """Whether the words after an unknown name are a time at which something can be sent."""
    at = next((option.kind for option in given.shown if option.name == "at"), None)
    return at is not None and fits(at, after.split(maxsplit=1)[0] if after.strip() else "")


def _as_text(given: Command, line: str, pair: Pair) -> tuple[Button, ...]:
    """The reading in which these words are a part of the text, which quotes make certain."""
    texts = [option.name for option in given.options if option.kind.greedy]
    if not texts:
        return ()
    words, rest = pairs_in(given, line)
    end = pair.begin + len(line[pair.begin :].split(maxsplit=1)[0]) if line[pair.begin :].strip() else pair.begin
    written = line[pair.start : end]
    free = next((name for name in texts if name not in words), "")
    if only_texts(given):
        new = line_of(given.name, {**words, free: rest} if free and rest else words)
    elif any(written in words.get(name, "") for name in texts):
        new = f"/{given.name} {rest} {line_of('', words).strip()}"
    else:
        new = f"/{given.name} {line.replace(written, quoted(written), 1)}"
    return (Button(say("button-as-text", words=written[:MOST_SHOWN]), new),)


def _nearest_choice(given: Command, name: str) -> str:
    """The value of an option that somebody means by a name: "ends" is a field that /edit can change."""
    values = [str(value) for option in given.options for value in getattr(option.kind, "values", ())]
    return next((value for value in values if value.removesuffix("s") == name.removesuffix("s")), "")
