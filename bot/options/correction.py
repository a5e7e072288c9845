"""What somebody writes to correct a balance: "-3", "3 less", "is 190", "187 -> 190", perhaps with a reason."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.text import DATED
from bot.options.times.past import Past, PastDay
from bot.options.times.time import Day
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from datetime import date

LONGEST: Final = 200
"""The most characters of a correction with its reason; a reason by itself may have as many."""
SIGNS: Final = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-") | {"\uff0b": "+"})
"""Every minus and dash that phones and the bot itself write; each is one character, so that places stay the same."""
DAY: Final = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{2,4}")
FIGURE: Final = r"(\d{1,3}(?:[,.'\u2019\u00a0\u202f]\d{3})+|\d{1,2}(?: \d{3})+|\d{1,9})"
BLANK: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d))(?!000)")
"""A blank between digits that may belong to one figure or stand between two."""
BREAK: Final = "\x1f"
"""A blank that never stands within a figure."""
N: Final = rf"(?<![\w.,/#]){FIGURE}(?:\s*connects?|\s*c)?(?![\w%/]|[.,]\d)"
ARROW: Final = r"(?:-+\s*>|=+\s*>|[\u2192\u21d2\u279c\u2794\u00bb>])"
TO: Final = (
    rf"(?:{ARROW}|to|(?<=\S)-|-(?=\s)|becomes?|,?\s*(?:and\s+|but\s+)?(?:it\s+)?(?:is|now|should\s+be|must\s+be)"
    r"(?:\s+(?:now|actually|really))?)"
)
STATED: Final = (
    r"to|is|are|be|it'?s|equals?|set|shows?|showing|says?|now|have|has|got|make|total|balance|available|left|exactly"
    r"|actually|really|currently|upwork"
)
BETWEEN: Final = (
    r"it|at|to|of|is|my|the|that|i|we|now|only|exactly|just|should|be|balance|total|connects|actually|really"
)
PAIRS: Final = (
    (re.compile(rf"(?:\b(?:from|was)\s+)?{N}\s*{TO}\s*{N}", re.IGNORECASE), 1, 2),
    (re.compile(rf"{N},?\s*(?:and\s+)?(?:not|instead\s+of|rather\s+than)\s+{N}", re.IGNORECASE), 2, 1),
)
"""What a balance was and is to become, each with its groups for both."""
TOTALS: Final = (
    re.compile(rf"(?:\b(?:{STATED})\b(?:\s+(?:{BETWEEN})\b)*\s*[:=]?|=+|{ARROW})\s*{N}", re.IGNORECASE),
    re.compile(
        rf"{N}\s*,?\s*(?:(?:is|are|in|on|as|at|the|my|what|it|according|to|per)\s+)*"
        r"\b(?:total|altogether|overall|now|left|available|balance|upwork|correct|right|remaining)\b",
        re.IGNORECASE,
    ),
)
SUM: Final = re.compile(rf"{N}\s*(?:in\s+)?(?:total|altogether|overall)\b", re.IGNORECASE)
MORE: Final = (
    re.compile(r"(?<![\w)+-])\+\s*" + N, re.IGNORECASE),
    re.compile(
        r"\b(?:plus|add|added|adding|increase|raise|up|gain(?:ed)?|more)\b"
        rf"(?:\s+(?:by|another|me|us|the|balance)\b)*\s*[+-]?\s*{N}",
        re.IGNORECASE,
    ),
    re.compile(rf"{N}\s*(?:more|too\s+(?:few|low|little)|additional|added|gained)\b", re.IGNORECASE),
)
BY: Final = re.compile(rf"^\s*by\s+{N}", re.IGNORECASE)
LESS: Final = (
    re.compile(r"(?<![\w)+-])-\s*" + N, re.IGNORECASE),
    re.compile(
        r"\b(?:minus|less|removed?|subtract|deduct(?:ed)?|take(?:\s+(?:away|off|out))?|took|drop|reduce|lower|decrease"
        rf"|down|cut|lose|lost|negative)\b(?:\s+(?:by|another|of|the|balance)\b)*\s*[+-]?\s*{N}",
        re.IGNORECASE,
    ),
    re.compile(rf"{N}\s*(?:less|fewer|too\s+(?:many|much|high)|lost|gone|removed)\b", re.IGNORECASE),
)
COMPARED: Final = re.compile(r"\b(?:more|less|fewer)\b(?=.*\bthan\b)|\b(?:bot|books?|you|your|here)\b", re.IGNORECASE)
"""What leaves open whose balance is the larger one."""
TIMES: Final = re.compile(r"\bx\s*\d+|\d\s*x\b|\u00d7|\btwice\b|\btimes\b|\beach\b", re.IGNORECASE)
COMMAND: Final = re.compile(r"(?<!\S)/[a-z]+\b", re.IGNORECASE)
ODD: Final = re.compile(r"[-+%*/=<>]+")
SAID: Final = re.compile(
    rf"\b(?:balance|available|upwork\s+(?:shows?|says?)|(?:i|we)\s+have)\b|^\s*(?:it\s+)?is\s+(?:now\s+)?{N}\W*$",
    re.IGNORECASE,
)
APART: Final = re.compile(r"[+-]\s+\d")
TAIL: Final = frozenset({"away", "off", "out", "by", "connects", "connect", "please"})
NOISE: Final = TAIL | frozenset(
    [
        *("a", "an", "the", "my", "our", "your", "it", "its", "i", "we", "that", "this", "what", "there", "you"),
        *("is", "are", "be", "should", "was", "has", "have", "now", "just", "please", "so", "up", "down", "to", "by"),
        *("on", "in", "at", "of", "from", "off", "out", "away", "connects", "connect", "balance", "total", "upwork"),
        *("show", "shows", "says", "say", "set", "adjust", "correct", "make", "actual", "real", "right", "for", "as"),
        *("reduce", "reduced", "lower", "lowered", "raise", "raised", "increase", "increased", "decrease", "change"),
        *(
            "reset",
            "fix",
            "update",
            "updated",
            "new",
            "must",
            "ought",
            "let",
            "round",
            "really",
            "actually",
            "see",
            "got",
        ),
        *("currently", "exactly", "only", "but", "and", "not", "instead", "wrong", "go", "they", "he", "who", "s", "t"),
    ]
)


class Correction(NamedTuple):
    """One reading: either by how much the balance is corrected, or what it is to become, and from what they think.

    signed: the direction of `delta` was written.
    worded: words stand beside it, whether or not they are a reason.
    unread: a further figure, which is not understood.
    """

    delta: int | None = None
    total: int | None = None
    was: int | None = None
    reason: str = ""
    signed: bool = True
    unread: str = ""
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Corrected(Kind):
    """A correction in words; the value holds every reading of them, at least one."""

    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> tuple[Correction, ...]:
        found = corrections_in(words)
        if len(words) > LONGEST:
            raise UnfitError(say("unfit-long", length=len(words), most=LONGEST))
        if not found:
            raise UnfitError(say("unfit-correction", words=words[:40]))
        day = [word for word in found[0].reason.split() if word.casefold() not in NOISE]
        if len(day) == 1 and DATED.fullmatch(day[0]):
            raise UnfitError(say("unfit-dated", words=day[0]))
        return found


@dataclass(frozen=True, slots=True)
class DayOrTotal(Day):
    """A day, as one writes it, or what the balance is, such as "190" or "is 190"."""

    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> date | PastDay | Correction:  # type: ignore[override]  # the command takes each
        day = re.sub(r"^(?:on|at|of|from)\s+", "", words.strip(), flags=re.IGNORECASE)
        with suppress(UnfitError):
            return super(DayOrTotal, self).read(day)
        return total_in(words) or Past().read(day)


@dataclass(frozen=True, slots=True)
class Shown(Kind):
    """The balance that Upwork shows, such as "451" or "is 451"."""

    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Correction:
        if len(words) > LONGEST:
            raise UnfitError(say("unfit-long", length=len(words), most=LONGEST))
        stated = total_in(words)
        if stated is None or stated.reason:
            raise UnfitError(say("unfit-shown", words=words[:40]))
        return stated


def total_in(words: str) -> Correction | None:
    """What somebody says the balance is; None if they say something else, or more than one thing."""
    found = corrections_in(words)
    if len(found) != 1:
        return None
    one = found[0]
    if one.total is None and not one.signed and not one.reason:
        return Correction(total=one.delta)
    return one if one.total is not None else None


def states_balance(line: str) -> bool:
    """Whether a line by itself says what the balance is: "my balance is 190", "Upwork shows 190", "I have 190"."""
    return SAID.search(line) is not None and (stated := total_in(line)) is not None and not stated.reason


def corrections_in(words: str) -> tuple[Correction, ...]:
    """Every reading of the words; none if they are too long, or have no figure that could be one.

    "-3 190" may be one figure, or a correction and the balance after it.
    """
    if len(words) > LONGEST:
        return ()
    whole, blank = _corrections_in(words), BLANK.search(words)
    if blank is None or not whole or whole[0].delta is None or not whole[0].signed:
        return whole
    apart = _corrections_in(f"{words[: blank.start()]}{BREAK}{words[blank.end() :]}")
    return tuple(dict.fromkeys((*apart, *whole)))


def _corrections_in(words: str) -> tuple[Correction, ...]:
    text = DAY.sub(lambda day: "_" * len(day[0]), words.translate(SIGNS))
    pairs = list(_pairs(text, words))
    if pairs:
        return tuple(pairs)
    deltas, totals = _deltas(text), _totals(text)
    if deltas or totals:
        return tuple(_signed(text, words, deltas, totals))
    figures = list(re.finditer(N, text, re.IGNORECASE))
    if not figures:
        return ()
    first = figures[0]
    if len(figures) > 1 and not text[first.end() : figures[1].start()].strip(" ,;"):
        both = (first.start(), figures[1].end())
        return (Correction(total=_value(figures[1][1]), was=_value(first[1]), reason=_rest(words, *both)),)
    odd = ODD.search(text[: first.start()]) or ODD.match(text[first.end() :].lstrip()) or TIMES.search(text)
    unread = "" if odd is None else odd[0]
    bare = Correction(delta=_value(first[1]), reason=_rest(words, *first.span()), signed=False, unread=unread)
    return (bare._replace(worded=_rest(words, *first.span(), frozenset({"please"})) != ""),)


def _pairs(text: str, words: str) -> Iterator[Correction]:
    """`187 -> 190`, `from 187 to 190`, `190, not 187`. After "add" or "minus", the first figure is a difference."""
    for pattern, was, total in PAIRS:
        for found in pattern.finditer(text):
            if not any(one.end(1) == found.end(1) for signed in (*MORE, *LESS) for one in signed.finditer(text)):
                yield Correction(total=_value(found[total]), was=_value(found[was]), reason=_rest(words, *found.span()))
                return


def _deltas(text: str) -> dict[int, dict[int, tuple[int, int]]]:
    """For each figure with a direction, by its place: its signed readings, each with the place of its whole phrase."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for sign, patterns in ((1, MORE), (-1, LESS)):
        for pattern in patterns:
            for one in pattern.finditer(text):
                value = sign * _value(one[1])
                begin, end = found.setdefault(one.start(1), {}).get(value, one.span())
                found[one.start(1)][value] = min(begin, one.start()), max(end, one.end())
    for one in () if found else BY.finditer(text):
        found[one.start(1)] = {_value(one[1]): one.span()}
    for place, readings in found.items():
        ((begin, end), *_) = readings.values()
        compared = COMPARED.search(text) and re.search("more|less|fewer", text[begin:end], re.IGNORECASE)
        between = APART.match(text[begin:]) and text[:begin].strip() and text[end:].strip()
        if len(readings) > 1 or compared or between:
            value = abs(next(iter(readings)))
            found[place] = {-value: (begin, end), value: (begin, end)}
    return found


