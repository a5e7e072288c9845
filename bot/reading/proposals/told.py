"""Reads lines that say what became of a proposal: "LINK hired", "#12 declined yesterday", "hired for Logo"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError, UnfitError
from bot.options.times.past import Past
from bot.reading.dating import ON, is_certain, on_day, span_of
from bot.reading.days import CLOCKLIKE, SHORT, WEEKDAYS, is_day_and_month
from bot.reading.lines import as_label, line_of
from bot.reading.pairs import pairs_of
from bot.reading.proposals.wording import AROUND, MONEY_WORDS, SAYING, Outcome, outcome_in, plain_words
from bot.reading.proposals.worth import amount_of, worth_behind, worth_in
from bot.reading.tokens import Sort, Token, tokens_in
from bot.reply.parts import Button, say
from core.ledger.sightings import ProposalState
from core.shared.job_links import is_link, job_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Command

OUTCOME: Final = "outcome"
"""The command that books what became of a proposal."""
PROPOSALS: Final = "proposals"
"""The command that shows one."""
TAG: Final = "tag"
"""The command that gives them tags."""
REFERENCE: Final = re.compile(r"(?<![\w#])#\s?(?P<ref>\d{1,9}(?:-\d{1,5})?)(?![\w%-])")
"""A proposal by the number of an entry of it, or by an import and its line, as in "#12" and "#7-3"."""
UNSAID: Final = frozenset(
    {Sort.LINK, Sort.DAY, Sort.TODAY, Sort.AGE, Sort.MONEY, Sort.JOIN, Sort.PLUS, Sort.PUNCTUATION}
)
FIGURES: Final = frozenset({Sort.FIGURE, Sort.TIMES, Sort.PAIR, Sort.QUOTED, Sort.UNBOOSTED})
BEFORE_TITLE: Final = frozenset({"for", "on", "from", "with", "by", "about", "to", "of", "at", "in"})
BOOSTS: Final = frozenset({"outbid", "boost", "boosted"})
BESIDE: Final = frozenset({Sort.DAY, Sort.MONEY, Sort.TODAY})
"""What may stand behind a title that is no part of it."""
LEADING: Final = frozenset({"the", "my", "our", "a", "an", "bid", "proposal", "on", "for", "job"})
"""What may stand before a title that is no part of it."""
TRAILING: Final = frozenset({"bid", "proposal"})
"""What may stand behind it."""
QUESTIONS: Final = "how what when who why which where is are can could do does did should will"
ASKING: Final = frozenset(QUESTIONS.split())
DOUBTING: Final = frozenset({"any", "what"})
"""What asks beside a link or a number, wherever it stands."""
HIRED: Final = Outcome((ProposalState.HIRED,))
JUST_NOW: Final = re.compile(
    r"(?:about\s+)?(?:an?|few|a\s+few|\d|1[0-2])\s*(?:h(?:(?:ou)?rs?)?|hours?)\s+ago|.*\b(?:min|sec).*", re.IGNORECASE
)
"""So lately that it is as good as now."""
WEEKDAY: Final = re.compile(rf"(?:on\s+)?(?:{WEEKDAYS}|{SHORT})", re.IGNORECASE)
MOST_WORDS: Final = 14
"""How many words a line has at most that says what became of a proposal by its title."""


class Told(NamedTuple):
    """A line that says what became of a proposal: which one, what, the day in words, and what a hire is worth."""

    of: str
    outcome: Outcome
    day: str = ""
    worth: str = ""
    asked: bool = False

    def line(self, state: ProposalState, day: str | None = None) -> str:
        """The line that books a state of it, on a day (None: on its own)."""
        chosen = self.day if day is None else day
        words = {"of": self.of, "state": state.value, ON: chosen, "worth": self.worth}
        sure = {"sure": "no"} if self.asked else {}
        return line_of(OUTCOME, {name: said for name, said in words.items() if said} | sure)

    def button(self, state: ProposalState, day: str | None = None) -> Button:
        """The button for a state."""
        label = say(f"reached-{state}")
        return Button(say("button-outcome-on", state=label, day=day) if day else label, self.line(state, day))

    @property
    def shown(self) -> str:
        """The line that shows it."""
        return f"{PROPOSALS} {self.of}"

    @property
    def show(self) -> Button:
        """The button that shows it."""
        return Button(say("button-show-proposal"), self.shown)


def outcome_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/outcome`."""
    if any(pairs_of(text)) or not text.strip():
        return f"{given.name} {text}".strip()
    found = told_line(text)
    if found is None:
        raise UnfitError(say("outcome-unread", words=as_label(text)))
    return found


