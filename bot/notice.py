"""A notice becomes a message: its sentence `alert-CODE`, its facts, and buttons for what to do next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.incoming import token_at
from bot.offering import offer
from bot.progress import watch
from bot.reply import Button, Buttons, Reply, Say, buttons, reply, say
from core.alerts import as_of
from core.money import Price
from core.rules import not_enough

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.dialog import Dialog
    from core.notices import Delivery, Notice
    from core.ports import Clock, Ledger
    from core.rulebook import Rulebook

FRESH: Final = timedelta(minutes=1)
LOOKS: Final = (Button(say("button-lots"), "lots"), Button(say("button-expiring"), "expiring"))


class UnknownNoticeError(LookupError):
    """A notice of a code that nothing here puts into words: a fault of the program."""


async def message(delivery: Delivery, dialog: Dialog, book: Rulebook) -> Reply:
    """What a delivery says in its chat, with buttons sealed.

    However often a notice is sent, its buttons carry the same: pressing them is the same fact. UnknownNoticeError where
    there are no words for it.
    """
    notice = delivery.notice
    if notice.code not in TOLD:
        raise UnknownNoticeError(notice.code)
    given = TOLD[notice.code](notice, book, delivery.target.direct)
    return await dialog.seal_with(token_of(delivery), given, delivery.made)


async def message_now(delivery: Delivery, dialog: Dialog, book: Rulebook, ledger: Ledger, clock: Clock) -> Reply | None:
    """What a delivery says; what waited, for the morning perhaps, with the figures of now, or None where it is over."""
    now, notice = clock.now(), delivery.notice
    if notice.wallet is not None and now - delivery.made > FRESH:
        told = as_of(notice, delivery.made, await ledger.holding(notice.wallet), now)
        if told is None:
            return None
        delivery = delivery._replace(notice=told)
    return await message(delivery, dialog, book)


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


def _watched(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return watch(notice.facts)


def _alarm(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    """What goes wrong, for those who run the bot."""
    return reply(Say(f"alarm-{notice.facts['about']}", notice.facts), buttons(Button(say("button-jobs"), "jobs")))


def _alarm_over(notice: Notice, _book: Rulebook, _direct: bool) -> Reply:  # noqa: FBT001 - as above
    return reply(Say(f"alarm-over-{notice.facts['about']}", notice.facts))


TOLD: Final[Mapping[str, Callable[[Notice, Rulebook, bool], Reply]]] = {
    "low": _low,
    "expiring": _expiring,
    "announcement": _announcement,
    "promotion": _promotion,
    "promotion-drawn": _drawn,
    "promotion-won": _won,
    "progress": _watched,
    "alarm": _alarm,
    "alarm-over": _alarm_over,
}
