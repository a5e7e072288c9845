"""The texts in which cards are kept, and how they are read: whole, or only what figures need.

A text has two lines. The first is a flat JSON array of what figures need, the second an array of all else. So thousands
of first lines are read at once, as one array of arrays, in half the time that whole cards would take.
"""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.ledger.sightings import ProposalState
from core.proposals.figures import CardFigures, figures_of
from core.proposals.model import NetCost, Proposal, ProposalKind, Unclear
from core.shared.money import Price
from storage.sql.tables.ledger import EPOCH, MICROSECOND, micros, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
FIRST: Final = CardFigures._fields
OTHERS: Final = tuple(name for name in Proposal._fields if name not in FIRST or name == "unclear")
"""The second line. What figures need of the unclear pieces is whether there are any."""
KIND, SENT, TAGS, NET = map(FIRST.index, ("kind", "sent", "tags", "net"))
STAGE, END, ANSWERED, AGE, WORTH = map(FIRST.index, ("stage", "end", "answered", "age", "worth"))
KINDS: Final[Mapping[str, ProposalKind]] = {kind.value: kind for kind in ProposalKind}
STATES: Final[Mapping[str | None, ProposalState | None]] = {None: None, **{one.value: one for one in ProposalState}}
LINE: Final = "\n"
"""Between the two arrays, and between tags. JSON has no line break within a text."""


def body_of(card: Proposal) -> str:
    """The text of a card."""
    first = figures_of(card)._asdict() | {
        "sent": micros(card.sent),
        "tags": LINE.join(card.tags),
        "net": _net_text(card.net),
        "answered": None if card.answered is None else micros(card.answered),
        "age": None if card.age is None else card.age // MICROSECOND,
    }
    others = {name: getattr(card, name) for name in OTHERS} | {"since": micros(card.since)}
    return f"{_array(first)}{LINE}{_array(others)}"


def _array(fields: Mapping[str, Any]) -> str:
    return json.dumps(list(fields.values()), ensure_ascii=False, separators=(",", ":"))


def read_card(body: str) -> Proposal:
    """A card from its text."""
    (card,) = read_cards([body])
    return card


def read_cards(bodies: Sequence[str]) -> list[Proposal]:
    """Cards from their texts."""
    seconds = _arrays(body.partition(LINE)[2] for body in bodies)
    return [_card(*lines) for lines in zip(read_figures(bodies), seconds, strict=True)]


def _card(figures: CardFigures, second: list[Any]) -> Proposal:
    fields: dict[str, Any] = figures._asdict() | dict(zip(OTHERS, second, strict=True))
    del fields["booked"]
    fields["since"] = moment(fields["since"])
    fields["entries"] = tuple(fields["entries"])
    fields["seen"] = tuple((batch, line) for batch, line in fields["seen"])
    fields["unclear"] = tuple(_unclear(*one) for one in fields["unclear"])
    return Proposal(**fields)


def _arrays(texts: Iterable[str]) -> list[list[Any]]:
    """Many arrays, read as one."""
    arrays: list[list[Any]] = json.loads(f"[{','.join(texts)}]")
    return arrays


def read_figures(bodies: Iterable[str]) -> list[CardFigures]:
    """What figures need of cards, from their texts. Thousands are read for one answer, so this is written for speed."""
    nets, tags = _Read(_net), _Read(_tags)
    rows = _arrays(body.partition(LINE)[0] for body in bodies)
    for row in rows:
        row[KIND], row[STAGE], row[END] = KINDS[row[KIND]], STATES[row[STAGE]], STATES[row[END]]
        row[SENT], row[TAGS], row[NET] = EPOCH + timedelta(0, 0, row[SENT]), tags[row[TAGS]], nets[row[NET]]
        if row[ANSWERED] is not None:
            row[ANSWERED] = EPOCH + timedelta(0, 0, row[ANSWERED])
        if row[AGE] is not None:
            row[AGE] = timedelta(0, 0, row[AGE])
        if row[WORTH] is not None:
            row[WORTH] = Price(*row[WORTH])
    return [*map(CardFigures._make, rows)]


class _Read(dict[str, T]):
    """What texts say. Each is read once, since many cards say the same."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> T:
        self[text] = said = self._read(text)
        return said


def _net_text(net: NetCost) -> str:
    """A cost such as "0 12 0" and, for each currency, " 180 0 USD"."""
    return " ".join(map(str, (*net[:3], *chain.from_iterable(net.money))))


def _net(text: str) -> NetCost:
    free, paid, unknown, *money = text.split(" ")
    prices = zip(money[::3], money[1::3], money[2::3], strict=True)
    return NetCost(
        int(free), int(paid), int(unknown), tuple(Price(int(net), int(tax), currency) for net, tax, currency in prices)
    )


def _tags(text: str) -> tuple[str, ...]:
    return tuple(text.split(LINE)) if text else ()


def _unclear(refs: list[str], number: int | None, seen: list[int] | None, state: str | None) -> Unclear:
    batch_and_line = None if seen is None else (seen[0], seen[1])
    return Unclear(tuple(refs), number, batch_and_line, None if state is None else ProposalState(state))
