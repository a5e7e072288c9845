"""What was asked for together is booked in one change, as several entries, and undone together.

The keys of a change's entries tell that they belong together, and the seals prove the keys. Under the key KEY, lots
that had expired are booked out as `KEY+expiry`; then come its members, as `KEY+00001`, `KEY+00002` and so
on. The last member, which is often the only one, is KEY itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.model import Entry

EXPIRY_SUFFIX: Final = "+expiry"
MOST_MEMBERS: Final = 100
DIGITS: Final = 5


def member_key(key: str, position: int) -> str:
    """The key of a member that is not the last; the first has position 1."""
    return f"{key}+{position:0{DIGITS}}"


def continues(previous: str, key: str) -> bool:
    """Whether the entry with `key`, which follows the entry with the key `previous`, is of the same change."""
    change, plus, suffix = previous.rpartition("+")
    if not plus:
        return False
    if plus + suffix == EXPIRY_SUFFIX:
        return key in {change, member_key(change, 1)}
    return _is_position(suffix) and key in {change, member_key(change, int(suffix) + 1)}


def change_key(key: str) -> str:
    """The key of the change that the entry with this key is of."""
    change, _, suffix = key.rpartition("+")
    return change if f"+{suffix}" == EXPIRY_SUFFIX or _is_position(suffix) else key


def own_key(key: str) -> str:
    """The key under which a change is booked.

    A sender's key that ends like the key of a member, by chance or by intent, gets another ending. Otherwise two
    changes could look like one.
    """
    return key if change_key(key) == key else f"{key}+"


def position_of(key: str) -> int:
    """The position of a member in its change, from 1 on; 0 of the last one, and of what is no member."""
    _, _, suffix = key.rpartition("+")
    return int(suffix) if _is_position(suffix) else 0


def _is_position(suffix: str) -> bool:
    return len(suffix) == DIGITS and suffix.isascii() and suffix.isdigit()


def members_in(entries: Sequence[Entry], number: int) -> tuple[Entry, ...]:
    """The members of the change that the entry with this number is of; empty if it is not among `entries`.

    `entries` are in the order of their numbers. What had expired before is no member; it stands alone.
    """
    found: list[Entry] = []
    for entry in entries:
        if found and not _joins(found[-1], entry):
            if found[-1].number >= number:
                break
            found.clear()
        found.append(entry)
    return tuple(found) if any(entry.number == number for entry in found) else ()


def _joins(last: Entry, entry: Entry) -> bool:
    """Whether an entry is a member of the same change as the last one."""
    expiry = last.key.endswith(EXPIRY_SUFFIX)
    return not expiry and entry.number == last.number + 1 and continues(last.key, entry.key)
