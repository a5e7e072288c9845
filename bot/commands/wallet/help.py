"""`/help`: the commands that somebody may use here, what is used daily first; or one command explained."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, Command, DoubtError, command
from bot.command.permissions import permission_of
from bot.command.slips import no_such_command
from bot.options.choice import Choice
from bot.options.text import Text
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.commands import about_option, example_of, more_about
from bot.views.menu.pages import menu_button
from bot.views.team.roles import who_may
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Option
    from core.wallets.team import Role

DAILY: Final = ("spend", "return", "balance", "history", "buy", "earn")
HEADINGS: Final = ("help-books", "help-figures", "help-news", "help-chat", "help-team")
HEADING_OF: Final = {
    "ledger": "help-books",
    "reconciling": "help-books",
    "imports": "help-books",
    **dict.fromkeys(("proposals", "lots", "stats", "charts", "clients", "exports"), "help-figures"),
    **dict.fromkeys(("wallet", "linking"), "help-chat"),
    **dict.fromkeys(("team", "operators"), "help-team"),
}
"""The heading over the commands of a topic's folder; those of the other folders stand under "help-news"."""
NO_TOPIC: Final = frozenset({"me", "please", "pls", "plz", "me please", "me pls"})


@command("help", needs_wallet=False)
async def help_(call: Call, topic: Annotated[str, Text()] = "") -> Reply:
    """List the commands, or explain one."""
    usable = await usable_here(call)
    if topic and topic.casefold().strip(" .!?") not in NO_TOPIC:
        return _explain(call, folded(topic.lstrip("/")), usable)
    own = [one for one in usable if permission_of(one).for_operators]
    others = [one for one in usable if not permission_of(one).for_operators]
    return reply(
        say("help-intro", group="yes" if call.group else "no"),
        *_sections(others),
        _listed(own, "help-operators") if own else None,
        say("help-more"),
        None if call.group or call.away else say("help-bare"),
        buttons(menu_button()),
    )


async def usable_here(call: Call) -> list[Command]:
    """The commands that the caller may use in this chat, without those that only buttons use."""
    role = await call.role() if call.group else None
    return [found for name, found in call.commands.items() if name == found.name and _may_use(call, found, role)]


def _may_use(call: Call, found: Command, role: Role | None) -> bool:
    permission = permission_of(found)
    if (found.hidden and not permission.operators) or (call.group and permission.for_operators):
        return False
    return permission.allows(role, operator=call.operator)


def _sections(found: Sequence[Command]) -> list[Fields]:
    """The commands under headings: first what is used daily, then by topic, in the order of their files."""
    daily = [one for name in DAILY for one in found if one.name == name]
    rest = sorted((one for one in found if one not in daily), key=lambda one: HEADINGS.index(_heading(one)))
    return [
        *([_listed(daily, "help-daily")] if daily else []),
        *(_listed(list(some), heading) for heading, some in groupby(rest, _heading)),
    ]


def _heading(found: Command) -> str:
    topic = found.run.__module__.split(".")[-2]
    return HEADING_OF.get(topic, "help-news")


def _listed(found: Sequence[Command], title: str) -> Fields:
    rows: tuple[tuple[Say, Fact], ...] = tuple(
        (say("command-name", command=one.name), say(f"cmd-{one.name}")) for one in found
    )
    return Fields(rows, say(title))


def _explain(call: Call, name: str, usable: Sequence[Command]) -> Reply:
    known = {one: found for one, found in call.commands.items() if found in usable or _is_shown(call, found)}
    found, hidden = known.get(name), call.commands.get(name)
    if found is None and hidden is not None and permission_of(hidden).for_operators:
        return reply(say("operators-only", command=hidden.name))
    if found is None:
        near = get_close_matches(name, known, n=1)
        sentence = say("no-such-command-but", name=name[:40], near=near[0]) if near else no_such_command(name, {})
        readings = [Button(say("command-name", command=one), f"help {one}") for one in near]
        raise DoubtError(sentence, *(readings or [menu_button()]))
    rows = tuple((say("option-name", option=option.name), _about(found, option)) for option in found.shown)
    return reply(
        say("help-command", usage=usage(found), about=say(f"cmd-{found.name}")),
        more_about(found),
        Fields(rows, say("help-options")) if rows else None,
        say("help-example", example=example_of(call, found)),
        None if found in usable else _not_here(call, found),
    )


def _not_here(call: Call, found: Command) -> Say:
    """Who may use a command, and where."""
    permission = permission_of(found)
    where = "operators" if permission.operators and call.operator else "roles" if call.group else "groups"
    return say("help-not-here", role=where, roles=who_may(call.wallet, permission.users))


def _is_shown(call: Call, found: Command) -> bool:
    """Whether a command that cannot be used here is explained all the same, with a word on where and by whom."""
    return not found.hidden or (call.operator and permission_of(found).for_operators)


def _about(found: Command, option: Option) -> Say:
    about = about_option(found, option)
    if isinstance(option.kind, Choice):
        about = say("help-choices", about=about, known=option.kind.known)
    return say("help-required" if option.required else "help-optional", about=about)


def usage(found: Command) -> str:
    """The usage of a command: `/spend connects [purpose] [title]`."""
    words = (option.name if option.required else f"[{option.name}]" for option in found.shown)
    return " ".join((f"/{found.name}", *words))
