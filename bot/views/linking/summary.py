"""What a link comes to, as both sides see it before they confirm it, and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Table, buttons, reply, say
from bot.views.entries import in_list, signed
from bot.views.team.joining import platform_name
from core.links.model import Accounts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.reply.parts import Say
    from bot.views.linking.pairing import Pairing, PlatformAccount
    from core.ledger.model import Entry
    from core.links.preview import LinkPreview, Side

    Facts = Mapping[str, str | int]

MOST_ENTRIES: Final = 5
NO_BOOKS: Final = "none"
SIDES: Final = ("giver", "taker")
COUNTED: Final = {
    "same": "field-link-same",
    "taken": "field-link-taken",
    "dropped": "field-link-dropped",
    "recosted": "field-link-recosted",
}
LISTED: Final = {"taken": "link-taken", "dropped": "link-dropped"}
"""What whoever confirms sees entry by entry. Who is asked by a notice sees how many they are."""


def figures(pairing: Pairing, preview: LinkPreview) -> Facts:
    """All that both sides have to see, as the facts of a notice."""
    sides = {preview.kept.person: preview.kept, preview.merged.person: preview.merged}
    facts: dict[str, str | int] = {"pair": pairing.id, "stamp": preview.stamp, "accounts": str(preview.accounts or "")}
    for name, account in zip(SIDES, (pairing.giver, pairing.taker), strict=True):
        facts |= {
            name: account.name,
            f"{name}-person": account.person,
            f"{name}-platform": account.platform,
            f"{name}-balance": _balance_in(sides[account.person]),
        }
    facts["merged"] = next(name for name in SIDES if facts[f"{name}-person"] == preview.merged.person)
    counts = {"same": preview.same, "taken": len(preview.taken), "dropped": len(preview.dropped)}
    more = {"derived": preview.derived, "recosted": preview.recosted, "difference": preview.difference}
    return {**facts, **counts, **more, "after": NO_BOOKS if preview.after is None else preview.after}


def _balance_in(side: Side) -> str | int:
    return NO_BOOKS if side.wallet is None else side.balance


def both_sides(facts: Facts) -> list[tuple[Say, Fact]]:
    """Who both are, and the balance of each."""
    return [(_named(facts, side), balance_said(facts[f"{side}-balance"])) for side in SIDES]


def _named(facts: Facts, side: str) -> Say:
    return say("link-side", platform=platform_name(str(facts[f"{side}-platform"])), name=facts[side])


def balance_said(balance: str | int) -> Say:
    """A balance, or that there are no books."""
    return say("link-no-books") if balance == NO_BOOKS else say("link-balance", connects=balance)


def summed_up(facts: Facts, *, listed: Collection[str] = ()) -> Fields:
    """What linking comes to, apart from what is `listed` below."""
    rows = both_sides(facts)
    if facts["accounts"] != Accounts.ALONE:
        if facts["taken"] or facts["same"]:  # else nothing was asked, because a wallet that was never used fits any
            rows.append((say("field-link-accounts"), say(f"both-{facts['accounts']}")))
        counted = COUNTED if facts["accounts"] == Accounts.SAME else {"taken": COUNTED["taken"]}
        side = _named(facts, str(facts["merged"]))
        rows += [
            (say(label, side=side), say("link-entries", entries=facts[one]))
            for one, label in counted.items()
            if facts[one] and one not in listed
        ]
    if facts["derived"]:
        rows.append((say("field-link-derived"), balance_said(facts["derived"])))
    if facts["difference"]:
        rows.append((say("field-link-difference"), signed(int(facts["difference"]))))
    if any(facts[f"{side}-balance"] != NO_BOOKS for side in SIDES):
        rows.append((say("field-link-after"), balance_said(facts["after"])))
    return Fields(tuple(rows))


def whys(facts: Facts) -> Iterator[Say]:
    """Why more is booked than what is taken over, and what becomes of both."""
    if facts["derived"]:
        yield say("link-why-derived", connects=facts["derived"])
    if facts["difference"]:
        difference, after = int(facts["difference"]), int(facts["after"])
        yield say("link-why-difference", known=after - difference, after=after, difference=signed(difference))
    yield say(f"both-then-{facts['accounts']}")


def confirming(facts: Facts, preview: LinkPreview, *, changed: bool) -> Reply:
    """What both confirm, with the entries that are taken over and those that are not."""
    side = _named(facts, str(facts["merged"]))
    listed = {"taken": preview.taken, "dropped": preview.dropped} if facts["accounts"] == Accounts.SAME else {}
    return reply(
        say("link-changed") if changed else None,
        say("link-confirm"),
        summed_up(facts, listed=listed),
        *(_entries(LISTED[what], side, entries) for what, entries in listed.items()),
        *whys(facts),
        confirm_buttons(facts),
    )


def _entries(title: str, side: Say, entries: Sequence[Entry]) -> Table | None:
    shown = sorted(entries, key=lambda one: one.when)[:MOST_ENTRIES]
    rows = tuple((say("day", at=one.when), in_list(one), signed(one.delta)) for one in shown)
    columns = tuple(say(f"column-{name}") for name in ("day", "what", "change"))
    more = len(entries) - len(rows)
    return Table(columns, rows, say(title, side=side, entries=len(entries), more=more)) if rows else None


def confirm_buttons(facts: Facts, *, unlisted: bool = False) -> Buttons:
    """Yes to what is shown, or no to all of it. `unlisted`: there may be entries of which only the number is shown."""
    pair = f"linking pair={facts['pair']}"
    yes = Button(say("button-link"), f"{pair} act=yes stamp={facts['stamp']}")
    rows = ((yes, Button(say("button-link-not"), f"{pair} act=no")),)
    counted = facts["accounts"] == Accounts.SAME and (facts["taken"] or facts["dropped"])
    more = ((Button(say("button-link-entries"), pair),),) if unlisted and counted else ()
    return Buttons((*rows, *more), asks=True)


def done_facts(giver: PlatformAccount, taker: PlatformAccount, balance: int | None) -> Facts:
    """What both read once they are one."""
    after: str | int = NO_BOOKS if balance is None else balance
    return {
        "giver-platform": giver.platform,
        "taker-platform": taker.platform,
        "giver": giver.name,
        "taker": taker.name,
        "after": after,
    }


def done(facts: Facts) -> Reply:
    """Two accounts are one person now."""
    sides = {"giver": _named(facts, "giver"), "taker": _named(facts, "taker")}
    books = "no" if facts["after"] == NO_BOOKS else "yes"
    connects = 0 if facts["after"] == NO_BOOKS else facts["after"]
    begin = Button(say("button-start"), "start") if books == "no" else Button(say("item-balance"), "balance")
    return reply(
        say("link-done", **sides, books=books, connects=connects),
        say("link-done-next"),
        buttons(begin, Button(say("button-where-alerts"), "alerts platform=?"), Button(say("button-unlink"), "unlink")),
    )
