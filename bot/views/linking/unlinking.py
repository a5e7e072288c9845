"""What is said when two linked accounts are unlinked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Table, buttons, enumerated, reply, say
from bot.views.entries import in_list, signed
from bot.views.linking.summary import NO_BOOKS, balance_said
from bot.views.team.joining import platform_name
from core.ledger.rules import fixed
from core.ledger.sightings import BatchKind
from core.links.model import Accounts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.reply.parts import Say
    from bot.views.linking.summary import Facts
    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.links.model import Link
    from core.links.preview import OnTop
    from core.wallets.people import Identity

MOST_ENTRIES: Final = 10
MOST_UNDONE: Final = 4
SIDES: Final = ("kept", "merged")
CONFIRMED: Final = {BatchKind.PINNED: say("since-pinned"), BatchKind.LIFTED: say("since-lifted")}
UNDONE: Final = {BatchKind.PINNED: say("button-undo-pinned"), BatchKind.LIFTED: say("button-undo-lifted")}


class _Since(NamedTuple):
    """What was booked on top of a link, and the button that takes it back."""

    at: datetime
    row: tuple[Fact, ...]
    undo: Button


def unlinked_facts(
    kept: Sequence[Identity], merged: Sequence[Identity], kept_balance: int | None, merged_balance: int | None
) -> Facts:
    """Who has what again, as the facts of a notice: the identities of both sides, and the balance of each."""
    facts: dict[str, str | int] = {}
    for side, found, balance in (("kept", kept, kept_balance), ("merged", merged, merged_balance)):
        facts |= {side: " ".join(map(str, found)), f"{side}-balance": NO_BOOKS if balance is None else balance}
    return facts


def _rows(facts: Facts) -> Fields:
    every = [str(facts[side]).split() for side in SIDES]
    alike = not {one.partition(":")[0] for one in every[0]}.isdisjoint(one.partition(":")[0] for one in every[1])
    rows: list[tuple[Say, Fact]] = [
        (enumerated([_named(one, whole=alike) for one in found]), balance_said(facts[f"{side}-balance"]))
        for side, found in zip(SIDES, every, strict=True)
    ]
    return Fields(tuple(rows))


def _named(identity: str, *, whole: bool) -> Say:
    """An identity by its platform; by all of it if both sides are on the same one."""
    return say("raw", text=identity) if whole else platform_name(identity.partition(":")[0])


def ask_sure(link: Link, facts: Facts) -> Reply:
    """Whether to part them, with what goes where."""
    yes = Button(say("button-unlink-sure"), f"unlink number={link.id} sure=yes")
    no = Button(say("button-unlink-not"), "unlink keep=yes")
    back = say("unlink-back-alone" if link.accounts is Accounts.ALONE else "unlink-back")
    return reply(say("unlink-sure"), _rows(facts), back, buttons(yes, no, asks=True))


def built_on(top: OnTop) -> Reply:
    """Why they cannot be unlinked yet: what was booked since, each with its undo, the newest first.

    Of an import only the whole is shown, which takes back what it booked. What can never be undone is shown alone.
    """
    if for_good := [_booked(one) for one in reversed(top.entries) if fixed(one) is not None]:
        return reply(say("unlink-for-good"), _listed(for_good))
    imported = {one.at for one in top.imports if one.kind is BatchKind.HISTORY}
    found = [_seen(one) for one in reversed(top.imports)]
    found += [_booked(one) for one in reversed(top.entries) if one.at not in imported]
    newest = sorted(found, key=lambda one: one.at, reverse=True)
    rows = tuple((one.undo,) for one in newest[:MOST_UNDONE])
    return reply(say("unlink-on-top"), _listed(newest), Buttons(rows) if rows else None)


def _booked(entry: Entry) -> _Since:
    number = say("entry-number", number=entry.number)
    undo = Button(say("button-undo-number", number=entry.number), f"undo {entry.number}")
    return _Since(entry.at, (number, say("day", at=entry.when), in_list(entry), signed(entry.delta)), undo)


def _seen(batch: Batch) -> _Since:
    """An import, a balance that was confirmed, or what was said of a proposal."""
    number = batch.number
    if batch.kind in CONFIRMED:
        what, undo = CONFIRMED[batch.kind], Button(UNDONE[batch.kind], f"reconcile back={number}")
    elif batch.kind is not BatchKind.TOLD:
        what = say("since-import", number=number)
        undo = Button(say("button-undo-import-number", number=number), f"import undo {number}")
    else:
        what, undo = _told(batch)
    return _Since(batch.at, ("", say("day", at=batch.at), what, ""), undo)


def _told(batch: Batch) -> tuple[Say, Button]:
    number, said = batch.number, batch.proposals[0]
    of = f"{number}-{said.line}" if said.number is None else str(said.number)
    if said.tags is None:
        return say("since-outcome", of=of), Button(
            say("button-undo-outcome-of", of=of), f"outcome of=#{of} undo={number}"
        )
    return say("since-tag", of=of), Button(say("button-undo-tag-of", of=of), f"tag of=#{of} undo={number}")


def _listed(found: Sequence[_Since]) -> Table | None:
    shown = tuple(one.row for one in found[:MOST_ENTRIES])
    columns = tuple(say(f"column-{name}") for name in ("number", "day", "what", "change"))
    return Table(columns, shown, say("unlink-on-top-list", more=len(found) - len(shown))) if shown else None


def unlinked_reply(facts: Facts) -> Reply:
    """They are unlinked."""
    return reply(say("unlinked"), _rows(facts))


def told_unlinked(facts: Facts) -> Reply:
    """The same for the other side."""
    return reply(say("told-unlinked", platform=platform_name(str(facts["from"]))), _rows(facts))
