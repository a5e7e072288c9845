"""Derives the once-keys of a wallet from its journal, and compares them with those that are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.change_keys import change_key
from core.ledger.earning import EARNING, EarningClaim, once_key_of, once_key_of_promotion, once_keys_of
from core.ledger.model import Kind, Source, source_of
from core.ledger.sightings import BatchKind, link_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.model import Entry, Snapshot
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId

FARTHEST_WEST: Final = timedelta(hours=-12)
FARTHEST_EAST: Final = timedelta(hours=14)
"""How far from UTC the clocks of the world are."""


class OnceKeyWalk:
    """The once-keys of one wallet: `step` through its entries, then ask for the `fault`."""

    def __init__(self, head: Snapshot, owner: PersonId | None, batches: Iterable[Batch] = ()) -> None:
        self._head, self._owner = head, owner
        self._linked = {link_of(one.key) for one in batches if one.kind is BatchKind.LINKED and one.of is None}
        self._names: dict[int, tuple[str, ...]] = {}
        self._optional: set[tuple[str, int]] = set()

    def step(self, entry: Entry, *, erased: bool) -> None:
        """Derive the once-keys: a grant holds its key until it is undone; that of a welcome is held for good.

        A grant that was booked later than it happened holds none, unless a link took it over from books of the same
        account. If the memo that names what it is for was erased, its key cannot be derived, and may be any.
        """
        takes = entry.happened is None or self._is_taken_over(entry, erased=erased)
        if entry.kind is Kind.GRANT and takes and entry.delta > 0 and len(entry.moves) == 1:
            source = source_of(entry.counterpart)
            if source is Source.OPENING:
                self._track_opening(entry)
            choices = _once_keys(source, entry)
            if choices and erased and _has_name(source):
                self._optional |= {(key.name, key.number) for key in self._head.once_keys if key.number == entry.number}
            elif len(choices) > 1:
                self._optional |= {(name, entry.number) for names in choices for name in names}
            else:
                self._names.update((entry.number, names) for names in choices)
        if entry.kind is Kind.UNDO:
            self._optional -= {key for key in self._optional if key[1] == entry.of}
            if not self._names.get(entry.of or 0, ("welcome:",))[0].startswith("welcome:"):
                del self._names[entry.of or 0]

    def _is_taken_over(self, entry: Entry, *, erased: bool) -> bool:
        """Whether a link took over from books of the same account what can be earned once by its name."""
        named = _has_name(source_of(entry.counterpart)) and (bool(entry.memo) or erased)
        return named and link_of(change_key(entry.key)) in self._linked

    def _track_opening(self, entry: Entry) -> None:
        """An opening in a person's own wallet takes the key of the welcome, unless a welcome or an opening has it."""
        welcome = once_key_of(EarningClaim(Source.WELCOME, entry.wallet, entry.by, entry.at))
        if entry.by is not None and entry.by == self._owner and (welcome,) not in self._names.values():
            self._names[entry.number] = (welcome,)

    def fault(self) -> str | None:
        """What is wrong with the stored once-keys (None: all fits)."""
        stored = self._head.once_keys
        if len({key.number for key in stored}) < len(stored):
            return "one of its entries is stored as holding several once-keys"
        held = {(key.name, key.number) for key in stored}
        keys = sorted(held - self._optional)
        expected = sorted(
            (next((name for name in names if (name, number) in held), names[0]), number)
            for number, names in self._names.items()
        )
        return None if keys == expected else f"its once-keys are stored as {keys}, but the journal gives {expected}"


def _has_name(source: Source | None) -> bool:
    """Whether what comes from there can be had once under each name."""
    rule = None if source is None else EARNING.get(source)
    return rule is not None and rule.named


def _once_keys(source: Source | None, entry: Entry) -> set[tuple[str, ...]]:
    """The once-keys that a grant may hold: tuples of its own key and those of earlier versions for the same claim.

    Empty: it holds none. With one tuple it must hold one of its keys. Near the end of a month there are several, and it
    may hold one key of them or none: a month begins at another moment in each time zone, and the journal does not say
    which one was the wallet's; and its key may have passed to a later entry. Whether a month's Connects were booked
    is decided by the lots (`granted_before`), so nothing depends on such a key.
    """
    if source is Source.PROMOTION:
        return {(once_key_of_promotion(entry.counterpart, entry.by),)}
    if source is None:
        return set()
    claim = EarningClaim(source, entry.wallet, entry.by, entry.at, entry.memo)
    moments = (entry.at + FARTHEST_WEST, entry.at, entry.at + FARTHEST_EAST)
    return {once_keys_of(replace(claim, at=at)) for at in moments} - {()}
