"""Asks about words that would become text and seem to belong to an option: "ends friday", "code=summer 24"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.base.platform_registry import PLATFORM_NAMES
from bot.command.declaration import DoubtError, UnfitError
from bot.options.audience import Code, Languages, Platforms
from bot.options.choice import Choice
from bot.options.text import Tags, Text
from bot.reading.lines import QUOTES, line_of
from bot.reading.pairs import APART, fits, named_in, only_texts, reads_itself
from bot.reading.unknown import CALLED
from bot.reply.parts import Button, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command, Kind
    from bot.reading.pairs import Named

WORD: Final = re.compile(r"(?P<dash>-{0,2})(?P<name>[^\W\d_]+)(?:(?P<colon>:)(?!//))?(?P<value>(?<=:).*|$)")
BRACKETED: Final = re.compile(r"(.*\s|)[(\[{]\s*(\w+)\s*[=:]\s*([^()\[\]{}\0]+)[)\]}]\s*", re.DOTALL)
COMMON: Final = frozenset({"at", "from", "by", "topic", "topics", "subject", "subjects", "network", "kind", "type"})
"""Names of options that stand before such values in any text."""
SHOWN: Final = 40
LONGEST_VALUE: Final = 11
"""How many words an option and its value have at most, as in "cron on the first day of each month at 9:00"."""
MOST_WORDS: Final = 2
"""How many words may be more of a value, as in "tags=design and python"."""


def refuse_bare(given: Command, line: str) -> None:
    """Raise DoubtError if some words of the text of a command may be an option's instead; UnfitError if it has none.

    Only commands are meant in which all but texts must be named. What others leave for a text, `leftovers` judges.
    """
    if not only_texts(given) or reads_itself(given) or not any(option.kind.greedy for option in given.options):
        return
    named = named_in(given, line)
    free = bool(named.rest.strip())
    text = next((option.name for option in given.options if option.kind.greedy and option.name not in named.words), "")
    if free and not text:
        raise UnfitError(say("unfit-leftover", words=named.rest[:SHOWN], command=given.name))
    as_text = {**named.words, text: named.rest} if free else named.words
    if (asked := _bare(given, named, text, line)) is not None:
        words, typed, right = asked
        label = say("raw", text=" ".join(f"{name}={value}" for name, value in words.items())[:SHOWN])
        shown = " ".join(typed.split())[:SHOWN]
        raise DoubtError(
            say("doubt-unsigned", words=shown),
            Button(label, right),
            Button(say("button-as-text", words=shown), line_of(given.name, as_text)),
        )
    if (apart := _apart(given, named)) is not None:
        name, piece = apart
        rest = " ".join(one.strip() for one in named.pieces if one.strip() and one is not piece)
        value = f"{named.words[name]} {piece.strip()}"
        longer = {**named.words, name: value, text: rest}
        buttons = [_text(given, as_text, text)]
        if fits(given.option(name).kind, value) and len(piece.split()) <= MOST_WORDS:
            label = say("raw", text=f"{name}={value}"[:SHOWN])
            buttons.insert(0, Button(label, line_of(given.name, longer)))
        raise DoubtError(say("doubt-apart", words=piece.strip()[:SHOWN], option=name), *buttons)


def _text(given: Command, words: Mapping[str, str], text: str) -> Button:
    return Button(say("button-as-text", words=words[text][:SHOWN]), line_of(given.name, words))


def _apart(given: Command, named: Named) -> tuple[str, str] | None:
    """The words that follow an option's value although the text stands before it, and the option's name."""
    if not named.pieces[0].strip():
        return None
    after = zip(named.words, named.pieces[1:], strict=True)
    return next(((name, piece) for name, piece in after if piece.strip() and not given.option(name).kind.greedy), None)


def _bare(given: Command, named: Named, text: str, line: str) -> tuple[dict[str, str], str, str] | None:
    """The options that pieces of text end with, without an equals sign; as typed; and the line with equals signs.

    A named text is such a piece, too, unless quotes mark its end: "text=Come and see new 7 days".
    """
    found: dict[str, str] = {}
    typed, words, pieces = "", dict(named.words), []
    for piece in named.pieces:
        more, more_typed, rest = _at_the_end(given, piece, {*words, *found, text})
        found, typed = {**more, **found}, f"{typed} {more_typed}".strip()
        pieces.append(rest.strip())
    for name, value in named.words.items():
        if isinstance(given.option(name).kind, Text) and not line[: line.find(value)].endswith((*QUOTES, "'")):
            more, more_typed, rest = _at_the_end(given, value, {*words, *found, text})
            if rest:
                found, typed, words[name] = {**found, **more}, f"{typed} {more_typed}".strip(), rest
    if not found:
        return None
    kept = " ".join(filter(None, pieces))
    words |= found
    return found, typed, line_of(given.name, {**words, text: kept} if kept else words)


def _at_the_end(given: Command, piece: str, taken: set[str]) -> tuple[dict[str, str], str, str]:
    """The options at the end of a piece of text, the words that name them, and what is left of the piece."""
    found: dict[str, str] = {}
    typed, rest = "", piece
    while (one := _last(given, rest, {*taken, *found})) is not None:
        at, name, value = one
        found, typed, rest = {name: value, **found}, f"{rest[at:]} {typed}".strip(), rest[:at].rstrip(" ,;")
    return found, typed, rest


def _last(given: Command, piece: str, taken: set[str]) -> tuple[int, str, str] | None:
    """Where the last words of a piece begin to look like an option, its name and its value; quoted text never does."""
    masked = APART.sub(lambda apart: "\0" * len(apart[0]), piece)
    bracketed = BRACKETED.fullmatch(masked)
    if bracketed is not None and (name := _option(given, bracketed[2].casefold())) and name not in taken:
        return bracketed.start(2) - 1, name, bracketed[3].strip()
    tokens = list(re.finditer(r"\S+", masked))
    texts = {option.name for option in given.options if isinstance(option.kind, Text)}  # they would take all the others
    for at in sorted(range(len(tokens)), key=lambda at: tokens[at][0].casefold().rstrip(":") in texts):
        found = WORD.fullmatch(tokens[at][0])
        if found is None:
            continue
        name = _option(given, found["name"].casefold())
        value = piece[tokens[at].start() + found.start("value") :].strip().rstrip(",;")
        if not name or not value or name in taken or "\0" in masked[tokens[at].start() :]:
            continue
        kind = given.option(name).kind
        if len(tokens) - at > LONGEST_VALUE and not isinstance(kind, Text):
            continue
        sure = bool(found["dash"] or found["colon"])
        if isinstance(kind, Text) and not sure:  # "gives 20 ends friday text Stay warm"
            sure = _last(given, piece[: tokens[at].start()].rstrip(" ,;"), {*taken, name, *texts}) is not None
        if fits(kind, value) and _is_likely(kind, value, sure=sure):
            return tokens[at].start(), name, value
    return None


def _option(given: Command, word: str) -> str:
    """The option of this name, in the singular or the plural, or by another name that is no preposition."""
    names = [option.name for option in given.options]
    if word in COMMON:
        return ""
    same = next((name for name in names if word and name.removesuffix("s") == word.removesuffix("s")), "")
    return same or next((name for name in CALLED.get(word, ()) if name in names), "")


def _is_likely(kind: Kind, value: str, *, sure: bool) -> bool:
    """Whether words are likely to be a value. Almost any word can be a tag, and a text can be anything.

    `sure`: a colon after the option's name says so.
    """
    one, tokens = " " not in value, value.split()
    match kind:
        case Text():
            likely = sure
        case Platforms():
            likely = {*kind.read(value)} <= {*PLATFORM_NAMES}
        case Languages():
            likely = all(len(word) == len("uk") or word.istitle() for word in re.split(r"[,\s]+", value))
        case Tags():
            likely = sure or re.fullmatch(r"[\w-]+", value) is not None or "," in value or "#" in value
        case Code():
            likely = sure or (one and value.upper() == value)
        case Choice():
            likely = kind.find(tokens) == slice(0, len(tokens))
        case _:
            likely = True
    return likely
