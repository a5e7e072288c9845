"""Reads what people write after /target: "100 bids till the 15th", "ivan 20 bids this week", "50 by friday", "2 off".

A line is read whole: what has no meaning here is taken for a name, and asked about if nobody is called so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.options.figures import whole_number
from bot.options.spans import MOST_TOKENS, tokens_of
from bot.options.team.whom import Group, group_in
from bot.options.times.ahead import Ahead
from bot.reading.leftovers import COURTESY
from bot.reading.lines import line_of
from bot.reading.pairs import is_meant, pairs_in
from bot.reading.team.limits import MINE, NUMBERED, OFF, all_of, said_in
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Command

BIDS: Final = frozenset({"bid", "bids", "proposal", "proposals", "application", "applications"})
CONNECTS: Final = frozenset({"connect", "connects"})
SMALL_WORDS: Final = """
target targets goal goals set to the is be should must shall send sends sent new change make give at least minimum min
please a an our my it for of with we i want need reach write writes submit no not any more bid bids proposal proposals
show what how many are left
"""
NOISE: Final = frozenset(SMALL_WORDS.split())
AS_ONE: Final = frozenset({"all", "team", "group", "agency", "us", "all of us"})
"""All together; of "everyone" it is asked whether each is meant."""
COME_OF_IT: Final = frozenset(
    {"hire", "hires", "reply", "replies", "answer", "answers", "interview", "interviews", "view", "views", "contracts"}
)
"""What nobody can decide to send."""
MOST_DAYS: Final = 9
AHEAD: Final = Ahead()
EVERY: Final = re.compile(
    r"(?<!in )(?<!within )(?<!for )(?:/ ?|\b(?:an?|per|each|every) )(?P<unit>day|week|month)s?\b"
    r"|\b(?P<ly>dai|week|month)ly\b"
)
NAMED: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|to|eod|yesterday"
TIMELY: Final = re.compile(rf"\d|^(?:{NAMED}|day|week|month|end)")
"""With what the last word of days begins, or a figure."""
BEGINS: Final = re.compile(
    rf"\d|^(?:{NAMED}|an?$|one$|two$|three$|the$|this$|next$|coming$|last$|end$|in$|within$|for$|over$|during$|(?:un)?til"
    r"|through|thru|by$|before$|up$|not?$|from$|between$|starting$)"
)
"""With what the first word begins."""


def target_line(given: Command, typed: str) -> str:
    """The line that the bot itself would print. DoubtError if it may mean several things."""
    refuse_unknown(given, typed)
    named, rest = pairs_in(given, typed)
    text = " ".join(COURTESY.sub("", rest).rstrip("?!. ").split())
    text, off = all_of(OFF, text)
    text, numbers = all_of(NUMBERED, text)
    words: dict[str, str] = {"number": numbers[0]["sign"] or numbers[0]["word"]} if numbers else {}
    _check_once(given, text)
    tokens = _days(tokens_of(text), words)
    tokens = _bids(given, tokens, words)
    if off:
        if "bids" in words and not numbers:
            words["number"] = words["bids"]
        words["bids"] = "off"
    words |= _whom(tokens)
    words |= named
    order = [option.name for option in given.options]
    return line_of(given.name, {name: words[name] for name in order if name in words})


def _check_once(given: Command, text: str) -> None:
    """Ask about a target for every week: there are only those that end."""
    rest, every = all_of(EVERY, text)
    if not every:
        return
    unit = every[0]["unit"] or every[0]["ly"].replace("dai", "day")
    spans = ("today",) if unit == "day" else (f"this {unit}", f"next {unit}")
    readings = (Button(say(f"span-{span.replace(' ', '-')}"), f"/{given.name} {rest} {span}") for span in spans)
    raise DoubtError(say("doubt-target-every", words=every[0][0].strip()), *readings)


def _days(tokens: Sequence[str], words: dict[str, str]) -> list[str]:
    """Take out the longest words that are days, and no number of bids."""
    count = len(tokens)
    for size in range(min(MOST_DAYS, count), 0, -1):
        for start in range(count - size + 1):
            span = tokens[start : start + size]
            text = " ".join(span).strip(",.;")
            if text.isdecimal() or not _may_be_days([folded(word) for word in span]) or not is_meant(AHEAD, text):
                continue
            words["days"] = text
            return [*tokens[:start], *tokens[start + size :]]
    return list(tokens)


def _may_be_days(span: Sequence[str]) -> bool:
    """Whether words look like days from the first to the last; reading them takes a while."""
    return BEGINS.search(span[0]) is not None and TIMELY.search(span[-1]) is not None and BIDS.isdisjoint(span)


def _bids(given: Command, tokens: list[str], words: dict[str, str]) -> list[str]:
    """Take out how many bids there are to be."""
    for start in range(len(tokens)):
        for size in range(min(MOST_TOKENS, len(tokens) - start), 0, -1):
            said = " ".join(tokens[start : start + size]).strip(",;")
            number = whole_number(said)
            if number is None or number < 0:
                continue
            after = tokens[start + size :]
            unit = folded(tokens[start + size - 1]) if folded(tokens[start + size - 1]) in CONNECTS else ""
            if unit:
                kept = " ".join((*tokens[:start], *after, *([words["days"]] if "days" in words else ())))
                raise DoubtError(
                    say("doubt-target-connects", words=said),
                    Button(say("button-target-instead", amount=number), f"/{given.name} {number} bids {kept}".strip()),
                    Button(say("button-limit-instead", amount=number), f"/limit {number} connects"),
                )
            if after and folded(after[0]).strip(",.;") in COME_OF_IT:
                instead = " ".join((str(number), "bids", words.get("days", ""))).strip()
                reading = Button(say("button-target-instead", amount=number), f"/{given.name} {instead}")
                raise DoubtError(say("doubt-target-of", words=f"{said} {after[0]}"), reading)
            words["bids"] = said
            return [*tokens[:start], *after]
    return tokens


def _whom(tokens: Sequence[str]) -> dict[str, str]:
    """Whom the words that are left mean; all together need not be said."""
    said = said_in(" ".join(token for token in tokens if folded(token).strip(",.:;") not in NOISE | BIDS))
    if not said or group_in(said) is Group.TOGETHER or folded(said) in AS_ONE:
        return {}
    return {"member": "me" if folded(said) in MINE else said}
