"""`/menu`: the map of all that somebody can do here, by subject. It also answers what is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.linking.pairing_notes import latest_pairing
from bot.commands.wallet.help import usable_here
from bot.options.choice import Choice, Switch, Synonyms
from bot.options.text import Text
from bot.reading.linking import LOST_ACCOUNT
from bot.reading.talk import buttons_for
from bot.reply.parts import Button, Buttons, Reply, buttons, reply, say
from bot.views.linking.codes import account_lost, go_on_linking
from bot.views.menu.contents import MenuSubject
from bot.views.menu.pages import menu_button, overview, page_of, subject_rows, subjects_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command
    from bot.reply.parts import Say


SUBJECTS: Final[Synonyms] = (
    (MenuSubject.BOOKS, ("balance", "connects", "ledger", "money")),
    (MenuSubject.BIDS, ("proposals", "outcomes", "applications")),
    (MenuSubject.FIGURES, ("stats", "statistics", "charts", "pictures", "numbers", "forecast")),
    (MenuSubject.LOTS, ("expiry", "expiring", "costs")),
    (MenuSubject.PAGES, ("import", "imports", "page", "upload")),
    (MenuSubject.OFFERS, ("promotions", "contests", "announcements", "news")),
    (MenuSubject.CHAT, ("alerts", "settings", "help")),
    (MenuSubject.TEAM, ("admins", "admin", "members", "roles")),
    (MenuSubject.OPERATORS, ("operator",)),
)
"""What else people call the subjects."""


MOST_WORDS: Final = 200
HELLO, THANKS = "hello", "thanks"


@command("menu", "map", needs_wallet=False)
async def menu(
    call: Call,
    subject: Annotated[MenuSubject | None, Choice(of=MenuSubject, also=SUBJECTS)] = None,
    *,
    here: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Show all that there is to do here, by subject, or what belongs to one.

    here: it takes the place of the message whose button is pressed.
    """
    usable = {found.name: found for found in await usable_here(call)}
    shown = subjects_of(call, usable)
    if subject in shown:
        return page_of(call, MenuSubject(subject), usable, replace=here)
    if here and subject is not None and call.group:  # somebody presses what was shown to another role
        return reply(say("menu-theirs"))
    intro = say("menu-not-here") if subject is not None else _intro(call, "")
    return overview(shown, intro, first=_start(call, usable), replace=here)


@command("talk", hidden=True, needs_wallet=False)
async def talk(call: Call, words: Annotated[str, Text(most=MOST_WORDS, hidden=True)]) -> Reply:
    """Answer words that are no command: a greeting, thanks, or what is not understood."""
    linking = None if call.group or await latest_pairing(call) is None else go_on_linking()
    if words == THANKS:
        return reply(say("menu-welcome"), buttons(linking, menu_button()))
    if words == LOST_ACCOUNT and not call.group:
        return account_lost(await call.store.people.identities(call.person.id), call.identity)
    usable = {found.name: found for found in await usable_here(call)}
    shown, start = subjects_of(call, usable), _start(call, usable)
    if words == HELLO:
        return overview(shown, _intro(call, HELLO), first=start, replace=False)
    return reply(say("menu-lost"), buttons(linking), start or _offers(call, words), subject_rows(shown))


def _intro(call: Call, said: str) -> Say:
    return say("menu-intro", said=said or "nothing", group="yes" if call.group else "no")


def _start(call: Call, usable: Mapping[str, Command]) -> Buttons | None:
    """Opens the wallet, without which little can be done."""
    start = Button(say("button-start"), "start") if call.wallet is None and "start" in usable else None
    return buttons(start)


def _offers(call: Call, line: str) -> Buttons | None:
    """What may have been meant by a line that is not understood."""

    def known(word: str) -> str | None:
        found = call.commands.get(word)
        return None if found is None or found.hidden else found.name

    rows = buttons_for(line, known)
    return Buttons(tuple((button,) for button in rows), asks=True) if rows else None