def _totals(text: str) -> dict[int, tuple[int, int]]:
    """The place of each figure that is said to be the balance, and of its whole phrase."""
    found: dict[int, tuple[int, int]] = {}
    for pattern in TOTALS:
        for one in pattern.finditer(text):
            begin, end = found.get(one.start(1), one.span())
            found[one.start(1)] = min(begin, one.start()), max(end, one.end())
    return found


def _signed(
    text: str, words: str, deltas: dict[int, dict[int, tuple[int, int]]], totals: dict[int, tuple[int, int]]
) -> Iterator[Correction]:
    """The readings of phrases with a direction, and of those that state a balance."""
    sums = {one.start(1) for one in SUM.finditer(text)}
    for readings in deltas.values():
        for value, span in readings.items():
            reason, unread = _rest(words, *span, TAIL), _unread(text, *span)
            yield Correction(delta=value, reason="" if reason == unread else reason, unread=unread)
    for place, span in totals.items():
        if place not in deltas or place in sums:
            figure = re.match(FIGURE, text[place:])
            if figure is not None:
                yield Correction(total=_value(figure[1]), reason="" if deltas else _rest(words, *span))


def _unread(text: str, begin: int, end: int) -> str:
    """What changes the meaning and is not understood: "x2", another command, or a figure right beside the phrase."""
    if (changed := TIMES.search(text) or COMMAND.search(text)) is not None:
        return changed[0]
    after = re.match(rf"[\s,;]*[+-]?\s*{N}", text[end:], re.IGNORECASE)
    before = re.search(rf"{N}[\s,;]*$", text[:begin], re.IGNORECASE)
    return after[0].strip(" ,;") if after else before[0].strip(" ,;") if before else ""


def _value(figure: str) -> int:
    return int(re.sub(r"\D", "", figure))


def _rest(words: str, begin: int, end: int, noise: AbstractSet[str] = NOISE) -> str:
    """The reason: what stands before and after the correction, unless it is only noise."""
    rest = " ".join(filter(None, (part.strip(" \t\n,;:.()=-\u2013\u2014") for part in (words[:begin], words[end:]))))
    plain = " ".join(rest.split())
    said = [word for word in re.findall(r"[^\W_]+", plain.casefold()) if noise is TAIL or not word.isdigit()]
    return "" if all(word in noise for word in said) and DAY.search(plain) is None else plain
