"""What a chat wants to hear about: how its topics change by what somebody asks for."""

from __future__ import annotations

from typing import NamedTuple


class Wishes(NamedTuple):
    """What somebody asks for: topics that are wanted from now on, and those that no longer are.

    `only`: nothing else is wanted any more.
    """

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    everything: bool = False
    off: bool = False
    only: bool = False


def topics_after(tags: tuple[str, ...] | None, wishes: Wishes) -> tuple[str, ...] | None:
    """The tags of a subscription (None: there is none) once wishes are granted; see `Subscription.tags`.

    Wanted topics join those that a chat has; one that got everything then gets only them. Unwanted ones are dropped
    from a list, and left out of everything. Without its last topic a chat is not subscribed any more.
    """
    if wishes.off:
        return None
    had, without = _split(() if tags is None or wishes.everything or wishes.only else tags)
    if wishes.everything:
        return _left_out({*wishes.unwanted})
    back = without & {*wishes.wanted}
    without = (without - {*wishes.wanted}) | {*wishes.unwanted}
    new = tuple(tag for tag in wishes.wanted if tag not in back or had)
    wanted = tuple(dict.fromkeys(tag for tag in (*had, *new) if tag not in wishes.unwanted))
    if wanted:
        return wanted
    return None if had or new else _left_out(without)


def _split(tags: tuple[str, ...]) -> tuple[tuple[str, ...], set[str]]:
    """The topics that are wanted, and those that are left out of everything."""
    return tuple(tag for tag in tags if tag[0] != "-"), {tag[1:] for tag in tags if tag[0] == "-"}


def _left_out(unwanted: set[str]) -> tuple[str, ...]:
    return tuple(f"-{tag}" for tag in sorted(unwanted))
