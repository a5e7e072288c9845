"""Reads the lines of `/export`, `/statement` and `/report`: period and form in any order, and nothing dropped."""

from __future__ import annotations

import re
from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError
from bot.documents.model import Form
from bot.options.times.days import either_day
from bot.options.times.period import ALL_TIME, ALWAYS
from bot.reading.exports.periods import plain
from bot.reading.exports.wishes import wish_in
from bot.reading.exports.words import ADDS_NOTHING, PERIOD, POSTINGS, REPORT_WORDS, SPELLED, STATEMENT_WORDS
from bot.reading.forms import FORM, PRINTED
from bot.reading.leftovers import COURTESY
from bot.reading.lines import line_button, line_of
from bot.reading.pairs import fits, pairs_in
from bot.reading.questions.periods import without_days_ahead, without_period
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Command

EXPORT: Final = "export"
STATEMENT: Final = "statement"
REPORT: Final = "report"
DOCUMENTS: Final = frozenset({EXPORT, STATEMENT, REPORT})
MOST_FORM: Final = 3
FORMS: Final = (Form.CSV, Form.EXCEL, Form.BEANCOUNT, Form.HLEDGER)
"""The forms in which entries and statements are written."""
AMBIGUOUS: Final = "ledger"
"""A form, or the books themselves: "my ledger as csv"."""
AHEAD: Final = frozenset({"tomorrow", "soon", "upcoming", "next", "coming", "future"})
NEAR: Final = 0.74
LONGEST_SHOWN: Final = 60
SHOWN: Final = ("period", "form", "postings")
"""The options that a button names."""
OF_REPORT: Final = frozenset({"period", "stop"})
YEARS: Final = re.compile(r"(20\d\d)(?:/(\d\d)|[-/.]\S*)")
"""A year with what is no month of it."""
MOST_DAYS: Final = 366
JOINED: Final = re.compile(r"and (?:(?:an?|the|my|our) )?(?:statement|report)")
STOPPING: Final = frozenset({"stop", "cancel", "abort", "stop it", "cancel it"})
HELP: Final = frozenset({"help", "how", "options"})
EVERY_FORM: Final = re.compile(
    r"\b(?:in )?(?:all|every|each|any)(?: of)?(?: the| your| possible)? (?:forms?|formats?|file types?)\b"
)


class Asked(NamedTuple):
    """What a text asks for: the words of its period, its forms, and the words that are not understood.

    printed: it shall be printed, or a PDF. ahead: it is about days to come. about: the command of another of these
    documents, which it names; several: all of them, if there are more than one.
    """

    period: str = ""
    forms: tuple[Form, ...] = ()
    postings: bool = False
    printed: bool = False
    ahead: bool = False
    about: str = ""
    several: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """The options of a line."""
        found = {
            "period": self.period,
            "form": self.forms[0].value if self.forms else "",
            "postings": "on" if self.postings else "",
        }
        return {name: words for name, words in found.items() if words}

    @property
    def understood(self) -> Asked:
        """The same without what is not understood, or not one thing."""
        return self._replace(forms=self.forms[:1], printed=False, ahead=False, several=(), left=())

    @property
    def clear(self) -> bool:
        """Whether all of it is understood, and means one thing."""
        return self == self.understood


