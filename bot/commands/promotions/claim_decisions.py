"""Looking through the claims on a promotion: they are approved or declined. Operators also get counts and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import Call, MissingOptionError, UnfitError
from bot.commands.promotions.draft import in_rows
from bot.reading.lines import line_of
from bot.reply.parts import Button, Buttons, Fact, Fields, File, Hour, Reply, Say, reply, say
from bot.reply.words import voice
from bot.views.exports import announcements_csv, claims_csv
from core.promotions.model import Claim, ClaimState, Promotion, by_chat
from core.shared.names import SOMEONE
from core.shared.refusals import RefusedError, Unknown

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef

PAGE: Final = 4
"""Each claim has a row of buttons, and Discord takes five rows at most."""
CHATS: Final = 8
Titles = Mapping[tuple[str, str], str]


class Deciding(NamedTuple):
    """Whose claims somebody decides on, and the words of the lines on their buttons.

    group: only claims made there (None: all). but: whose claims are left out, because nobody decides on their own,
    whoever they were when they made it. command, show: what shows those that wait. back: where one came from.
    """

    command: str = "promo"
    show: str = "claims"
    group: ChatRef | None = None
    but: frozenset[PersonId] = frozenset()
    back: str = ""

    def line(self, promotion: Promotion, do: str, **numbers: int) -> str:
        """The line of a button that does this."""
        return line_of(f"{self.command} {do} {promotion.id}", {name: str(value) for name, value in numbers.items()})

    def holds(self, claim: Claim) -> bool:
        """Whether it is one of these claims, or of those left out."""
        return self.group is None or claim.chat == self.group

    def waiting(self, claims: Sequence[Claim]) -> tuple[list[Claim], bool]:
        """Those of these claims that wait, and whether one that is left out does, too."""
        every = [claim for claim in claims if claim.state is ClaimState.ASKED and self.holds(claim)]
        found = [claim for claim in every if claim.person not in self.but]
        return found, len(found) < len(every)


async def waiting(
    call: Call, promotion: Promotion, deciding: Deciding, after: int = 0, done: Say | None = None
) -> Reply:
    """A page of the claims that wait for a decision, from those after number `after` on, with buttons to decide."""
    asked, own = deciding.waiting(await call.store.promotions.claims_on(promotion.id))
    page = [one for one in asked if one.number > after][:PAGE]
    last = say("claims-own") if own else None
    back = [Button(say("button-back"), deciding.back)] if deciding.back else []
    if not page:
        none = say("waiting-none", title=promotion.terms.title, other="yes" if own else "no")
        return reply(done, none, last, in_rows(*back) if back else None, replace=True)
    names = await call.store.people.names(one.person for one in page)
    titles = await _titles(call, (one.chat for one in page))
    rows = tuple(
        (say("waiting-number", number=one.number, name=names.get(one.person, SOMEONE)), _when_and_where(one, titles))
        for one in page
    )
    keys = [_decisions(promotion, one, deciding, after) for one in page]
    more = Button(say("button-more"), deciding.line(promotion, deciding.show, after=page[-1].number))
    paging = (*back, *([more] if page[-1] is not asked[-1] else ()))
    title = say("waiting-title", number=len(asked), title=promotion.terms.title)
    return reply(done, Fields(rows, title), last, Buttons((*keys, paging) if paging else (*keys,)), replace=True)


def _decisions(promotion: Promotion, one: Claim, deciding: Deciding, after: int) -> tuple[Button, Button]:
    def line(do: str) -> str:
        return deciding.line(promotion, do, claim=one.number, after=after)

    yes = Button(say("button-approve", number=one.number), line("approve"))
    return yes, Button(say("button-refuse", number=one.number), line("refuse"))


def _when_and_where(one: Claim, titles: Titles) -> Say:
    return say("waiting-line", at=Hour(one.at), where=_chat_name(one.chat, titles))


async def approve(call: Call, promotion: Promotion, deciding: Deciding, number: int, after: int = 0) -> Reply:
    """Approve a claim, and show those that still wait."""
    one = await _claim(call, promotion, deciding, number)
    await call.promotions.approve(promotion, one)
    return await waiting(call, promotion, deciding, after, await _confirmation(call, "waiting-approved", one))


async def refuse(call: Call, promotion: Promotion, deciding: Deciding, number: int, after: int = 0) -> Reply:
    """Decline a claim, and show those that still wait."""
    one = await _claim(call, promotion, deciding, number)
    await call.promotions.refuse(promotion, one)
    return await waiting(call, promotion, deciding, after, await _confirmation(call, "waiting-refused", one))


async def _claim(call: Call, promotion: Promotion, deciding: Deciding, number: int) -> Claim:
    if not number:
        raise MissingOptionError("claim")
    found = next((one for one in await call.store.promotions.claims_on(promotion.id) if one.number == number), None)
    if found is not None and found.person in deciding.but:
        raise UnfitError(say("claims-own"))
    if found is None or not deciding.holds(found):
        raise RefusedError(Unknown("claim", str(number)))
    return found


async def _confirmation(call: Call, sentence: str, one: Claim) -> Say:
    names = await call.store.people.names([one.person])
    return say(sentence, number=one.number, name=names.get(one.person, SOMEONE))


async def claims_by_chat(call: Call, promotion: Promotion, claims: Sequence[Claim]) -> Sequence[tuple[Say, Fact]]:
    """Rows that count claims and Connects by group, the busiest first, with all private chats in one row."""
    found = by_chat(claims)
    titles = await _titles(call, (chat for chat, _, _ in found[:CHATS]))
    rows = [(_chat_name(chat, titles), made, given) for chat, made, given in found[:CHATS]]
    if rest := found[CHATS:]:
        rows.append((say("chat-others"), sum(made for _, made, _ in rest), sum(given for _, _, given in rest)))
    gives = promotion.terms.gives
    return [(chat, say("claims-of", claims=made, connects=given * gives)) for chat, made, given in rows]


def _chat_name(chat: ChatRef | None, titles: Titles) -> Say:
    if chat is None:
        return say("chat-in-private")
    title = titles.get((chat.platform, chat.id))
    return say("raw", text=title) if title else say("chat-untitled", platform=chat.platform.capitalize(), id=chat.id)


async def _titles(call: Call, chats: Iterable[ChatRef | None]) -> Titles:
    known = [await call.store.people.chat(chat) for chat in {*chats} if chat is not None]
    return {(one.ref.platform, one.ref.id): one.title for one in known if one is not None}


async def report(call: Call, promotion: Promotion) -> Reply:
    """Two files: all claims, and the state of each announcement."""
    store, name = call.store, f"promotion-{promotion.id}"
    claims, course = await store.promotions.claims_on(promotion.id), await call.promotions.course(promotion)
    subscribed = {(one.target.platform, one.target.chat): one.title for one in await store.subscriptions.subscribers()}
    titles = {**subscribed, **await _titles(call, (one.chat for one in claims))}
    someone = voice(call.locale, call.zone).say(say("someone"))
    names = {one.person: someone for one in claims} | dict(await store.people.names(one.person for one in claims))
    table = claims_csv(claims, promotion.terms.zone, names, titles)
    return reply(
        File(f"{name}-claims.csv", table, say("report-claims", claims=len(claims))),
        File(f"{name}-announcements.csv", announcements_csv(course, titles), say("report-told", number=len(course))),
    )
