"""Which figures of a line are amounts of Connects, and which belong to a title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reading.tokens import GLUING, LABELS, SMALL, TEXT, Sort, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

JOINING: Final = frozenset({"and", "&", ",", ";", "/", "|", "(", ")", ":", ""})
COMPARING: Final = frozenset({"to", "was", "were", "is", "are", "of", "from", "about", "around", "approx"})
SUBTRACTING: Final = frozenset({"less", "minus"})
BESIDE: Final = LABELS | {Sort.TOTAL}
BETWEEN: Final = GLUING | LABELS | {Sort.LINK, Sort.AGE, Sort.UNBOOSTED, Sort.AGAIN}


class BidAndBoost(NamedTuple):
    """Two amounts, by their places. `sure`: they are beyond doubt a bid and its boost."""

    bid: int
    boost: int
    sure: bool


def amounts_in(tokens: Sequence[Token]) -> list[int]:
    """The places of the figures that may be amounts: at an edge, or beside a sign, a unit, a label or another amount.

    A figure among the words of a title, as in "Logo for 3 pages", is a part of it.
    """
    figures = [place for place, token in enumerate(tokens) if token.sort is Sort.FIGURE]
    found = {place for place in figures if _is_marked(tokens, place) or _is_at_edge(tokens, place)}
    while more := {place for place in figures if place not in found and _neighbours(tokens, place) & found}:
        found |= more
    if any(tokens[place].unit for place in found):
        found = {place for place in found if not _counts_something(tokens, place)}
    return sorted(found)


def _is_marked(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    before, after = _beside(tokens, place)
    last = tokens[place - 1] if place else None
    joined = last is not None and (last.sort in {Sort.JOIN, Sort.PLUS} or last.text.casefold() in SUBTRACTING)
    beside = {tokens[near].sort for near in (before, after) if near is not None} & BESIDE
    return bool(token.unit or token.sign or joined or beside)


def _is_at_edge(tokens: Sequence[Token], place: int) -> bool:
    before, after = _beside(tokens, place)
    return any(near is None or tokens[near].sort not in TEXT | {Sort.FIGURE} | LABELS for near in (before, after))


def _neighbours(tokens: Sequence[Token], place: int) -> set[int]:
    """The figures beside a figure, with nothing but joining words between."""
    return {near for near in _beside(tokens, place, GLUING) if near is not None and tokens[near].sort is Sort.FIGURE}


def _beside(tokens: Sequence[Token], place: int, skipped: frozenset[Sort] = SMALL) -> tuple[int | None, int | None]:
    """The nearest tokens on both sides that say something."""
    before = next((at for at in range(place - 1, -1, -1) if tokens[at].sort not in skipped), None)
    after = next((at for at in range(place + 1, len(tokens)) if tokens[at].sort not in skipped), None)
    return before, after


def _counts_something(tokens: Sequence[Token], place: int) -> bool:
    """Whether a bare figure stands before a word, as in "5 proposals", while another one is called Connects."""
    token = tokens[place]
    follows = place + 1 < len(tokens) and tokens[place + 1].sort in TEXT
    return follows and not token.unit and not token.sign


def is_compact(tokens: Sequence[Token], amounts: Sequence[int]) -> bool:
    """Whether nothing but joining words, labels and links stands between the amounts."""
    return all(tokens[place].sort in BETWEEN or place in amounts for place in range(amounts[0], amounts[-1] + 1))


def swallowed(tokens: Sequence[Token], amounts: Sequence[int]) -> set[int]:
    """The places of the amounts and of what only joins or names them, which belongs to no title."""
    used = set(amounts)
    for place in amounts:
        for step in (-1, 1):
            at, passed = place + step, set[int]()
            while 0 <= at < len(tokens) and at not in used and tokens[at].sort in GLUING | LABELS:
                passed.add(at)
                if tokens[at].sort in LABELS:
                    used |= passed
                at += step
            if at in amounts:
                used |= passed
    return used


def followed_by_text(tokens: Sequence[Token], place: int) -> bool:
    """Whether a figure stands before a word, which it may count."""
    after = _beside(tokens, place, SMALL | {Sort.PLUS})[1]
    return after is not None and tokens[after].sort in TEXT


def _joins(token: Token) -> bool:
    """Whether a word between two amounts can only join them: not "or", no arrow, and not "16 to 20" or "16, was 20"."""
    word = token.text.casefold()
    return word in JOINING or (token.sort is Sort.GLUE and word not in COMPARING)


def _ends(tokens: Sequence[Token], place: int) -> bool:
    return not followed_by_text(tokens, place)


def _may_count(tokens: Sequence[Token], place: int) -> bool:
    """Whether a bare figure stands right before a word in lower case, as in "3 pages"."""
    follows = place + 1 < len(tokens) and tokens[place + 1].sort in TEXT
    bare = not tokens[place].sign and not tokens[place].unit
    return bare and follows and tokens[place + 1].text[0].islower()


def _follows_text(tokens: Sequence[Token], place: int) -> bool:
    """Whether a figure stands right after a word, as in "Python 3"."""
    return place > 0 and tokens[place - 1].sort in TEXT


def paired(tokens: Sequence[Token], amounts: Sequence[int]) -> BidAndBoost:
    """Which of two amounts is the boost, and whether that is beyond doubt."""
    first, second = amounts
    compact = is_compact(tokens, amounts)
    inside = range(first + 1, second)
    if any(token.sort is Sort.TOTAL for token in tokens) or "-" in tokens[first].sign + tokens[second].sign:
        return BidAndBoost(first, second, sure=False)
    boosted = _claimed(tokens, amounts, {Sort.BOOST, Sort.BOOSTED})
    bidden = _claimed(tokens, amounts, {Sort.BID})
    if boosted is not None:
        return _labelled(tokens, amounts, boosted, bidden)
    if tokens[first].sign and not tokens[second].sign:
        return BidAndBoost(second, first, sure=False)
    plus = tokens[second].sign == "+" or any(tokens[place].sort is Sort.PLUS for place in inside)
    if plus and not tokens[first].sign:
        return BidAndBoost(first, second, sure=not _may_count(tokens, second) and (compact or _ends(tokens, second)))
    return BidAndBoost(first, second, sure=compact and _is_bid_on_link(tokens, first, second))


def _is_bid_on_link(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether two bare amounts beside a link are a bid and its boost; the same figure twice may be one amount."""
    linked = any(token.sort is Sort.LINK for token in tokens)
    joined = all(_joins(token) for token in tokens[first + 1 : second] if token.sort in SMALL | {Sort.JOIN})
    alone = not followed_by_text(tokens, second) and not _follows_text(tokens, first)
    return (
        linked
        and joined
        and alone
        and not _is_decimal(tokens, first, second)
        and tokens[first].value != tokens[second].value
    )


