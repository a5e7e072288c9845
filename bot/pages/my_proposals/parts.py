"""The parts of a copied "My proposals", which a messenger cut, become one text again.

A client cuts inside a line and trims each part, so what stood between two parts is found by trying, as for the history.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.my_proposals.frames import card_of, framed, profiles_of
from bot.pages.my_proposals.pieces import head_in, lines_of
from bot.pages.pieces import tidied
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence


class Known(NamedTuple):
    """What all parts say: the profiles, the titles and the words of the page."""

    profiles: frozenset[str]
    titles: frozenset[str]
    words: frozenset[str]


def joined(texts: Sequence[str]) -> str:
    """The parts as one text."""
    parts = [tidied(text).strip("\n") for text in texts if text.strip()]
    if len(parts) < PAIR:
        return "".join(parts)
    known = _known(parts)
    full = max(map(len, parts))
    whole = parts[0]
    for last, part in pairwise(parts):
        whole += _between(whole, part, known, shortened=len(last) < full) + part
    return whole


def goes_on(before: Sequence[str], text: str) -> bool:
    """Whether a text that looks like nothing goes on where the last of these parts was cut: all of it is understood."""
    tail, rest = _tail(joined(before)), tidied(text).strip("\n")
    known = _known([*map(tidied, before), rest])
    alone = _read(tail, known)
    looks = [_read(tail + between + rest, known) for between in BETWEEN]
    return any(look.strange < alone.strange or (not look.strange and look.known > alone.known) for look in looks)


def _known(parts: Sequence[str]) -> Known:
    found = [framed(lines_of(part)) for part in parts]
    frames = [frame for one in found for frame in one.frames]
    profiles = profiles_of(frames)
    cards = [card for frame in frames if (card := card_of(frame, profiles))]
    titles = frozenset(folded(card.title) for card in cards)
    return Known(profiles, titles, frozenset(word for title in titles for word in title.split()))


class _Look(NamedTuple):
    """How much of a text is understood, how much is not, and how many of its titles stand elsewhere, too."""

    known: int
    strange: int
    titles: int


def _between(whole: str, part: str, known: Known, *, shortened: bool) -> str:
    tail, head = _tail(whole), _head(part)
    choices = _candidates(tail, head, known, shortened=shortened)
    looks = [(between, _read(tail + between + head, known)) for between in choices]
    return max(looks, key=lambda one: (one[1].known - 2 * one[1].strange, one[1].titles))[0]


def _read(text: str, known: Known) -> _Look:
    found = framed(lines_of(text))
    cards = [card_of(frame, known.profiles) for frame in found.frames]
    whole = [card for card in cards if card]
    understood = sum(
        2 + (card.profile in known.profiles) + bool(card.boost) + card.viewed + bool(card.status) for card in whole
    )
    strange = len(found.unread) + sum(len(card.unread) for card in whole) + cards.count(None)
    strange += sum(card.profile not in known.profiles for card in whole) if known.profiles else 0
    headings = sum(heading.section is not None for heading in found.headings)
    titles = sum(folded(card.title) in known.titles for card in whole)
    return _Look(understood + 2 * headings, strange, titles)


def _tail(text: str) -> str:
    """The last two proposals of a text, and what follows them."""
    return _last(text, PAIR)


def _last(text: str, heads: int) -> str:
    lines = text.split("\n")
    for at in range(len(lines) - 1, -1, -1):
        heads -= head_in(" ".join(lines[at].split())) is not None
        if not heads:
            return "\n".join(lines[at:])
    return text


def _head(text: str) -> str:
    """The beginning of a text, up to its second proposal."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if head_in(" ".join(line.split()))]
    return "\n".join(lines[: heads[1]]) if len(heads) > 1 else text


def _candidates(tail: str, head: str, known: Known, *, shortened: bool) -> Sequence[str]:
    """What may have stood between two parts; of those that fit equally well, the first is taken.

    Whether it was a blank shows in the words on both sides, or in the part's length: a client trims it.
    """
    if tail[-1:].isspace() or head[:1].isspace():
        return ("", "\n")
    first, second = tail.rsplit(maxsplit=1)[-1].casefold(), head.split(maxsplit=1)[0].casefold()
    apart = first + second not in known.words and (shortened or second in known.words)
    return ("\n", " ", "") if apart else ("\n", "", " ")


PAIR: Final = 2
BETWEEN: Final = ("\n", " ", "")
