"""What Connects cost, in words: bought, an amount, free, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.figures import Amount, money_in, whole_number
from bot.options.numbers import Whole
from bot.reply.parts import say
from core.shared.money import CostState

if TYPE_CHECKING:
    from bot.command.declaration import Call

MONEY_GIVEN: Final = frozenset({"bought", "purchased", "paid", "pay", "buy", "purchase", "charge", "charged"})
LIST_PRICE: Final = frozenset({"list", "full", "normal", "standard", "regular", "usual", "official"})
GIVEN: Final = frozenset({"free", "given", "gave", "gift", "gifts", "gifted", "bonus", "nothing", "gratis", "granted"})
UNKNOWN: Final = frozenset({"unknown", "unsure", "uncertain", "idk", "dunno", "forgot", "forgotten"})
KNOWING: Final = frozenset({"know", "known", "sure", "idea", "clue", "remember", "recall", "certain"})
NOT: Final = frozenset({"not", "no", "don't", "dont", "can't", "cant", "cannot", "didn't", "didnt", "never"})
EACH: Final = frozenset({"each", "apiece", "piece", "per"})
ALL: Final = frozenset({"all", "total", "altogether", "together", "everything"})
OWN: Final = MONEY_GIVEN | LIST_PRICE | GIVEN | UNKNOWN | KNOWING | NOT | EACH | ALL
BEFORE_FIGURE: Final = frozenset({"for", "paid", "at", "cost", "was", "were", "price"})
PLAIN: Final = (
    "a an any are as at been by connect connects cost costs did do for from have had i in it just me my of our price"
    " that the them these they this to upwork us was we were with you"
)
FILLERS: Final = frozenset(PLAIN.split())


class Paid(NamedTuple):
    """Money that was paid: for each Connect (True), for all of them together (False), or one of the two (None)."""

    amount: Amount
    each: bool | None = None


async def _usual(_call: Call, _typed: str) -> tuple[Suggestion, ...]:
    return (
        Suggestion("bought", say("choice-cost-bought")),
        Suggestion("free", say("choice-cost-free")),
        Suggestion("unknown", say("choice-cost-unknown")),
    )


@dataclass(frozen=True, slots=True)
class Cost(Kind):
    """What Connects cost: "bought" (at the list price), "$25", "$0.15 each", "free" or "unknown".

    It takes every word that is left in a line that has one of its own, so that a line that says more is asked about.
    """

    @override
    def read(self, words: str) -> CostState | Paid:
        tokens = _plain(words)
        money = _money_in(tokens)
        found = _in_words(tokens) if money is None else _in_money(tokens, *money)
        if found is None:
            raise UnfitError(say("unfit-cost", words=words[:40]))
        return found

    @override
    def find(self, tokens: list[str]) -> slice | None:
        words = _plain(" ".join(tokens))
        own = OWN.intersection(words) or any(letter.isdigit() for letter in "".join(words))
        return slice(0, len(tokens)) if own else None


COST: Final = Cost(suggest=_usual)


@dataclass(frozen=True, slots=True)
class CostedNumber(Whole):
    """The number of Connects in a line that may also say what they cost.

    Of several figures it is the one beside which the other words are a cost; if none is, the first word of the line.
    """

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = [slice(i, i + size) for i in range(len(tokens)) for size in (2, 1) if i + size <= len(tokens)]
        numbers = [span for span in spans if whole_number(" ".join(tokens[span])) is not None]
        beside_a_cost = (span for span in numbers if _is_cost(tokens[: span.start] + tokens[span.stop :]))
        return next(beside_a_cost, None) or next((span for span in numbers if not span.start), None)


def _plain(words: str) -> list[str]:
    """The words without case and punctuation."""
    tokens = (token.strip(".,;!()") for token in words.casefold().replace("\u2019", "'").split())
    return [token for token in tokens if token]


def _is_cost(tokens: list[str]) -> bool:
    try:
        return not tokens or COST.read(" ".join(tokens)) is not None
    except UnfitError:
        return False


def _money_in(tokens: list[str]) -> tuple[slice, Amount] | None:
    """The first amount of money among the words, and where it is."""
    for start in range(len(tokens)):
        for size in (3, 2, 1):
            span = slice(start, start + size)
            amount = money_in(" ".join(tokens[span]))
            if amount is not None and not (ALL | EACH).intersection(tokens[span]):  # "all" is also Albania's lek
                return span, amount
    return None


def _in_money(tokens: list[str], span: slice, amount: Amount) -> CostState | Paid | None:
    """The cost if the other words only say that it was paid, and for what; a bare figure may be of something else."""
    before, after = tokens[: span.start], tokens[span.stop :]
    rest = {*before, *after} - FILLERS
    if not rest <= MONEY_GIVEN | EACH | ALL or amount.figure < 0 or (rest & EACH and rest & ALL):
        return None
    if amount.currency is None and ((before and before[-1] not in BEFORE_FIGURE) or set(after) - EACH - ALL - FILLERS):
        return None
    if not amount.figure:
        return CostState.FREE
    return Paid(amount, True if rest & EACH or amount.each else False if rest & ALL else None)


def _in_words(tokens: list[str]) -> CostState | None:
    rest = set(tokens) - FILLERS - ALL
    if rest & NOT:
        return _in_negated_words(rest - NOT, tokens)
    for words, state in (
        (MONEY_GIVEN | LIST_PRICE, CostState.PAID),
        (GIVEN, CostState.FREE),
        (UNKNOWN, CostState.UNKNOWN),
    ):
        if rest and rest <= words:
            return state
    return None


def _in_negated_words(rest: set[str], tokens: list[str]) -> CostState | None:
    """What "no idea", "not bought" or "no cost" means."""
    if rest and rest <= KNOWING:
        return CostState.UNKNOWN
    costs_nothing = not rest and "cost" in tokens
    return CostState.FREE if costs_nothing or (rest and rest <= MONEY_GIVEN) else None
