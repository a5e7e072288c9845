"""/join: a second group uses the books of the first, so that one team writes from two platforms. See decision 0064."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.codes import MOST_GUESSES, shown_code
from bot.command.declaration import Call, DoubtError, UnfitError, command
from bot.commands.team.changing import change_team
from bot.commands.team.elsewhere import note_elsewhere
from bot.commands.team.join_codes import JOIN_CODES, Offer, new_code, offer_of, take
from bot.options.choice import Switch
from bot.options.team.joining import JoinCode, Joining
from bot.reply.parts import Button, Reply, buttons, reply, say
from bot.views.team.joining import JOINED, LEFT, NamedGroup, groups_named, joined_rows, off_line
from core.delivery.notice import Notice, Target
from core.wallets.team_changes import without_feed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.shared.ids import WalletId
    from core.wallets.people import ChatRef

NOTHING: Final = Joining()
MOST_GROUPS: Final = 10


@command("join", needs_wallet=False)
async def join(
    call: Call,
    code: Annotated[Joining, JoinCode()] = NOTHING,
    sure: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
) -> Reply:
    """Let another group use the books of this one, by a code; or join those of another; or part again."""
    if code.off:
        return await _part(call, code.group)
    if call.joined:
        return await _joined_already(call, sure=sure)
    if code.code:
        return await _join(call, code.code, sure=sure)
    if call.wallet is None:
        return reply(say("join-how", group=call.title))
    return await _offered(call)


async def _offered(call: Call) -> Reply:
    """A code for another group, and which groups use these books already."""
    wallet = call.open_wallet.id
    joined = await _named(call, (await call.store.people.groups_of(wallet))[1:])
    if len(joined) >= MOST_GROUPS:
        raise UnfitError(say("join-too-many-groups", most=MOST_GROUPS))
    code = shown_code(await new_code(call))
    told = say("join-code", code=code, group=call.title)
    return reply(told, say("join-groups", groups=groups_named(joined)) if joined else None, joined_rows(joined))


async def _joined_already(call: Call, *, sure: bool) -> Reply:
    """`sure`: it is a press, perhaps one whose answer was lost, so that the first group may not have been told."""
    wallet = call.open_wallet
    first = await _first(call, wallet.id)
    if sure:
        await _tell(call, Offer(wallet.id, wallet.settings.alerts.place or ""), first)
    part = buttons(Button(say("button-part"), off_line(None)))
    return reply(say("joined-already", group=first.title, platform=first.platform), part)


async def _join(call: Call, code: str, *, sure: bool) -> Reply:
    """Join the books that a code stands for, once that is confirmed."""
    if await JOIN_CODES.guessed_too_often(call):
        raise UnfitError(say("join-guessed", most=MOST_GUESSES))
    offer = await offer_of(call, code)
    if offer is None:
        raise UnfitError(say("join-no-code"))
    if call.wallet is not None and call.wallet.id == offer.wallet:
        raise UnfitError(say("join-same", code=shown_code(code)))
    first = await _first(call, offer.wallet)
    await _check_empty(call, first)
    if not sure:
        own = "no" if call.wallet is None else "yes"
        asked = say("join-sure", own=own, group=first.title, platform=first.platform, here=call.title)
        raise DoubtError(asked, Button(say("button-join"), f"join {code} sure=yes"))
    taken = await take(call, code)
    if taken is None:
        raise UnfitError(say("join-no-code"))
    if not await call.store.people.join_group(call.chat, taken.wallet):
        raise UnfitError(say("join-kept", group=first.title))
    await _tell(call, taken, first)
    return reply(
        say("joined-here", group=first.title, platform=first.platform, here=call.title),
        buttons(Button(say("item-balance"), "balance"), Button(say("button-part"), off_line(None))),
    )


async def _check_empty(call: Call, first: NamedGroup) -> None:
    """A group with books of its own keeps them: nobody would find them again while it used others."""
    if call.wallet is None:
        return
    holding = await call.store.ledger.holding(call.wallet.id)
    if holding.entries:
        lost = {"entries": holding.entries, "balance": holding.balance}
        raise UnfitError(say("join-has-books", group=first.title, here=call.title, **lost))


async def _tell(call: Call, offer: Offer, first: NamedGroup) -> None:
    """Tell the first group who uses its books now, and note it in its audit log, too."""
    facts = {"group": call.title, "platform": call.chat.platform, "chat": call.chat.id, "by": call.person.name}
    to = Target(first.ref.platform, first.ref.id, place=offer.place)
    await call.store.outbox.notify([Notice(f"joined:{call.key}", JOINED, facts, to=(to,))], call.at)
    await note_elsewhere(call, first.ref, f"/join {call.chat}")


async def _part(call: Call, group: ChatRef | None) -> Reply:
    """Let a group no longer use the books, asked from either side."""
    if call.joined:
        return await _leave(call)
    there = () if call.wallet is None else (await call.store.people.groups_of(call.wallet.id))[1:]
    joined = await _named(call, there)
    meant = joined if group is None else [one for one in joined if one.ref == group]
    if not meant:
        raise UnfitError(say("join-none"))
    if len(meant) > 1:
        raise DoubtError(say("join-which"), *(Button(say("raw", text=one.title), off_line(one.ref)) for one in meant))
    (left,) = meant
    await _end_feed(call, left.ref)
    await call.store.people.leave_group(left.ref)
    await _tell_of_parting(call, "second", Target(left.ref.platform, left.ref.id))
    return reply(say("parted-from", group=left.title, platform=left.platform))


async def _leave(call: Call) -> Reply:
    """This group no longer uses the books of the first one."""
    wallet = call.open_wallet
    first = await _first(call, wallet.id)
    await _end_feed(call, call.chat)
    await call.store.people.leave_group(call.chat)
    place = wallet.settings.alerts.place or ""
    await _tell_of_parting(call, "first", Target(first.ref.platform, first.ref.id, place=place))
    return reply(say("parted-here", group=first.title), buttons(Button(say("button-begin"), "start")))


async def _end_feed(call: Call, ref: ChatRef) -> None:
    """Show no bookings there any more: whoever reads there has nothing to do with the books from now on."""
    await change_team(call, call.open_wallet.id, lambda team: without_feed_in(team, ref.platform, ref.id))


async def _tell_of_parting(call: Call, side: str, to: Target) -> None:
    """Tell the other group, which is the `first` or the `second` of the two, and note it in its audit log."""
    facts = {"group": call.title, "platform": call.chat.platform, "by": call.person.name, "side": side}
    await call.store.outbox.notify([Notice(f"parted:{call.key}", LEFT, facts, to=(to,))], call.at)
    await note_elsewhere(call, to.ref, f"/join off {call.chat}")


async def _first(call: Call, wallet: WalletId) -> NamedGroup:
    ref = await call.store.people.group_of(wallet)
    if ref is None:
        raise UnfitError(say("join-no-code"))
    (first,) = await _named(call, (ref,))
    return first


async def _named(call: Call, refs: Sequence[ChatRef]) -> list[NamedGroup]:
    chats = [await call.store.people.chat(ref) for ref in refs]
    return [NamedGroup(ref, "" if chat is None else chat.title) for ref, chat in zip(refs, chats, strict=True)]
