"""`/forgetme`: says what would go and what would stay, asks twice, and forgets whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import structlog
from typing_extensions import override

from bot.command.declaration import Call, Kind, MissingOptionError, Suggestion, UnfitError, command
from bot.commands.person.subject import about, extent_of
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reply.parts import Reply, say
from bot.views.person.forgetting import Consequences, first_question, forgotten_reply
from core.shared.lifecycle import Status
from core.shared.names import folded
from core.wallets.team import Role

if TYPE_CHECKING:
    from bot.commands.person.subject import Extent
    from core.forgetting.disclosure import About
    from core.shared.ids import PersonId, WalletId

log = structlog.get_logger()
WORD: Final = "forget"
"""What has to be typed, if the button is not pressed."""
AROUND_WORD: Final = " .!\"'\u201c\u201d"
ASKED_WITHIN: Final = 15
"""How many minutes each of the questions waits."""
MOST_PROMOTIONS: Final = 1000
SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class GivenWord(Kind):
    """The one word by which somebody says that they mean it."""

    @override
    def read(self, words: str) -> str:
        if folded(words).strip(AROUND_WORD) != WORD:
            raise UnfitError(say("unfit-forgetme", word=WORD))
        return WORD


@command("forgetme", needs_wallet=False)
async def forgetme(
    call: Call,
    word: Annotated[str, GivenWord(hidden=True)] = "",
    *,
    begun: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Forget whoever asks, once they have said so two times.

    begun: when the first question was asked, in minutes since 1970. Only its button says so.
    """
    if call.group:
        raise UnfitError(say("forgetme-in-private"))
    now = int(call.at.timestamp()) // SECONDS
    known = await about(call)
    extent = await extent_of(call, known)
    if begun is None:
        return first_question(await _consequences(call, known, extent), f"forgetme begun={now}")
    if not 0 <= now - begun <= ASKED_WITHIN:
        raise UnfitError(say("forgetme-over"))
    if not word:
        asked = say("forgetme-sure", entries=extent.all, word=WORD)
        raise MissingOptionError("word", asked, [Suggestion(WORD, say("button-forget-all", entries=extent.all))])
    forgotten = await call.store.forgetting.forget(call.person.id, call.at)
    log.info("forgotten", persons=sorted(forgotten.persons))
    return forgotten_reply(forgotten)


async def _consequences(call: Call, known: About, extent: Extent) -> Consequences:
    """What forgetting means for whoever calls."""
    subject = known.subject
    made = await call.store.promotions.newest(MOST_PROMOTIONS)
    running = [
        one.terms.title for one in made if one.by in subject.persons and one.status in {Status.LIVE, Status.PAUSED}
    ]
    owned = [wallet for wallet in known.groups if await _owns_alone(call, wallet, subject.persons)]
    titles = [await _title(call, wallet) for wallet in owned]
    platforms = sorted({one.platform for one in subject.identities})
    return Consequences(extent.own, extent.in_groups, platforms, titles, running)


async def _owns_alone(call: Call, wallet: WalletId, persons: frozenset[PersonId]) -> bool:
    """Whether nobody but whoever calls is an owner of a group."""
    team = (await call.store.people.settings_of(wallet)).team
    owners = {person for person, role in team.roles if role is Role.OWNER}
    return bool(owners) and owners <= persons


async def _title(call: Call, wallet: WalletId) -> str:
    ref = await call.store.people.group_of(wallet)
    chat = None if ref is None else await call.store.people.chat(ref)
    return str(ref) if chat is None or not chat.title else chat.title
