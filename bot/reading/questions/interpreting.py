"""Reads a question in plain words: "what did October cost", "how long will they last". It never books anything.

A question is read whole: every word must have its place in one rule. Otherwise what it seems to ask is only offered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.slips import one_slip_apart
from bot.reading.forms import form_in
from bot.reading.leftovers import COURTESY
from bot.reading.questions import rules
from bot.reading.questions.members import asked_role, member_limit, member_spent
from bot.reading.questions.periods import is_day, without_days_ahead, without_period
from bot.reading.questions.phrases import PHRASES
from bot.reading.questions.vocabulary import (
    ASKING,
    CONTRACTIONS,
    FATE_OF,
    FATES,
    FILLERS,
    GREETINGS,
    LISTS,
    MEANING_OF,
    NAMING,
    POLITE,
    QUESTIONED,
    STATING,
)
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reading.questions.rules import Rule

MOST_WORDS: Final = 20
MOST_OFFERED: Final = 3
INTERROGATIVE: Final = frozenset(["how", "how's", "what", "what's", "when", "where", "which", "who", "who's"])
SHORTEST_MISSPELT: Final = 4
LONG: Final = 6
BOOKING_WORDS: Final = """
spent spend used applied apply bought buy purchased returned return refunded earned earn bid boost boosted adjust
undo add remove book log viewed hired replied invited declined won lost interviewed got
"""
BOOKING: Final = frozenset(BOOKING_WORDS.split())
"""What a line begins with that rather states something."""
ABOUT_FATES: Final = frozenset({"cost", "rate"})
"""What a line begins with that asks about what becomes of proposals: "odds of getting hired"."""
MOST_UNREAD: Final = 3
"""So many words without a meaning leave no doubt that a line is none of these questions."""
SUBJECTS: Final = frozenset(["i", "we", "i've", "we've", "ive", "just", "have", "client", "they"])
WORD: Final = re.compile(r"[^\s,;:!?()\[\]\"\u201c\u201d\u201e\u2026]+")
COST_OF_ONE: Final = re.compile(
    r"(?:so |and )?(?:what|how much) (?:did|does|do|has|was|is) (?:my |the )?(?:bid |proposal )?#(\d+(?:-\d+)?)"
    r"(?: (?:cost|costs|me|so far|worth))+\s*\?*$",
    re.IGNORECASE,
)
"""What a proposal cost that is named by its number."""
CURRENT: Final = frozenset({"this week", "this month", "today", "yesterday", "this year"})


def _by_size() -> Mapping[tuple[str, int], list[str]]:
    known = defaultdict(list)
    for word in sorted({*MEANING_OF, *FILLERS, *ASKING}):
        known[word[0], len(word)].append(word)
    return known


KNOWN: Final = _by_size()
"""The known words by their first letter and their length."""


class ParsedQuestion(NamedTuple):
    """What the words of a line mean: their meanings, its period, the days ahead, and what is not understood.

    form: that of a file, as in "as a spreadsheet".

    asks: it begins like a question, has its mark, or is a period alone. states: it rather states something.
    """

    meanings: frozenset[str]
    period: str = ""
    ahead: int = 0
    unread: tuple[str, ...] = ()
    asks: bool = False
    states: bool = False
    only_period: bool = False
    form: str = ""


def question_line(line: str) -> str | None:
    """The line of the command that answers a question; None if it is none, or is not understood as a whole."""
    if (one := COST_OF_ONE.match(line)) is not None:
        return f"proposals #{one[1]}"
    if (told := member_spent(line) or member_limit(line) or asked_role(line)) is not None:
        return told
    question = _question(line)
    if question is None or question.unread or question.states:
        return None
    return next((_line_of(rule, question) for rule in rules.RULES if _answers(rule, question)), None)


def lines_near(line: str) -> list[str]:
    """What may be asked by a line that is not understood as a whole, the likeliest first."""
    question = _question(line, loosely=True)
    if question is None:
        return []
    found = (_line_of(rule, question) for rule in rules.RULES if _has(rule, question) and _takes_period(rule, question))
    return list(dict.fromkeys(found))[:MOST_OFFERED]


def is_question(line: str) -> bool:
    """Whether a line begins like a question, or ends like one. A time alone may as well be an answer."""
    question = _question(line)
    return line.rstrip().endswith("?") or (question is not None and question.asks and not question.only_period)


def asks_surely(line: str) -> bool:
    """Whether a line in a group is a question, not a remark: it has the mark of one, or its first word."""
    return line.rstrip().endswith("?") or folded(line).partition(" ")[0] in INTERROGATIVE


def _question(line: str, *, loosely: bool = False) -> ParsedQuestion | None:
    """What the words of a line mean. `loosely`: a word alone may be misspelt, too. None if there are none, or many."""
    text = " ".join(WORD.findall(folded(line).replace("\u2019", "'").replace("?", " ")))
    if not text or text.count(" ") >= MOST_WORDS:
        return None
    for pattern, long in CONTRACTIONS:
        text = pattern.sub(long, text)
    text = GREETINGS.sub("hello", text)
    plain, begins = text, POLITE.sub("", text).split()[:1]
    form = form_in(text)
    text, ahead = without_days_ahead(text)
    text, period = without_period(text)
    first = next((word for word in text.split() if word not in SUBJECTS), "")
    for pattern, meaning in PHRASES:
        text = pattern.sub(f" {meaning} ", text)
    asks = "?" in line or not ASKING.isdisjoint(begins)
    names = not NAMING.isdisjoint(begins)
    meanings, unread = _meanings(text.split(), asks=asks or names or loosely)
    several = LISTS.search(plain) is not None and STATING.isdisjoint(plain.split())
    only_period = not COURTESY.sub("", text).strip()
    asks |= (names and FATES.isdisjoint(meanings)) or only_period or ((names or bool(period)) and several)
    begun = first in BOOKING and QUESTIONED.isdisjoint(meanings)
    told = FATE_OF.search(plain) is not None or not STATING.isdisjoint(plain.split())
    states = not asks and (begun or told) and MEANING_OF.get(first) not in ABOUT_FATES
    return ParsedQuestion(frozenset(meanings), period, ahead, tuple(unread), asks, states, only_period, form)


def _meanings(words: list[str], *, asks: bool) -> tuple[set[str], list[str]]:
    """The meanings of words, and the words that have none. A misspelt word has one beside others that have."""
    meanings = {MEANING_OF[word] for word in words if word in MEANING_OF}
    unread: list[str] = []
    for word in words:
        if word in MEANING_OF or word.strip("'.-/&+") in FILLERS or not any(map(str.isalnum, word)):
            continue
        bare = word.strip("'.-")
        known = MEANING_OF.get(bare) or _misspelt(bare, beside=bool(meanings) or asks)
        if known:
            meanings.add(known)
        elif known is None:
            unread.append(word)
        if len(unread) > MOST_UNREAD:
            break
    return meanings, unread


def _misspelt(word: str, *, beside: bool) -> str | None:
    """The meaning of a word with one slip in it; empty if it is one that says no more than others. None if unknown."""
    if not (beside or len(word) >= LONG) or len(word) < SHORTEST_MISSPELT - 1 or not word.isalpha():
        return None
    near = {MEANING_OF.get(known, "") for known in _like(word) if _is_near(word, known)}
    return "" if "" in near else near.pop() if len(near) == 1 else None


def _like(word: str) -> list[str]:
    """The known words that have almost as many letters, and the same first one or that one as the second."""
    sizes = range(len(word) - 1, len(word) + 2)
    return [known for first in {*word[:2]} for size in sizes for known in KNOWN.get((first, size), ())]


def _is_near(word: str, known: str) -> bool:
    """Whether one word is the other with a slip. In a short one no letter is another: "speed" is not "spend"."""
    if word[0] != known[0] and sorted(word) != sorted(known):
        return False
    if len(word) < SHORTEST_MISSPELT:
        return sorted(word) == sorted(known)
    changed = len(word) == len(known) and sorted(word) != sorted(known)
    return one_slip_apart(word, known) and (not changed or len(word) >= LONG)


def _answers(rule: Rule, question: ParsedQuestion) -> bool:
    """Whether a rule answers all of a question."""
    may = {*rule.may.split(), *rules.ANY, *(name for need in _needs(rule) for name in need)}
    return (
        (question.asks or not rule.asks)
        and _has(rule, question)
        and question.meanings <= may
        and _takes_period(rule, question)
    )


def _needs(rule: Rule) -> list[list[str]]:
    return [need.split("/") for need in rule.needs.split()]


def _has(rule: Rule, question: ParsedQuestion) -> bool:
    """Whether a question has what a rule needs, each of its needs by a meaning of its own."""
    return all(not question.meanings.isdisjoint(need) for need in _needs(rule))


def _takes_period(rule: Rule, question: ParsedQuestion) -> bool:
    """Whether the period of a question has its place in the line of a rule."""
    match rule.line[-1]:
        case rules.PERIOD:
            return True
        case rules.DATED | rules.AWAY:
            return bool(question.period)
        case rules.DAY:
            return not question.period or is_day(question.period)
        case rules.NOW:
            return question.period.removeprefix("in ") in CURRENT
        case _:
            return not question.period


def _line_of(rule: Rule, question: ParsedQuestion) -> str:
    """The line of a rule with the period of a question in it."""
    shown = {rules.NOW: "", rules.AWAY: "", rules.AHEAD: str(question.ahead or "")}
    period = (
        f"in {question.period}" if question.period.isdecimal() else question.period
    )  # a figure alone may be anything
    slots = {rules.PERIOD: period, rules.DATED: period, rules.DAY: period, rules.FORM: question.form, **shown}
    return " ".join(filter(None, (slots.get(word, word) for word in rule.line.split())))
