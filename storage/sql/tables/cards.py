"""The texts in which cards are kept, and how they are read: whole, or only what figures need.

A text has two lines. The first is a flat JSON array of what figures need, the second an array of all else. Among
thousands of first lines most are the same, and each is read once.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from core.ledger.sightings import ProposalState
from core.proposals.figures import CardFigures, figures_of
from core.proposals.model import NetCost, Proposal, ProposalKind, Unclear
from core.shared.money import Price
from storage.sql.tables.ledger import MICROSECOND, micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta

FIRST: Final = CardFigures._fields[:-2]
"""The first line: all but what cards that are counted together have in common by that."""
OWN: Final = frozenset({"age", "booked", "unclear"})
"""What it says in its own way."""
OTHERS: Final = tuple(name for name in Proposal._fields if name not in FIRST or name in OWN)
"""The second line."""
LINE: Final = "\n"
"""Between the two arrays, and between tags. JSON has no line break within a text."""


def body_of(card: Proposal) -> str:
    """The text of a card."""
    figures = figures_of(card)
    first = figures._asdict() | {
        "tags": LINE.join(card.tags),
        "net": _net_text(card.net),
        "age": _span(figures.age),
    }
    others = card._asdict() | {
        "sent": micros(card.sent),
        "since": micros(card.since),
        "answered": None if card.answered is None else micros(card.answered),
        "age": _span(card.age),
    }
    return f"{_array(first, FIRST)}{LINE}{_array(others, OTHERS)}"


def _array(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    return json.dumps([fields[name] for name in names], ensure_ascii=False, separators=(",", ":"))


def _span(age: timedelta | None) -> int | None:
    return None if age is None else age // MICROSECOND


def read_card(body: str) -> Proposal:
    """A card from its text."""
    (card,) = read_cards([body])
    return card


def read_cards(bodies: Sequence[str]) -> list[Proposal]:
    """Cards from their texts."""
    lines = (_arrays(body.partition(LINE)[part] for body in bodies) for part in (0, 2))
    return [_card(*both) for both in zip(*lines, strict=True)]


def _arrays(texts: Iterable[str]) -> list[list[Any]]:
    """Many arrays, read as one, which takes half the time."""
    arrays: list[list[Any]] = json.loads(f"[{','.join(texts)}]")
    return arrays


def _card(first: list[Any], second: list[Any]) -> Proposal:
    fields = _figures(first) | dict(zip(OTHERS, second, strict=True))
    del fields["booked"]
    answered, worth = fields["answered"], fields["worth"]
    fields |= {
        "sent": moment(fields["sent"]),
        "since": moment(fields["since"]),
        "answered": None if answered is None else moment(answered),
        "age": _age(fields["age"]),
        "worth": None if worth is None else Price(*worth),
        "entries": tuple(fields["entries"]),
        "seen": tuple((batch, line) for batch, line in fields["seen"]),
        "unclear": tuple(_unclear(*one) for one in fields["unclear"]),
    }
    return Proposal(**fields)


def read_figures(rows: Iterable[tuple[int, str]], edges: Sequence[int]) -> tuple[CardFigures, ...]:
    """What figures need of cards, each given as when it was sent and its text; edges are in order and around all."""
    alike = Counter([(bisect_right(edges, sent), body.partition(LINE)[0]) for sent, body in rows])
    firsts = _arrays(text for _, text in alike)
    return tuple(
        CardFigures(**_figures(first), sent=moment(edges[span - 1]), number=number)
        for first, ((span, _), number) in zip(firsts, alike.items(), strict=True)
    )


def _figures(first: list[Any]) -> dict[str, Any]:
    fields = dict(zip(FIRST, first, strict=True))
    end, tags = fields["end"], fields["tags"]
    return fields | {
        "kind": ProposalKind(fields["kind"]),
        "tags": tuple(tags.split(LINE)) if tags else (),
        "net": _net(fields["net"]),
        "stage": ProposalState(fields["stage"]),
        "end": None if end is None else ProposalState(end),
        "age": _age(fields["age"]),
    }


def _age(span: int | None) -> timedelta | None:
    return None if span is None else span * MICROSECOND


def _net_text(net: NetCost) -> str:
    """A cost such as "0 12 0" and, for each currency, " 180 0 USD"."""
    return " ".join(map(str, (*net[:3], *chain.from_iterable(net.money))))


def _net(text: str) -> NetCost:
    free, paid, unknown, *money = text.split(" ")
    prices = zip(money[::3], money[1::3], money[2::3], strict=True)
    return NetCost(
        int(free), int(paid), int(unknown), tuple(Price(int(net), int(tax), currency) for net, tax, currency in prices)
    )


def _unclear(refs: list[str], number: int | None, seen: list[int] | None, state: str | None) -> Unclear:
    batch_and_line = None if seen is None else (seen[0], seen[1])
    return Unclear(tuple(refs), number, batch_and_line, None if state is None else ProposalState(state))
