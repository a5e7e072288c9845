"""What is said when two linked accounts are unlinked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Table, buttons, enumerated, reply, say
from bot.views.entries import in_list, signed
from bot.views.linking.summary import NO_BOOKS, balance_said
from bot.views.team.joining import platform_name
from core.ledger.sightings import BatchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.parts import Say
    from bot.views.linking.summary import Facts
    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.links.preview import OnTop
    from core.shared.ids import LinkId
    from core.wallets.people import Identity

MOST_ENTRIES: Final = 10
MOST_UNDONE: Final = 4
SIDES: Final = ("kept", "merged")
CONFIRMED: Final = {BatchKind.PINNED: say("button-undo-pinned"), BatchKind.LIFTED: say("button-undo-lifted")}


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


def ask_sure(number: LinkId, facts: Facts) -> Reply:
    """Whether to part them, with what goes where."""
    yes = Button(say("button-unlink-sure"), f"unlink number={number} sure=yes")
    no = Button(say("button-unlink-not"), "unlink keep=yes")
    return reply(say("unlink-sure"), _rows(facts), say("unlink-back"), buttons(yes, no, asks=True))


def built_on(top: OnTop) -> Reply:
    """Why they cannot be unlinked yet: what was booked since, each with its undo, the newest first."""
    rows = [(_undo_of(one),) for one in top.imports[: -MOST_UNDONE - 1 : -1]]
    rows += [
        (Button(say("button-undo-number", number=one.number), f"undo {one.number}"),)
        for one in top.entries[: -MOST_UNDONE - 1 : -1]
    ]
    return reply(say("unlink-on-top"), _listed(top.entries), Buttons(tuple(rows)) if rows else None)


def _undo_of(batch: Batch) -> Button:
    """What takes back an import, a balance that was confirmed, or what was said of a proposal."""
    number = batch.number
    if batch.kind in CONFIRMED:
        return Button(CONFIRMED[batch.kind], f"reconcile back={number}")
    if batch.kind is not BatchKind.TOLD:
        return Button(say("button-undo-import-number", number=number), f"import undo {number}")
    said = batch.proposals[0]
    of = f"{number}-{said.line}" if said.number is None else str(said.number)
    if said.tags is None:
        return Button(say("button-undo-outcome-of", of=of), f"outcome of=#{of} undo={number}")
    return Button(say("button-undo-tag-of", of=of), f"tag of=#{of} undo={number}")


def _listed(entries: Sequence[Entry]) -> Table | None:
    shown = entries[: -MOST_ENTRIES - 1 : -1]
    rows: tuple[tuple[Fact, ...], ...] = tuple(
        (say("entry-number", number=one.number), say("day", at=one.when), in_list(one), signed(one.delta))
        for one in shown
    )
    columns = tuple(say(f"column-{name}") for name in ("number", "day", "what", "change"))
    return Table(columns, rows, say("unlink-on-top-list", more=len(entries) - len(shown))) if rows else None


def unlinked_reply(facts: Facts) -> Reply:
    """They are unlinked."""
    return reply(say("unlinked"), _rows(facts))


def told_unlinked(facts: Facts) -> Reply:
    """The same for the other side."""
    return reply(say("told-unlinked", platform=platform_name(str(facts["from"]))), _rows(facts))