def told_line(text: str) -> str | None:
    """The line for a text that names a proposal by its link, its number or its title; None if it says nothing of one.

    DoubtError if it may say several things.
    """
    tokens = tokens_in(text)
    links = [token.text for token in tokens if token.sort is Sort.LINK]
    if not text.strip():
        return None
    if links:
        return linked_line(links[0], tokens, text) if len(links) == 1 and job_in(links[0]) else None
    if len(REFERENCE.findall(text)) > 1:
        _ask_about_several(text)
    if (number := REFERENCE.search(text)) is not None:
        rest = f"{text[: number.start()]} {text[number.end() :]}"
        return linked_line(f"#{number['ref']}", tokens_in(rest), rest)
    return leading_line(text) or loose_line(text)


def named_line(text: str) -> str | None:
    """The line for a text that names a proposal by its link or its number; None if it does not."""
    return told_line(text) if REFERENCE.search(text) is not None or is_link(text) else None


def _ask_about_several(text: str) -> None:
    """Ask about several proposals by their numbers, as in "#3 and #4 declined": they are noted one by one."""
    marks = list(REFERENCE.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    said, buttons = text[: marks[0].start()], []
    for mark, end in zip(reversed(marks), reversed(ends), strict=True):
        own = text[mark.end() : end].strip(" ,;")
        said = own if SAYING.intersection(plain_words(own.split())) else said
        of = f"#{mark['ref']}"
        if (line := linked_line(of, tokens_in(said), said)) is None:
            return
        buttons.append(Button(say("raw", text=as_label(f"{of} {said.strip()}")), line))
    raise DoubtError(say("outcomes-several", count=len(buttons)), *reversed(buttons))


def refuse_unread(text: str) -> None:
    """Raise DoubtError for a line about the proposal of a number that says of it what is not understood.

    Its number is no amount of Connects.
    """
    number = REFERENCE.match(text)
    if number is not None and not (SAYING | MONEY_WORDS).isdisjoint(plain_words(text.split())):
        show = Button(say("button-show-proposal"), f"{PROPOSALS} #{number['ref']}")
        raise DoubtError(say("outcome-unread", words=as_label(text)), show)


def linked_line(of: str, tokens: Sequence[Token], text: str) -> str | None:
    """The line for words beside a link or a number; None if they say anything else than what became of it."""
    if (valued := worth_behind(text, named=of.startswith("#"))) is not None:
        before, amount = valued
        won = outcome_in(token.text for token in tokens_in(before) if token.sort not in UNSAID)
        if won is not None and won.state is ProposalState.HIRED:
            return _dated(Told(of, won, worth=amount_of(amount)), tokens_in(before), before)
    tokens = [replace(token, sort=Sort.DAY) if _is_date(token) else token for token in tokens]
    tokens = worth_in(tokens, named=of.startswith("#"))
    if any(token.sort in FIGURES for token in tokens):
        return None
    _ask_about_outbid(of, tokens)
    words = [token.text for token in tokens if token.sort not in UNSAID]
    money = [token.text for token in tokens if token.sort is Sort.MONEY]
    if money:
        says_worth = not MONEY_WORDS.isdisjoint(plain_words(words))
        words = [word for word in words if not MONEY_WORDS.intersection(plain_words([word]))]
        if says_worth and len(money) == 1 and set(plain_words(words)) <= AROUND:
            _ask_about_worth(Told(of, HIRED, worth=amount_of(money[0])))
    outcome = outcome_in(words)
    if outcome is not None and (text.rstrip().endswith("?") or not DOUBTING.isdisjoint(plain_words(words))):
        return Told(of, outcome).shown
    if outcome is None or len(money) > 1 or (money and outcome.state is not ProposalState.HIRED):
        return None
    return _dated(Told(of, outcome, worth=amount_of(money[0]) if money else ""), tokens, text)


def _ask_about_worth(told: Told) -> None:
    """Ask about an amount of money without a hire."""
    raise DoubtError(say("doubt-hired-for", money=told.worth), told.button(ProposalState.HIRED), told.show)


def _is_date(token: Token) -> bool:
    """Whether a word is a day and a month in figures, which would be a figure beside an amount of Connects."""
    return token.sort is Sort.WORD and CLOCKLIKE.fullmatch(token.text) is not None and is_day_and_month(token.text)


def _ask_about_outbid(of: str, tokens: Sequence[Token]) -> None:
    """Ask what to book of a boost that was outbid: it comes back, but not always at once."""
    said = plain_words(token.text for token in tokens if token.sort not in UNSAID)
    if "outbid" in said and set(said) <= AROUND | BOOSTS:
        back = Button(say("button-boost-back"), f"return {of} boost")
        raise DoubtError(say("doubt-outbid"), back, Button(say("button-show-proposal"), f"{PROPOSALS} {of}"))


def _dated(told: Told, tokens: Sequence[Token], text: str) -> str:
    """The line on the day that is in the text; DoubtError if it is unclear which that is, or still to come."""
    ages = [token for token in tokens if token.sort is Sort.AGE and token.sign == "AGO"]
    span = span_of(tokens)
    days = [token for token in tokens if token.sort is Sort.DAY] or ages
    if not days or (days == days[:1] and JUST_NOW.fullmatch(days[0].text)):
        return _said(told)
    words = text[days[0].start : days[-1].end]
    if told.outcome.returned and not told.outcome.states:
        return line_of(f"return {told.of}", {ON: words})
    states = told.outcome.states
    try:
        Past().read(words)
    except UnfitError as error:
        ahead = say("outcome-ahead", words=words)
        readings = [told.button(state, day.words) for state in states for day in error.answers]
        now = [told.button(state) for state in states]
        asked = error.sentence if readings or ages else ahead
        raise DoubtError(asked, *(readings or now), told.show) from error
    may_come = ProposalState.INTERVIEW in states and WEEKDAY.fullmatch(words) is not None  # an appointment
    if span is None or not is_certain(tokens, *span) or may_come:
        both = (button for state in states for button in (told.button(state, words), told.button(state)))
        raise DoubtError(say("doubt-day-plain", words=words), *both, told.show)
    return _said(told._replace(day=words))


def _said(told: Told) -> str:
    """The line for what was said; DoubtError if it may be one of several states."""
    outcome = told.outcome
    if outcome.state is not None:
        return told.line(outcome.state)
    if outcome.returned and not outcome.states:
        return on_day(f"return {told.of}", told.day)
    if outcome.states:
        raise DoubtError(say("doubt-state"), *map(told.button, outcome.states), told.show)
    return told.shown


def leading_line(text: str) -> str | None:
    """The line for what became of a proposal, then "for" or the like, then its title; None if a text says none of that.

    If nothing follows, it is asked which proposal is meant.
    """
    words, beside = _parted(text)
    about = _count(words)
    ends = (at for at in range(about - 1, 0, -1) if set(plain_words([words[at]])) & BEFORE_TITLE)
    for end in ends:
        outcome, title = outcome_in(words[:end]), words[end + 1 :]
        if outcome is not None and not _is_said(title):
            return _of_title(title, outcome, beside)
    outcome = outcome_in(words)
    return None if outcome is None or outcome.state is None else line_of(OUTCOME, {"state": outcome.state.value})


def loose_line(text: str) -> str | None:
    """The line for a title with what became of it before or behind it; None if a text says no such thing.

    It may as well be all of a title, so that it is always asked about.
    """
    words, beside = _parted(text)
    behind = ((words[at:], words[:at]) for at in range(len(words) - _count(words[::-1]), len(words)))
    before = ((words[:at], words[at:]) for at in range(_count(words), 0, -1))
    for said, title in (*behind, *before):
        outcome = outcome_in(said)
        if outcome is not None and outcome.states and not _is_said(title):
            return _of_title(title, outcome, beside, asked=True)
    return None


def _parted(text: str) -> tuple[list[str], str]:
    """The words of a text that may state something, and the day or the amount of money behind them.

    There are no words in a question, nor in a long text.
    """
    tokens = tokens_in(text)
    last = (token for token in tokens if token.sort in BESIDE)
    edge = next((token.start for token in last if not _words_after(tokens, token)), len(text))
    words = text[:edge].split()
    asks = text.rstrip().endswith("?") or not (ASKING | DOUBTING).isdisjoint(plain_words(words[:1]))
    return [] if asks or len(words) > MOST_WORDS else words, text[edge:]


def _of_title(title: Sequence[str], outcome: Outcome, beside: str, *, asked: bool = False) -> str:
    """The line about a title, and the day or the amount of money beside it."""
    while title[1:] and title[0].casefold() in LEADING:
        title = title[1:]
    while title[1:] and title[-1].casefold() in BEFORE_TITLE:  # "hired for Logo for $500"
        title = title[:-1]
    if title[1:] and not TRAILING.isdisjoint(plain_words(title[-1:])):
        title = title[:-1]
    tokens = tokens_in(beside)
    money = [token.text for token in tokens if token.sort is Sort.MONEY]
    worth = amount_of(money[0]) if money and outcome.state is ProposalState.HIRED else ""
    named = " ".join(title).strip(' ,;:-\u2013\u2014"\u201c\u201d')
    return _dated(Told(named, outcome, worth=worth, asked=asked), tokens, beside)


def _words_after(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a title goes on behind a day or an amount."""
    loose = {*BESIDE, Sort.JOIN, Sort.PUNCTUATION, Sort.GLUE}
    return any(one.start > token.start and one.sort not in loose for one in tokens)


def _is_said(title: Sequence[str]) -> bool:
    """Whether nothing in a title could be of one."""
    return set(plain_words(title)) <= SAYING | AROUND


def _count(words: Sequence[str]) -> int:
    """How many words from the first on may belong to what became of a proposal."""
    at = 0
    while at < len(words) and _is_said(words[at : at + 1]):
        at += 1
    return at
