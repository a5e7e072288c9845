"""A notice becomes a message: its sentence `alert-CODE`, its facts, and buttons for what to do next.

What a group is told in somebody's private chat has no buttons that would act there on that person's own wallet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from bot.command.incoming import token_at
from bot.options.schedule import explained
from bot.reply.parts import Button, Buttons, Reply, Say, buttons, reply, say
from bot.views.alerts import ALERT_VIEWS, LOOKS
from bot.views.progress import beginning_of, watch
from bot.views.promotions import offer
from bot.views.showing import Showing
from core.alerts.catalogue import BY_CODE, as_of, wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.reply.parts import Part
    from bot.views.showing import View
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
    if notice.code not in VIEWS:
        raise UnknownNoticeError(notice.code)
    given = VIEWS[notice.code](notice, Showing(book, private=delivery.target.direct and not delivery.group))
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
    if notice.code not in BY_CODE or notice.wallet is None:
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


def _test(_notice: Notice, _showing: Showing) -> Reply:
    return reply(say("alert-test"))


def _announcement(notice: Notice, showing: Showing) -> Reply:
    """What an operator wrote. In private, one press ends it; in a group that is for admins."""
    stop = buttons(Button(say("button-unsubscribe"), "unsubscribe")) if showing.private else None
    return reply(say("raw", text=notice.facts["text"]), stop)


def _promotion(notice: Notice, _showing: Showing) -> Reply:
    return offer(notice.facts, claimable=True)


def _drawn(notice: Notice, _showing: Showing) -> Reply:
    """Who won, and how anyone can check it."""
    facts = notice.facts
    won = say("drawn-won", winners=facts["winners"]) if facts["winners"] else say("drawn-nobody")
    return reply(
        say("drawn", title=facts["title"], entries=facts["entries"]),
        won,
        say("drawn-check", seed=facts["seed"], hash=facts["hash"]),
    )


def _won(notice: Notice, _showing: Showing) -> Reply:
    return reply(say("alert-promotion-won", title=notice.facts["title"], gives=notice.facts["gives"]), buttons(*LOOKS))


def _verdict(notice: Notice, _showing: Showing) -> Reply:
    """What became of a claim that waited for an approval."""
    facts, given = notice.facts, notice.code == "promotion-approved"
    told = say(f"alert-{notice.code}", title=facts["title"], gives=facts["gives"])
    return reply(told, buttons(*LOOKS) if given else None)


def _watched(notice: Notice, _showing: Showing) -> Reply:
    return watch(notice.facts)


def _series(notice: Notice, _showing: Showing) -> Reply:
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


def _alarm(notice: Notice, _showing: Showing) -> Reply:
    """What goes wrong, for those who run the bot."""
    return reply(Say(f"alarm-{notice.facts['about']}", notice.facts), buttons(Button(say("button-jobs"), "jobs")))


def _alarm_over(notice: Notice, _showing: Showing) -> Reply:
    return reply(Say(f"alarm-over-{notice.facts['about']}", notice.facts))


VIEWS: Final[Mapping[str, View]] = {
    **ALERT_VIEWS,
    "test": _test,
    "announcement": _announcement,
    "promotion": _promotion,
    "promotion-drawn": _drawn,
    "promotion-won": _won,
    "promotion-approved": _verdict,
    "promotion-refused": _verdict,
    "progress": _watched,
    "series-days": _series,
    "alarm": _alarm,
    "alarm-over": _alarm_over,
}
