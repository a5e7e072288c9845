"""What is known of two people who are being linked: who they are, what they answered, and who has said yes to what.

It is kept in notes, so that every step survives a restart. A yes counts for the figures that were shown, named by the
stamp of their preview. Each side has a note of its own, so that two presses at once do not write over each other.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.command.codes import Codes, digest
from bot.views.linking.pairing import Pairing, PlatformAccount
from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.shared.ids import PersonId

if TYPE_CHECKING:
    from bot.command.declaration import Call

LINK_CODES: Final = Codes("link")
LIFE: Final = timedelta(hours=1)
"""How long two people may take to answer and to confirm."""
ID_BYTES: Final = 6


def links_of(call: Call) -> LinkService:
    """The service that makes one person of two."""
    return LinkService(call.store, call.books.rulebook, call.books.clock)


def account_of(call: Call) -> PlatformAccount:
    """Whoever calls."""
    return PlatformAccount(call.person.id, call.identity, call.person.name)


async def new_link_code(call: Call) -> str:
    """A code for whoever calls."""
    return await LINK_CODES.new(call, json.dumps(account_of(call)))


async def giver_of(call: Call, code: str) -> PlatformAccount | None:
    """Whoever got a code; None if it is none. A wrong guess is counted, and logged without the code."""
    return _account(await LINK_CODES.text_of(call, code))


async def paired(call: Call, code: str) -> Pairing | None:
    """Pair whoever calls with whoever got a code, which is used up by that; None if somebody else was quicker."""
    giver = _account(await LINK_CODES.take(call, code))
    if giver is None:
        return None
    pairing = Pairing(secrets.token_hex(ID_BYTES), giver, account_of(call), digest(code))
    await keep(call, pairing)
    await call.store.notes.put_note(_open(pairing.id), "open", call.at + LIFE)
    for side in (pairing.giver, pairing.taker):
        await call.store.notes.put_note(_latest(side.identity), pairing.id, call.at + LIFE)
    return pairing


async def pairing_of(call: Call, number: str) -> Pairing | None:
    """A pairing of whoever calls; None if there is none, or none any more."""
    text = await call.store.notes.note(_name(number), call.at)
    if text is None:
        return None
    found = read(text)
    return found if call.identity in {found.giver.identity, found.taker.identity} else None


async def latest_pairing(call: Call) -> Pairing | None:
    """The latest pairing of whoever calls that is not over."""
    number = await call.store.notes.note(_latest(call.identity), call.at)
    found = None if number is None else await pairing_of(call, number)
    return None if found is None or found.done else found


async def keep(call: Call, pairing: Pairing) -> None:
    """Keep what was answered."""
    await call.store.notes.put_note(_name(pairing.id), written(pairing), call.at + LIFE)


def written(pairing: Pairing) -> str:
    """A pairing as the text of its note."""
    answers = [pairing.answers.balance, pairing.answers.same]
    return json.dumps([*pairing[:-2], answers, pairing.done])


def read(text: str) -> Pairing:
    """The pairing in the text of its note."""
    number, giver, taker, code, accounts, (balance, same), done = json.loads(text)
    chosen = BalanceChoice(balance) if isinstance(balance, str) else balance
    sides = _account_in(giver), _account_in(taker)
    known = None if accounts is None else Accounts(accounts)
    return Pairing(number, *sides, code, known, LinkAnswers(chosen, same), done)


async def agree(call: Call, pairing: Pairing, stamp: str) -> bool:
    """Note that whoever calls says yes to what was shown; whether the other one has said yes to the same."""
    await call.store.notes.put_note(_yes(pairing, call.identity), stamp, call.at + LIFE)
    return await agreed(call, pairing, pairing.other(call.identity), stamp)


async def agreed(call: Call, pairing: Pairing, side: PlatformAccount, stamp: str) -> bool:
    """Whether a side has said yes to what was shown under this stamp."""
    return await call.store.notes.note(_yes(pairing, side.identity), call.at) == stamp


async def begin(call: Call, pairing: Pairing) -> bool:
    """Begin to link, after which neither side can decline; False if somebody has declined.

    Whoever presses at the same time, or again after a crash, may go on as well: the key of the link is the same.
    """
    if await call.store.notes.take_note(_open(pairing.id), call.at) is not None:
        return True
    return await pairing_of(call, pairing.id) is not None


async def reopen(call: Call, pairing: Pairing) -> None:
    """Let either side decline again, because nothing was linked."""
    await call.store.notes.put_note(_open(pairing.id), "open", call.at + LIFE)


async def decline(call: Call, pairing: Pairing) -> bool:
    """Give a pairing up; False if it is being linked, or was. First it is gone, so that nobody can begin any more."""
    await call.store.notes.take_note(_name(pairing.id), call.at)
    if await call.store.notes.take_note(_open(pairing.id), call.at) is not None:
        return True
    await keep(call, pairing)
    return False


def _account(text: str | None) -> PlatformAccount | None:
    return None if text is None else _account_in(json.loads(text))


def _account_in(kept: list[Any]) -> PlatformAccount:
    person, identity, name = kept
    return PlatformAccount(PersonId(person), identity, name)


def _name(number: str) -> str:
    return f"pairing:{number}"


def _open(number: str) -> str:
    return f"pairing-open:{number}"


def _latest(identity: str) -> str:
    return f"pairing-latest:{identity}"


def _yes(pairing: Pairing, identity: str) -> str:
    return f"pairing-yes:{pairing.id}:{identity}"
