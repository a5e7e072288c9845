"""Who acts, and the call: all that a command may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bot.command.declaration import Call
from bot.command.incoming import Pressed
from bot.dispatch.permission import is_admin
from bot.dispatch.writes import recorded
from bot.reply.words import voice
from core.shared.refusals import Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from bot.base.background_jobs import Jobs
    from bot.command.declaration import Admins, Command, Places
    from bot.command.incoming import Incoming
    from bot.dispatch.writes import Writes
    from bot.documents.documents import Documents
    from bot.pictures.drawings import Drawings
    from bot.reply.parts import Say
    from core.books import Books
    from core.shared.refusals import Refusal
    from core.store import Store
    from core.wallets.people import Person, Wallet


class Caller(NamedTuple):
    """Who did something, and the wallet of that chat (None if it is not open)."""

    person: Person
    wallet: Wallet | None


@dataclass(frozen=True, slots=True)
class Calls:
    """Makes calls on the books in `store`. `operators` are such as `telegram:42`."""

    store: Store
    books: Books
    commands: Mapping[str, Command]
    jobs: Jobs
    drawings: Drawings
    documents: Documents
    operators: AbstractSet[str]
    admins: Admins | None
    places: Places | None

    async def caller(self, incoming: Incoming) -> Caller:
        """Who did something. Whoever does so for the first time becomes known as a person."""
        person = await self.books.person(incoming.who, incoming.name)
        return Caller(person, await self.books.wallet_of(incoming.chat if incoming.group else person.id))

    async def moved(self, refusal: Refusal, incoming: Incoming, caller: Caller, writes: Writes) -> Caller | None:
        """Who did something, with the wallet that they have now, if theirs was closed meanwhile; None if it was not.

        Nothing was written in a closed wallet, so the command can be carried out once more under the same key.
        """
        wallet = caller.wallet
        if wallet is None or writes.any or refusal != Unknown("wallet", str(wallet.id)):
            return None
        now = await self.caller(incoming)
        return None if now.wallet is not None and now.wallet.id == wallet.id else now

    def call(self, incoming: Incoming, caller: Caller, writes: Writes) -> Call:
        """The call for what somebody did; `writes` notes what the command writes."""
        store = recorded(self.store, writes)
        return Call(
            store=store,
            books=self.books.over(store),
            commands=self.commands,
            key=incoming.key,
            at=incoming.at,
            person=caller.person,
            identity=str(incoming.who),
            chat=incoming.chat,
            group=incoming.group,
            title=incoming.title,
            wallet=caller.wallet,
            is_admin=partial(is_admin, incoming),
            jobs=self.jobs,
            drawings=self.drawings,
            documents=self.documents,
            admins=self.admins,
            places=self.places,
            operator=str(incoming.who) in self.operators,
            place=incoming.place,
            locale=incoming.locale,
            file=incoming.file,
            pressed=isinstance(incoming.said, Pressed),
            away=incoming.away,
            hidden=incoming.hidden,
            meanwhile=partial(_show_meanwhile, incoming),
        )


async def _show_meanwhile(incoming: Incoming, sentence: Say) -> None:
    """Show a sentence in the message whose button was pressed until the answer comes, if the platform can do that."""
    if incoming.meanwhile is not None:
        await incoming.meanwhile(voice(incoming.locale, "UTC").say(sentence))