def export_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after the name of one of these commands.

    It may be that of another of them: "/export page" asks for the report. DoubtError about what is not understood.
    """
    bare = folded(text).strip("?!. ")
    if bare in HELP:
        return f"help {given.name}"
    if bare in STOPPING:
        raise DoubtError(say("doubt-stop"), _button(given.name))
    refuse_unknown(given, text)
    named, rest = pairs_in(given, text)
    if named and not rest:
        return line_of(given.name, named)
    asked, named = _beside(_asked(rest), named)
    if given.name != EXPORT and asked.about not in {"", given.name}:
        asked = asked._replace(several=(given.name, asked.about))
    if asked.ahead and asked.forms == (Form.CALENDAR,):
        asked = asked._replace(ahead=False)
    if not asked.clear:
        raise _doubt(given, rest, asked, named)
    return _line(given.name, asked, named)


def _asked(text: str) -> Asked:
    """What a text asks for."""
    said = plain(folded(COURTESY.sub("", text)).replace(",", " ").replace(";", " ").rstrip("?!. "))
    without = POSTINGS.sub(" ", said)
    words, forms = _without_forms(without.split())
    if EVERY_FORM.search(without) is not None:
        words, forms = EVERY_FORM.sub("", " ".join(words)).split(), FORMS
    rest, ahead = without_days_ahead(" ".join(words))
    rest, period = without_period(rest)
    left = rest.split()
    if not period:
        left, period = _alone(left)
    joined = [EXPORT] if JOINED.match(said) is not None else []
    several = tuple(dict.fromkeys([*joined, *filter(None, map(_about, left))]))
    unread = [word for word in left if word not in ADDS_NOTHING | PRINTED and not _about(word)]
    return Asked(
        period=period,
        forms=forms,
        postings=without != said,
        printed=any(word in PRINTED for word in left),
        ahead=bool(ahead) or not AHEAD.isdisjoint(unread),
        about=next(filter(None, map(_about, left)), ""),
        several=several if len(several) > 1 else (),
        left=tuple(word for word in unread if word not in AHEAD and any(map(str.isalnum, word))),
    )


def _beside(asked: Asked, named: dict[str, str]) -> tuple[Asked, dict[str, str]]:
    """What is asked, and the named options without those beside which words say something else."""
    form, period = named.get("form", ""), named.get("period", "")
    if asked.forms and form and fits(FORM, form):
        forms = dict.fromkeys((*asked.forms, Form(FORM.read(form))))
        asked, named = asked._replace(forms=tuple(forms)), {**named, "form": ""}
    if asked.period and period and asked.period != period:
        asked, named = asked._replace(left=(*asked.left, period)), {**named, "period": ""}
    return asked, {name: words for name, words in named.items() if words}


def _about(word: str) -> str:
    if word in REPORT_WORDS:
        return REPORT
    return STATEMENT if word in STATEMENT_WORDS else ""


def _without_forms(words: list[str]) -> tuple[list[str], tuple[Form, ...]]:
    """The words without those that are forms, the longest first, and the forms."""
    left, found, at = list[str](), dict[Form, str](), 0
    while at < len(words):
        span = FORM.find(words[at : at + MOST_FORM])
        if span is None:
            left.append(words[at])
            at += 1
            continue
        said = " ".join(words[at : at + span.stop])
        found.setdefault(Form(FORM.read(said)), said)
        at += span.stop
    if len(found) > 1 and found.get(Form.HLEDGER) == AMBIGUOUS:
        del found[Form.HLEDGER]
    return left, tuple(found)


def _alone(words: list[str]) -> tuple[list[str], str]:
    """A period of one word, such as "year", "month" or "everything"."""
    at = next((at for at, word in enumerate(words) if not word.isdecimal() and fits(PERIOD, word)), None)
    if at is None:
        return words, ""
    said = ALL_TIME if words[at] in ALWAYS else words[at]
    return [*words[:at], *words[at + 1 :]], said


def _line(command: str, asked: Asked, named: dict[str, str]) -> str:
    """The line of what is asked, which may be that of another command. DoubtError where it has no such form."""
    words = asked.words | named
    form, period = words.get("form", ""), words.get("period", "")
    name = REPORT if form == Form.PAGE else asked.about if asked.about == STATEMENT or not form else command
    name = name or command
    if form == Form.CALENDAR:
        if period:
            raise DoubtError(say("doubt-calendar"), _button(EXPORT, form=form), _button(EXPORT, period=period))
        return line_of(EXPORT, {"form": form})
    if name == REPORT and form and form != Form.PAGE:
        others = tuple(_button(other, period=period, form=form) for other in (EXPORT, STATEMENT))
        raise DoubtError(say("doubt-report-form", form=say(f"form-{form}")), *others, _button(REPORT, period=period))
    if "postings" in words and name != EXPORT:
        raise DoubtError(
            say("doubt-postings"), _button(EXPORT, period=period, postings="on"), _button(name, period=period)
        )
    if name == REPORT:
        words = {option: said for option, said in words.items() if option in OF_REPORT}
    return line_of(name, words)


def _button(command: str, **words: str) -> Button:
    """A button that shows in plain words what its line asks for."""
    command, named = _possible(command, {option: words[option] for option in SHOWN if words.get(option)})
    shown = ("postings" if option == "postings" else said for option, said in named.items())
    return line_button(line_of(command, named), " ".join((f"/{command}", *shown)))


def _possible(command: str, words: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The command that has such a document, and what it needs to know: a report has no form, a calendar no period."""
    form = words.get("form", "")
    if form == Form.CALENDAR:
        return EXPORT, {"form": form}
    if form == Form.PAGE or (command == REPORT and not form and "postings" not in words):
        return REPORT, {option: said for option, said in words.items() if option == "period"}
    if "postings" in words or command == REPORT:
        return EXPORT, words
    return command, words


