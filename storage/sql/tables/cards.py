"""The texts in which cards are kept, and how they are read: whole, or only what figures need.

A text has three lines: a JSON array of what figures divide cards by, what the card cost, and an array of all else.
Among thousands of first lines many are the same, and each is read once.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from core.ledger.sightings import ProposalState
from core.proposals.card_groups import CardGroup, group_of, total_of
from core.proposals.model import NetCost, Proposal, ProposalKind, Unclear
from core.shared.money import Price
from storage.sql.tables.ledger import MICROSECOND, micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta

FIRST: Final = CardGroup._fields[: CardGroup._fields.index("net")]
"""The first line. Behind them is whether any of the cost is unknown."""
OWN: Final = frozenset({"base", "age", "booked", "unclear"})
"""What the first line says in its own way."""
OTHERS: Final = tuple(name for name in Proposal._fields if name != "net" and (name not in FIRST or name in OWN))
"""The third line."""
KIND, TAGS, STAGE, END, AGE = map(FIRST.index, ("kind", "tags", "stage", "end", "age"))
KINDS: Final[Mapping[str, ProposalKind]] = {kind.value: kind for kind in ProposalKind}
STATES: Final[Mapping[str | None, ProposalState | None]] = {None: None, **{one.value: one for one in ProposalState}}
LINE: Final = "\n"
"""Between the lines, and between tags. JSON has no line break within a text."""


def body_of(card: Proposal) -> str:
    """The text of a card."""
    group = group_of(card)
    first = group._asdict() | {"tags": LINE.join(card.tags), "age": _span(group.age), "doubt": card.net.unknown > 0}
    others = card._asdict() | {
        "sent": micros(card.sent),
        "since": micros(card.since),
        "answered": None if card.answered is None else micros(card.answered),
        "age": _span(card.age),
    }
    return LINE.join([_array(first, (*FIRST, "doubt")), _net_text(card.net), _array(others, OTHERS)])


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
    lines = [body.split(LINE, 2) for body in bodies]
    firsts, others = (_arrays(line[part] for line in lines) for part in (0, 2))
    nets = [_net(line[1]) for line in lines]
    return [_card(*parts) for parts in zip(firsts, nets, others, strict=True)]


def _arrays(texts: Iterable[str]) -> list[list[Any]]:
    """Many arrays, read as one, which takes half the time."""
    arrays: list[list[Any]] = json.loads(f"[{','.join(texts)}]")
    return arrays


def _card(first: list[Any], net: NetCost, others: list[Any]) -> Proposal:
    fields = dict(zip(FIRST, _read(first), strict=True)) | dict(zip(OTHERS, others, strict=True))
    del fields["booked"]
    answered, worth = fields["answered"], fields["worth"]
    fields |= {
        "net": net,
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


def read_groups(rows: Iterable[tuple[int, str]], edges: Sequence[int]) -> tuple[CardGroup, ...]:
    """What figures need of cards, each given as when it was sent and its text; edges are in order and around all.

    Thousands are read for one answer, so this is written for speed.
    """
    same = Counter([(bisect_right(edges, sent), body.rpartition(LINE)[0]) for sent, body in rows])
    costs: defaultdict[tuple[int, str], list[tuple[NetCost, int]]] = defaultdict(list)
    for (span, lines), number in same.items():
        first, _, net = lines.partition(LINE)
        costs[span, first].append((_net(net), number))
    begins = [moment(edge) for edge in edges]
    found = zip(_arrays(text for _, text in costs), costs.items(), strict=True)
    return tuple(
        CardGroup._make(
            [
                *_read(first),
                total_of(some),
                begins[span - 1],
                sum([number for _, number in some]),
            ]
        )
        for first, ((span, _), some) in found
    )


def _read(first: list[Any]) -> list[Any]:
    """The fields of the first line."""
    row = first[:-1]
    row[KIND], row[STAGE], row[END] = KINDS[row[KIND]], STATES[row[STAGE]], STATES[row[END]]
    row[TAGS], row[AGE] = tuple(row[TAGS].split(LINE)) if row[TAGS] else (), _age(row[AGE])
    return row


def _age(span: int | None) -> timedelta | None:
    return None if span is None else span * MICROSECOND


def _net_text(net: NetCost) -> str:
    """A cost such as "0 12 0" and, for each currency, " 180 0 USD"."""
    return " ".join(map(str, (*net[:3], *chain.from_iterable(net.money))))


@lru_cache(maxsize=4096)
def _net(text: str) -> NetCost:
    free, paid, unknown, *money = text.split(" ")
    prices = zip(money[::3], money[1::3], money[2::3], strict=True)
    return NetCost(
        int(free), int(paid), int(unknown), tuple(Price(int(net), int(tax), currency) for net, tax, currency in prices)
    )


def _unclear(refs: list[str], number: int | None, seen: list[int] | None, state: str | None) -> Unclear:
    batch_and_line = None if seen is None else (seen[0], seen[1])
    return Unclear(tuple(refs), number, batch_and_line, None if state is None else ProposalState(state))
