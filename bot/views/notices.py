"""A notice becomes a message: its sentence `alert-CODE`, its facts, and buttons for what to do next.

What a group is told in somebody's private chat has no buttons that would act there on that person's own wallet.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from bot.command.incoming import token_at
from bot.options.schedule import explained
from bot.reply.parts import Button, Buttons, Reply, Say, buttons, reply, say
from bot.views import daily_review as reminding
from bot.views.daily_review import LOOKS
from bot.views.progress import beginning_of, watch
from bot.views.promotions import offer
from core.alerts.catalogue import SWITCHES, as_of, wanted
from core.ledger.rules import not_enough
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.reply.parts import Part
    from core.delivery.notice import Delivery, Notice
    from core.ledger.rulebook import Rulebook
    from core.shared.ports import Clock
    from core.store import Store

A_WEEK: Final = 7
FRESH: Final = timedelta(minutes=1)
ANNOUNCED: Final = frozenset({"announcement", "promotion", "promotion-drawn"})
"""What is told to those who subscribed, where it goes to no wallet."""


class Sealer(Protocol):
    """Seals the buttons of a message, as the desk's dialog does, so that pressing one is the line it stands for."""

    async def seal_with(self, token: str, given: Reply, now: datetime) -> Reply:
        """The reply with its buttons under a token."""
        ...


class UnknownNoticeError(LookupError):
    """A notice of a code that nothing here puts into words: a fault of the program."""


async def message(delivery: Delivery, dialog: Sealer, book: Rulebook) -> Reply:
    """What a delivery says in its chat, with buttons sealed.

    However often a notice is sent, its buttons carry the same: pressing them is the same fact. UnknownNoticeError where
    there are no words for it.
    """
    notice = delivery.notice
    if notice.code not in TOLD:
        raise UnknownNoticeError(notice.code)
    given = TOLD[notice.code](notice, book, delivery.target.direct and not delivery.group)
    parts = [part for part in given.parts if not (delivery.group and isinstance(part, Buttons))]
    about = say("alert-of-group", group=delivery.group) if delivery.group else None
    given = reply(about, *_with_last(parts, snoozing(notice, elsewhere=bool(delivery.group))))
    return await dialog.seal_with(token_of(delivery), given, delivery.made)


async def message_now(delivery: Delivery, dialog: Sealer, book: Rulebook, store: Store, clock: Clock) -> Reply | None:
    """What a delivery says, with the figures of now where it waited, for the morning perhaps.

    None where it is over, or where its reader wants to hear of it no more, or not now.
    """
    notice = await _as_of_now(delivery, store, clock.now())
    return None if notice is None else await message(delivery._replace(notice=notice), dialog, book)


async def _as_of_now(delivery: Delivery, store: Store, now: datetime) -> Notice | None:
    notice = delivery.notice
    if notice.wallet is None:
        unsubscribed = notice.code in ANNOUNCED and await store.subscriptions.subscription(*delivery.target[:2]) is None
        return None if unsubscribed else notice
    if not wanted(await store.people.settings_of(notice.wallet), notice.code, now):
        return None
    if now - delivery.made <= FRESH:
        return notice
    return as_of(notice, delivery.made, await store.ledger.holding(notice.wallet), now)


def snoozing(notice: Notice, *, elsewhere: bool = False) -> Button | None:
    """A button that silences an alert for a week; in a chat that is not its wallet's, it says whose."""
    if notice.code not in SWITCHES or notice.wallet is None:
        return None
    whose = f" of={notice.wallet}" if elsewhere else ""
    return Button(say("button-snooze"), f"snooze {notice.code} {A_WEEK}{whose}")


def _with_last(parts: Sequence[Part], button: Button | None) -> list[Part]:
    """The parts with one more row of buttons at the end."""
    if button is None:
        return list(parts)
    rows = tuple(row for part in parts if isinstance(part, Buttons) for row in part.rows)
    return [*(part for part in parts if not isinstance(part, Buttons)), Buttons((*rows, (button,)))]


def token_of(delivery: Delivery) -> str:
    """The token of the message that a delivery becomes, the same however often it is sent."""
    return token_at(delivery.made, delivery.notice.key)