def _is_decimal(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether two figures with a comma and no blank between them may be one, as in "1,6"."""
    return second == first + 2 and tokens[first + 1].text == "," and tokens[second].start == tokens[first].end + 1


def _labelled(tokens: Sequence[Token], amounts: Sequence[int], boosted: int, bidden: int | None) -> BidAndBoost:
    first, second = amounts
    if bidden == boosted:  # "20 bid 13 boost": labels follow their figures
        boosted = second if _last_label(tokens) is not Sort.BID else first
        return BidAndBoost(first if boosted == second else second, boosted, sure=True)
    bid = first if boosted == second else second
    ordered = boosted == second or bidden == bid
    clear = is_compact(tokens, amounts) or _ends(tokens, second)
    return BidAndBoost(bid, boosted, sure=ordered and clear and not _may_count(tokens, second))


def _last_label(tokens: Sequence[Token]) -> Sort:
    return next(token.sort for token in reversed(tokens) if token.sort in LABELS)


def _claimed(tokens: Sequence[Token], amounts: Sequence[int], labels: set[Sort]) -> int | None:
    """The amount that a label stands beside: the one right after it, or else the one before."""
    claims = dict.fromkeys(_claims(tokens, amounts, labels))
    return next(iter(claims)) if len(claims) == 1 else None


def _claims(tokens: Sequence[Token], amounts: Sequence[int], labels: set[Sort]) -> Iterator[int]:
    for place, token in enumerate(tokens):
        if token.sort in labels:
            before, after = _beside(tokens, place)
            near = next((at for at in (after, before) if at is not None and at in amounts), None)
            if near is not None:
                yield near
