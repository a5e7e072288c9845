"""Figures in money of a group: for those whose role sees them, where nobody else reads them.

If a press can be answered so that nobody else sees it, the figures are shown there; elsewhere the button opens the
private chat. There, each press asks for the role again.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.base.platform_registry import CONSOLE
from bot.command.declaration import Call, DoubtError, MissingOptionError, UnfitError, command
from bot.command.permissions import Absent, role_there
from bot.options.choice import Switch
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.text import Text
from bot.reading.lines import line_of
from bot.reading.parser import ASK_ME, read_values, words_of
from bot.reading.start import IN_MONEY, start_in_money
from bot.reply.parts import Buttons, Link, Links, Reply, reply, say
from bot.views.money.visibility import FIGURES, is_figures
from bot.views.team.roles import who_may
from core.shared.ids import WalletId
from core.wallets.team import SEE_MONEY, Role, sees_money

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from bot.reply.parts import Say
    from core.wallets.people import Wallet

LONGEST: Final = 1200
IN_PLACE: Final = " here=on"
"""The end of a line whose answer takes the place of a message; in the private chat there is none yet."""


@command(IN_MONEY, hidden=True, needs_wallet=False, ephemeral=True)
async def inmoney(
    call: Call,
    line: Annotated[str, Text(most=LONGEST, hidden=True)],
    wallet: Annotated[int | None, Whole(low=1, high=MOST_NUMBER, named=True, hidden=True)] = None,
    here: Annotated[bool | None, Switch(named=True, hidden=True)] = None,
) -> Reply:
    """Show figures of a group in money to somebody who may see them.

    wallet: the group's, if that is not asked in the group itself. here: the message whose button is pressed shows money
    already, so that it may be edited.
    """
    if call.group:
        return await _asked_in_group(call, line, edit=bool(here))
    group = None if wallet is None else await call.store.people.group_of(WalletId(wallet))
    opened = None if group is None else await call.books.wallet_of(group)
    if group is None or opened is None:
        raise UnfitError(say("money-gone"))
    role = await _role_seeing_money(call, opened)
    chat = await call.store.people.chat(group)
    title = say("money-of", group=chat.title if chat is not None and chat.title else say("place-group"))
    shown = await _shown(replace(call, viewed_as=role), opened, line, {"wallet": str(opened.id)})
    return replace(shown, parts=(title, *shown.parts), replace=bool(here) and shown.replace)


async def _asked_in_group(call: Call, line: str, *, edit: bool) -> Reply:
    """The figures, where nobody else sees the answer; elsewhere the way to the private chat."""
    wallet, role = call.open_wallet, await call.role()
    if not sees_money(call.team, role):
        raise UnfitError(_not_theirs(wallet))
    call = replace(call, viewed_as=role)
    if call.hidden or call.chat.platform == CONSOLE:
        shown = await _shown(call, wallet, line, {})
        return replace(shown, replace=edit and shown.replace)
    start = start_in_money(wallet.id, line.removesuffix(IN_PLACE))
    link = Links((Link(say("button-in-private"), f"?start={start}"),))
    return replace(reply(say("money-in-private"), link), onward=start)


async def _role_seeing_money(call: Call, wallet: Wallet) -> Role:
    """What whoever calls is in the wallet's group; UnfitError if money is not for them.

    Whether somebody is one of its members is not known here, so that it does not matter what those may see.
    """
    role = await role_there(call, wallet.id)
    if role is Absent.UNSEEN:
        raise UnfitError(say("money-unseen"))
    if not isinstance(role, Role) or role not in SEE_MONEY:
        raise UnfitError(_not_theirs(wallet))
    return role


def _not_theirs(wallet: Wallet) -> Say:
    return say("money-admins", roles=who_may(wallet, SEE_MONEY))


async def _shown(call: Call, wallet: Wallet, line: str, group: Mapping[str, str]) -> Reply:
    """The answer to a line as in the wallet's own private chat; its buttons lead to the same wallet in money.

    group: the options that name the wallet to the buttons.
    """
    name, _, rest = line.partition(" ")
    given = call.commands.get(name)
    if given is None or not is_figures(f"{given.name} {rest}".strip()):
        raise UnfitError(say("button-over"))
    try:
        values = read_values(given, words_of(given, rest))
        answer = await given.run(replace(call, group=False, wallet=wallet), **values)
    except (DoubtError, MissingOptionError) as error:  # a button says all that its command needs
        raise UnfitError(say("button-over")) from error
    except UnfitError as error:  # without its suggestions, which would lead to another wallet
        raise UnfitError(error.sentence) from error
    return _leading_here(answer, group)


def _leading_here(answer: Reply, group: Mapping[str, str]) -> Reply:
    """An answer whose buttons show the same group in money; without those that do something else, or that ask."""
    parts = (_kept(part, group) if isinstance(part, Buttons) else part for part in answer.parts)
    coming = None if answer.coming is None else asyncio.ensure_future(_later(answer.coming, group))
    return replace(answer, parts=tuple(part for part in parts if part != Buttons(())), coming=coming)


async def _later(coming: Awaitable[Reply], group: Mapping[str, str]) -> Reply:
    return _leading_here(await coming, group)


def _kept(part: Buttons, group: Mapping[str, str]) -> Buttons:
    rows = (
        tuple(
            replace(one, line=line_of(IN_MONEY, {"line": one.line, **group, "here": "yes"}))
            for one in row
            if one.line.partition(" ")[0] in FIGURES and f"={ASK_ME}" not in one.line
        )
        for row in part.rows
    )
    return replace(part, rows=tuple(row for row in rows if row))