def _doubt(given: Command, text: str, asked: Asked, named: dict[str, str]) -> DoubtError:
    """What to ask about a text that is not understood as a whole, with its likely readings."""
    words = asked.words | named
    period = words.get("period", "")
    if asked.left:
        left = (
            *asked.left,
            *([next((word for word in text.split() if folded(word) in PRINTED), "PDF")] if asked.printed else []),
        )
        wish = wish_in(asked.left)
        if wish is not None and not asked.printed and not asked.ahead:
            return DoubtError(wish, *_instead(given, wish.id, asked, words))
        readings = {button.line: button for button in _readings(given, text, asked, named)}
        return DoubtError(say("doubt-document", words=" ".join(left)[:LONGEST_SHOWN]), *readings.values())
    if asked.printed:
        page = Button(say("button-page"), line_of(REPORT, {"period": period} if period else {}))
        chat = Button(say("button-statement"), line_of(STATEMENT, {"period": period} if period else {}))
        return DoubtError(say("doubt-printed"), page, chat)
    if asked.ahead:
        dates = Button(say("button-calendar"), line_of(EXPORT, {"form": Form.CALENDAR.value}))
        return DoubtError(say("doubt-ahead"), dates, _button(given.name, period=period))
    if asked.several:
        return DoubtError(say("doubt-several-documents"), *(_document(name, words) for name in asked.several))
    each = (_button(given.name, **{**words, "form": form.value}) for form in asked.forms)
    return DoubtError(say("doubt-forms"), *each)


def _document(name: str, words: dict[str, str]) -> Button:
    """A button for one of several documents of a period; a report has no form."""
    return _button(name, **{option: said for option, said in words.items() if name != REPORT or option == "period"})


def _instead(given: Command, wish: str, asked: Asked, words: dict[str, str]) -> tuple[Button, ...]:
    """What comes nearest to a wish that no document fulfils."""
    period, name = words.get("period", ""), asked.about or given.name
    if wish == "doubt-bills":
        return _button(STATEMENT, period=period), _button(STATEMENT, period=period, form=Form.EXCEL.value)
    if wish == "doubt-elsewhere":
        return (_button(name, **words),)
    name = EXPORT if name == REPORT or wish == "doubt-picked" else name
    forms = (Form.EXCEL, Form.CSV) if wish == "doubt-picked" else (Form.CSV, Form.EXCEL)
    return tuple(_button(name, period=period, form=form.value) for form in forms)


def _readings(given: Command, text: str, asked: Asked, named: dict[str, str]) -> Iterator[Button]:
    """The likely meanings of a text with words that are not understood, the likeliest first."""
    corrected = list(_corrected(given, text, named, asked.left))
    yield from corrected
    words = asked.understood.words | named
    if not asked.period:
        yield from (_button(given.name, **{**words, "period": period}) for period in _periods_like(asked.left))
    if asked.period and len(asked.left) == 1 and fits(PERIOD, asked.left[0]):  # two periods
        yield _button(given.name, **{**words, "period": f"{asked.period} to {asked.left[0]}"})
        yield _button(given.name, **{**words, "period": asked.left[0]})
    yield _button(given.name, **words)
    if not corrected and not asked.forms and not {"form", "postings"} & words.keys() and given.name != REPORT:
        yield _button(given.name, **words, form=Form.EXCEL.value)


def _periods_like(left: tuple[str, ...]) -> Iterator[str]:
    """The periods that a figure may mean: both readings of a day, the year of a month, or so many days."""
    if len(left) != 1:
        return
    (word,) = left
    yield from (day.words for day in either_day(word))
    if (years := YEARS.fullmatch(word)) is not None:
        yield years[1]
        if years[2]:
            yield f"20{years[2]}"
    elif word.isdecimal() and 1 < int(word) <= MOST_DAYS:
        yield f"{word} days"


def _corrected(given: Command, text: str, named: dict[str, str], left: tuple[str, ...]) -> Iterator[Button]:
    """The text with its misspelt words put right, if it is understood then: all at once."""
    near = {word: get_close_matches(word, SPELLED, n=2, cutoff=NEAR) for word in left}
    if not all(near.values()) or not all(word in folded(text) for word in near):
        return
    for choice in range(max(map(len, near.values()))):
        right = {word: found[min(choice, len(found) - 1)] for word, found in near.items()}
        words = " ".join(right.get(word.strip(",;?!."), word) for word in folded(text).split())
        again = _asked(words)
        if again.clear:
            with suppress(DoubtError):
                yield line_button(_line(given.name, again, named), f"/{given.name} {words}")