def _low(notice: Notice, book: Rulebook, direct: bool) -> Reply:  # noqa: FBT001 - they are called through a table
    """The balance is low. In a group, buying is for admins, so that no button for it stands before all."""
    connects, threshold = int(notice.facts["connects"]), int(notice.facts["threshold"])
    wanted = not_enough(threshold + 1, connects, book)
    bought = Button(say("button-buy", connects=wanted.cover, price=wanted.price), f"buy {wanted.cover}")
    rows = ((bought,), LOOKS) if direct else (LOOKS,)
    return reply(say("alert-low", connects=connects, threshold=threshold), Buttons(rows))


def _budget(notice: Notice, _book: Rulebook, direct: bool) -> Reply:  # noqa: FBT001 - as above
    """Most of the month's budget is spent, or all of it. In a group, admins set it."""
    facts = notice.facts
    change = Button(say("button-budget"), "alerts budget=?") if direct else None
    row = buttons(Button(say("button-history"), "history"), change)
    return reply(say("alert-budget", spent=facts["spent"], limit=facts["limit"], mark=facts["mark"]), row)


def _test(_notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return reply(say("alert-test"))


def _expiring(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """Connects of one lot expire soon."""
    facts = notice.facts
    at, price = datetime.fromisoformat(str(facts["expires"])), None
    if "net" in facts:
        price = Price(int(facts["net"]), int(facts["tax"]), str(facts["currency"]))
    return reply(
        say("alert-expiring", connects=facts["connects"], expires=at),
        None if price is None else say("alert-expiring-paid", price=price),
        buttons(*LOOKS),
    )


def _expired(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """Connects have expired."""
    facts = notice.facts
    at = datetime.fromisoformat(str(facts["expired"]))
    told = say("alert-expired", connects=facts["connects"], expired=at, left=facts["left"])
    return reply(told, buttons(reminding.HISTORY, LOOKS[0]))


def _announcement(notice: Notice, _book: Rulebook, direct: bool) -> Reply:  # noqa: FBT001 - as above
    """What an operator wrote. In private, one press ends it; in a group that is for admins."""
    stop = buttons(Button(say("button-unsubscribe"), "unsubscribe")) if direct else None
    return reply(say("raw", text=notice.facts["text"]), stop)


def _promotion(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return offer(notice.facts, claimable=True)


def _drawn(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """Who won, and how anyone can check it."""
    facts = notice.facts
    won = say("drawn-won", winners=facts["winners"]) if facts["winners"] else say("drawn-nobody")
    return reply(
        say("drawn", title=facts["title"], entries=facts["entries"]),
        won,
        say("drawn-check", seed=facts["seed"], hash=facts["hash"]),
    )


def _won(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return reply(say("alert-promotion-won", title=notice.facts["title"], gives=notice.facts["gives"]), buttons(*LOOKS))


def _verdict(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """What became of a claim that waited for an approval."""
    facts, given = notice.facts, notice.code == "promotion-approved"
    told = say(f"alert-{notice.code}", title=facts["title"], gives=facts["gives"])
    return reply(told, buttons(*LOOKS) if given else None)


def _watched(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return watch(notice.facts)


def _series(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """What comes again is on hold, because its days mean something else than when it was started."""
    facts = notice.facts
    when, text = explained(str(facts["cron"]), str(facts["zone"])), beginning_of(str(facts["text"]))
    number = facts["id"]
    return reply(
        say("alert-series-days", number=number, text=text, when=when),
        buttons(
            Button(say("button-resume"), f"series resume {number}"),
            Button(say("button-end"), f"series end {number}"),
            Button(say("button-show-series", number=number), f"series show {number}"),
        ),
    )


def _alarm(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """What goes wrong, for those who run the bot."""
    return reply(Say(f"alarm-{notice.facts['about']}", notice.facts), buttons(Button(say("button-jobs"), "jobs")))


def _alarm_over(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return reply(Say(f"alarm-over-{notice.facts['about']}", notice.facts))


TOLD: Final[Mapping[str, Callable[[Notice, Rulebook, bool], Reply]]] = {
    "low": _low,
    "budget": _budget,
    "test": _test,
    "expiring": _expiring,
    "expired": _expired,
    "announcement": _announcement,
    "promotion": _promotion,
    "promotion-drawn": _drawn,
    "promotion-won": _won,
    "promotion-eve": reminding.eve,
    "promotion-ending": reminding.ending,
    "runway": reminding.runway,
    "monthly": reminding.monthly,
    "missing": reminding.missing,
    "digest": reminding.digest,
    "promotion-approved": _verdict,
    "promotion-refused": _verdict,
    "progress": _watched,
    "series-days": _series,
    "alarm": _alarm,
    "alarm-over": _alarm_over,
}
