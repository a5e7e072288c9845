"""Whom something is for: platforms, languages and topics by the names that people use; and the code of a promotion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from typing_extensions import override

from bot.base.platform_registry import PLATFORM_NAMES
from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.text import EVERYBODY, LONGEST_TAG, Tags
from bot.reply.parts import say
from core.announcements.topics import Wishes
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHORT: Final = {"tg": "telegram", "ds": "discord", "dc": "discord", "terminal": "console"}
ENGLISH: Final = "en"
OFF: Final = frozenset({"off", "none", "nothing", "stop", "never", "no", "unsubscribe", "cancel"})
EVERYTHING: Final = EVERYBODY | {"on", "yes"}
NOT: Final = frozenset({"no", "not", "without", "except", "but", "minus", "drop", "remove", "less"})
MINUS: Final = "-\u2212\u2013"
NOISE: Final = frozenset(
    {"from", "to", "about", "for", "please", "the", "a", "me", "topic", "topics", "tag", "tags"}
    | {"announcement", "announcements", "add", "also", "and", "or", "plus", "+", "of"}
    | {"more", "longer", "i", "we", "us", "want", "would", "like", "get"}
)
SEPARATED: Final = re.compile(r"[,;&\s]+")
MOST_TOPICS: Final = 20


@dataclass(frozen=True, slots=True)
class Platforms(Tags):
    """Platforms by name, such as "telegram" or "tg"."""

    @override
    def read(self, words: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(platform_named, Tags.read(self, words))))


def platform_named(word: str) -> str:
    """The platform of a name, a short name, or a name with a slip; the word itself if there is none."""
    known = SHORT.get(word, word)
    near = () if known in PLATFORM_NAMES else get_close_matches(known, PLATFORM_NAMES, n=1, cutoff=0.75)
    return near[0] if near else known


@dataclass(frozen=True, slots=True)
class Languages(Tags):
    """Languages by their code or their English name, such as "uk" or "Ukrainian"."""

    @override
    def read(self, words: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(_language, Tags.read(self, words))))


def _language(word: str) -> str:
    """The code of a language. UnfitError if none is known by this word; a country's languages are offered."""
    code, _, region = word.replace("_", "-").partition("-")
    names = _languages()
    code = names.get(code) or get_global("language_aliases").get(code, code)
    if code in names.values():
        return f"{code}-{region}" if region else code
    near = get_close_matches(word, names, n=1, cutoff=0.75)
    codes = get_official_languages(word.upper()) or [names[name] for name in near]
    offers = [Suggestion(one, say("raw", text=language_name(one))) for one in codes[:3]]
    raise UnfitError(say("unfit-language", words=word), *offers)


@lru_cache
def _languages() -> Mapping[str, str]:
    """The codes of languages by their English names, and by themselves."""
    codes = {code: name for code, name in Locale.parse(ENGLISH).languages.items() if "_" not in code}
    return {name.casefold(): code for code, name in codes.items()} | {code: code for code in codes}


def language_name(code: str) -> str:
    """What a language is called in English; its code if it has no name."""
    plain, _, region = code.partition("-")
    names = Locale.parse(ENGLISH).languages
    return names.get(f"{plain}_{region.upper()}") or names.get(plain) or code


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """The code of a promotion: a word, or several in quotes."""

    brief: ClassVar[bool] = True

    @override
    def read(self, words: str) -> str:
        code = folded(words.lstrip("#"))
        if not code or len(code) > LONGEST_TAG:
            raise UnfitError(say("unfit-code", longest=LONGEST_TAG))
        return code


@dataclass(frozen=True, slots=True)
class Topics(Kind):
    """Topics to hear about or not: "design, python", "no design", "-design", "everything but design", "off"."""

    @override
    def read(self, words: str) -> Wishes:
        tokens = [word for word in SEPARATED.split(folded(words)) if word.strip("#") and word not in NOISE]
        if tokens and all(token in OFF for token in tokens):
            return Wishes(off=True)
        if len(tokens) > 1 and tokens[-1] in OFF:  # "design off"
            tokens = ["no", *tokens[:-1]]
        if len(tokens) > 1 and tokens[0] in OFF and tokens[1] in NOT:  # "nothing but design"
            tokens = ["only", *tokens[2:]]
        found = _sorted_out(tokens)
        tags = (*found.wanted, *found.unwanted)
        if len(tags) > MOST_TOPICS or any(len(tag) > LONGEST_TAG for tag in tags) or not (tags or found.everything):
            raise UnfitError(say("unfit-tags", most=MOST_TOPICS, longest=LONGEST_TAG))
        return found

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None


def _sorted_out(words: Sequence[str]) -> Wishes:
    """What is wanted and what is not; a word such as "no" turns those after it around."""
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    everything = only = turned = False
    for word in words:
        if word in NOT | OFF:
            turned = True
        elif word in EVERYTHING:
            everything, turned = True, False
        elif word == "only":
            only, turned = True, False
        else:
            minus, tag = word[0] in MINUS, word.lstrip("#+" + MINUS).lstrip("#")
            if tag:
                (unwanted if turned or minus else wanted)[tag] = None
    return Wishes(tuple(wanted), tuple(unwanted), everything=everything and not wanted, only=only)
