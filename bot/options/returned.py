"""What somebody writes about Connects that came back: "#12", "2 of 12", "5 connects", a link, "all of the last bid"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.text import DATED
from bot.reply.parts import say
from core.ledger.model import Purpose
from core.shared.job_links import JobLink, is_link, job_in

TOKEN: Final = re.compile(
    r"(?P<entry>(?:[#\u2116]|\b(?:entry|number|no|nr)\b\.?)\s*[#\u2116]?\s*(?P<number>\d{1,9})(?![\w%]))"
    r"|(?P<figure>(?<![\w.,+\u2212\u2013-])\d{1,9}(?:\s*(?P<unit>connects?|c))?(?![\w%/]|[.,]\d))"
    r"|(?P<joint>[,;&])"
    r"|(?P<word>[^\s,;&]+)",
    re.IGNORECASE,
)
PURPOSES: Final = {
    "boost": Purpose.BOOST,
    "boosted": Purpose.BOOST,
    "badge": Purpose.BADGE,
    "ad": Purpose.PROFILE_AD,
    "ads": Purpose.PROFILE_AD,
}
BID: Final = frozenset({"bid", "proposal"})
LATEST: Final = frozenset({"last", "latest", "newest", "previous"})
ALL: Final = frozenset({"all", "everything", "both", "whole", "full", "fully", "entirely", "completely"})
OUT_OF: Final = frozenset({"of", "from", "off"})
FILLERS: Final = frozenset(
    [
        *("a", "an", "the", "my", "our", "this", "that", "it", "one", "ones", "them", "for", "on", "in", "to", "as"),
        *("was", "were", "is", "are", "has", "have", "been", "got", "i", "we", "me", "please", "just", "only"),
        *("bid", "bids", "proposal", "proposals", "job", "spend", "spends", "entry", "entries", "connect", "connects"),
        *("back", "came", "come", "return", "returned", "refund", "refunded", "upwork", "out", "part", "cost"),
    ]
)


class Returned(NamedTuple):
    """What was written: `numbers` are entries and `connects` an amount beyond doubt, `figures` may be either.

    bid: a bid or proposal was named, which may have a boost besides.
    listed: there is an "and" or a comma, so that the figures may be several entries.
    out_of: the figure follows an "of", as in "2 of 12", so that it names a spend, by its number or by its size.
    rest: the words that have no meaning here; they may be the title of a spend.
    words: all of it as written.
    """

    numbers: tuple[int, ...] = ()
    connects: int | None = None
    figures: tuple[int, ...] = ()
    job: JobLink | None = None
    purpose: Purpose | None = None
    bid: bool = False
    latest: bool = False
    whole: bool = False
    listed: bool = False
    out_of: bool = False
    rest: str = ""
    words: str = ""

    @property
    def certain(self) -> bool:
        """Whether it means the same whatever stands in the books."""
        return bool(self.numbers) and not (self.figures or self.job or self.rest)

    @property
    def asked(self) -> tuple[object, ...]:
        """What was asked for, by which a retry is known; the form of one or two figures is that of earlier versions."""
        figures = self.numbers + self.figures
        plain = not (self.job or self.rest or self.latest or self.purpose)
        if plain and len(figures) == 1:
            return "return", figures[0], self.connects
        if plain and len(figures) == 2 and self.connects is None:  # noqa: PLR2004 - an entry and an amount
            return "return", *figures
        return "return", self.words, self.connects

    @property
    def figure(self) -> int | None:
        """The figure, if that is all that was written."""
        alone = Returned(figures=self.figures[:1], words=self.words)
        return self.figures[0] if self.figures and self == alone else None


@dataclass(frozen=True, slots=True)
class Spent(Kind):
    """What came back, in any words; what they mean depends on what stands in the books."""

    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Returned:
        links = [word for word in words.split() if is_link(word)]
        others = [word for word in words.split() if not is_link(word)]
        jobs = {job.id: job for job in map(job_in, links) if job is not None}
        if links and not jobs:
            raise UnfitError(say("unfit-link"))
        if len(jobs) > 1:
            raise UnfitError(say("unfit-links"))
        if others and DATED.fullmatch(others[-1]):
            raise UnfitError(say("unfit-dated", words=others[-1]))
        return _read(" ".join(others))._replace(job=next(iter(jobs.values()), None), words=words)


class _Token(NamedTuple):
    number: int | None = None
    figure: int | None = None
    unit: bool = False
    word: str = ""


def _read(text: str) -> Returned:
    tokens = [_token(found) for found in TOKEN.finditer(text)]
    words = [token.word.casefold().strip(".!?:()\"'") for token in tokens if token.word]
    numbers = tuple(token.number for token in tokens if token.number is not None)
    known = FILLERS | LATEST | ALL | OUT_OF | PURPOSES.keys() | {"and"}
    rest = [word for word in words if word not in known and any(map(str.isalnum, word))]
    connects, figures, out_of = _figures(tokens)
    return Returned(
        numbers=numbers,
        connects=connects,
        figures=figures,
        purpose=next((PURPOSES[word] for word in words if word in PURPOSES), None),
        bid=any(word in BID for word in words),
        latest=any(word in LATEST for word in words),
        whole=any(word in ALL for word in words),
        listed="and" in words or "," in words,
        out_of=out_of,
        rest=" ".join(rest),
    )


def _token(found: re.Match[str]) -> _Token:
    if found["entry"] is not None:
        return _Token(number=int(found["number"]))
    if found["figure"] is not None:
        digits = re.match(r"\d+", found["figure"])
        return _Token(figure=int(digits[0]) if digits else 0, unit=found["unit"] is not None)
    return _Token(word="and" if found["joint"] else found["word"])


def _figures(tokens: list[_Token]) -> tuple[int | None, tuple[int, ...], bool]:
    """The amount that is beyond doubt, the other figures, and whether one of them follows an "of"."""
    amounts: list[int] = []
    figures: list[int] = []
    out_of = False
    kept = [token for token in tokens if token.word.casefold() not in FILLERS]
    for at, token in enumerate(kept):
        if token.figure is None:
            continue
        follows = at > 0 and kept[at - 1].word.casefold() in OUT_OF
        if not follows and (token.unit or (at + 1 < len(kept) and kept[at + 1].word.casefold() in OUT_OF)):
            amounts.append(token.figure)
        else:
            out_of = out_of or follows
            figures.append(token.figure)
    if len(amounts) == 1:
        return amounts[0], tuple(figures), out_of
    return None, (*amounts, *figures), False
