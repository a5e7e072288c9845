"""Makes messages of notices: the sentence `alert-CODE` with the facts, and buttons for what to do next.

A group's notice in a private chat has no buttons that would act there on the reader's own wallet.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from bot.command.incoming import token_at
from bot.options.times.schedule import explained
from bot.reply.parts import Button, Buttons, Hour, Reply, Say, buttons, reply, say, without_buttons
from bot.views.alerts import ALERT_VIEWS, LOT_BUTTONS, QUIET
from bot.views.linking.notices import LINK_VIEWS
from bot.views.lost_places import PLACE_LOST, alert_in, loss
from bot.views.money.redaction import without_money
from bot.views.progress import beginning_of, first_progress
from bot.views.promotions import copy_hash, offer, short_hash
from bot.views.showing import Showing
from bot.views.team.alerting import ALLOW, with_names
from bot.views.team.feed import feed, feed_lost, feed_now
from bot.views.team.joining import JOIN_VIEWS
from bot.views.team.lifting import ALLOWED, allowed_notice
from bot.views.team.week import named_week
from core.alerts.catalogue import BY_CODE, as_of, wanted
from core.alerts.feed import FEED, FEED_LOST
from core.alerts.types.limit import LIMIT
from core.alerts.types.team_week import TEAM_WEEK
from core.delivery.notice import CORRECTION, WITHDRAWAL
from core.promotions.moderating import ASKED
from core.shared.clock_steps import has_passed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Part
    from bot.views.showing import View
    from core.delivery.notice import Delivery, Notice
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import WalletId
    from core.shared.ports import Clock
    from core.store import Store
    from core.wallets.people import ChatRef
    from core.wallets.settings import Settings

DAYS_IN_WEEK: Final = 7
FRESH: Final = timedelta(minutes=1)
"""How old a notice may be and still be sent with the facts with which it was made."""
SUBSCRIBED: Final = frozenset({"announcement", "promotion", "promotion-drawn", "promotion-redrawn"})
"""The codes of notices that a chat gets only while it is subscribed, if they are about no wallet."""


class Sealer(Protocol):
    """Seals the buttons of a message: stores the line behind each, as the desk's dialog does."""

    async def seal_with(self, token: str, given: Reply, now: datetime, chat: ChatRef) -> Reply:
        """The reply to a chat with its buttons stored under a token."""
        ...


class UnknownNoticeError(LookupError):
    """A notice has a code without a view, which is a programming error."""


async def message(delivery: Delivery, dialog: Sealer, rulebook: Rulebook, *, money: bool = False) -> Reply:
    """The message of a delivery, with its buttons sealed.

    The buttons are the same however often a notice is sent, so that pressing them stays idempotent. `money`: a group
    that gets it may read figures in money. UnknownNoticeError if its code has no view.
    """
    notice, money = delivery.notice, money or delivery.target.direct
    if notice.code not in VIEWS:
        raise UnknownNoticeError(notice.code)
    view = VIEWS[notice.code](
        notice, Showing(rulebook, private=delivery.target.direct and not delivery.group, money=money)
    )
    view = view if money else without_money(view)
    parts: list[Part | None] = [_elsewhere(part, notice) if delivery.group else part for part in view.parts]
    heading = say("alert-of-group", group=delivery.group) if delivery.group else None
    complete = reply(heading, *_with_last(parts, snooze_button(notice, elsewhere=bool(delivery.group))))
    complete = replace(complete, quiet=notice.code in {*QUIET, FEED})
    return await dialog.seal_with(token_of(delivery), complete, delivery.made, delivery.target.ref)


def _elsewhere(part: Part, notice: Notice) -> Part | None:
    """A part of a group's notice in a private chat: only with the buttons whose line can name the group's wallet."""
    if not isinstance(part, Buttons):
        return part
    kept = (button for row in part.rows for button in row if button.line.partition(" ")[0] == ALLOW)
    return buttons(*(replace(button, line=f"{button.line} of={notice.wallet}") for button in kept))


async def message_now(
    delivery: Delivery, dialog: Sealer, rulebook: Rulebook, store: Store, clock: Clock
) -> Reply | None:
    """The message of a delivery, with current facts if it was delayed, for instance by quiet hours.

    None if the notice no longer holds, or if the reader has switched its alert off, snoozed it or unsubscribed,
    or has left and not asked for announcements again.
    """
    wallet = delivery.notice.wallet
    settings = None if wallet is None else await store.people.settings_of(wallet)
    notice = await _named(await _refreshed(delivery, store, settings, clock.now()), store)
    money = settings is not None and settings.team.money
    return None if notice is None else await message(delivery._replace(notice=notice), dialog, rulebook, money=money)


async def _refreshed(delivery: Delivery, store: Store, settings: Settings | None, now: datetime) -> Notice | None:
    notice = delivery.notice
    if notice.mends:
        mended = await store.announcements.announcement(notice.mends.partition(":")[2])
        return notice if mended is not None and mended.mends == notice.facts["mend"] else None
    if notice.wallet is not None and settings is not None:
        return await _of_wallet(delivery, notice.wallet, store, settings, now)
    if notice.code not in SUBSCRIBED:
        return notice
    subscription = await store.subscriptions.subscription(*delivery.target[:2])
    return None if subscription is None or not subscription.is_reached else notice


async def _of_wallet(
    delivery: Delivery, wallet: WalletId, store: Store, settings: Settings, now: datetime
) -> Notice | None:
    notice = delivery.notice
    if notice.code == FEED:
        return await feed_now(delivery, wallet, store, settings, now)
    if not wanted(settings, notice.code, now):
        return None
    if notice.code == TEAM_WEEK.code:
        notice = await named_week(notice, store)
    if not has_passed(FRESH, delivery.made, now):
        return notice
    return as_of(notice, delivery.made, await store.ledger.holding(wallet), now)


async def _named(notice: Notice | None, store: Store) -> Notice | None:
    """A notice that names people by their numbers, with the names that they have now."""
    return notice if notice is None or notice.code != LIMIT.code else await with_names(notice, store.people)


def snooze_button(notice: Notice, *, elsewhere: bool = False) -> Button | None:
    """A button that snoozes an alert for a week; in a chat that is not its wallet's, its line names the wallet."""
    if notice.code not in BY_CODE or notice.wallet is None:
        return None
    whose = f" of={notice.wallet}" if elsewhere else ""
    return Button(say("button-snooze"), f"snooze {notice.code} {DAYS_IN_WEEK}{whose}")


def _with_last(parts: Sequence[Part | None], button: Button | None) -> list[Part | None]:
    """The parts, with the button in a last row of its own."""
    if button is None:
        return list(parts)
    rows = tuple(row for part in parts if isinstance(part, Buttons) for row in part.rows)
    return [*(part for part in parts if not isinstance(part, Buttons)), Buttons((*rows, (button,)))]


def token_of(delivery: Delivery) -> str:
    """The token of the message that a delivery becomes, the same however often it is sent."""
    return token_at(delivery.made, delivery.notice.key)


def _test(_notice: Notice, _showing: Showing) -> Reply:
    return reply(say("alert-test"))


def _alerts_back(notice: Notice, _showing: Showing) -> Reply:
    """A group's alerts come to the group again."""
    return reply(say("alerts-back", name=notice.facts["name"]))


def _owners_reset(_notice: Notice, _showing: Showing) -> Reply:
    """An operator has given a group back to its admins."""
    return reply(say("reset-owners-done"))


def _place_lost(notice: Notice, showing: Showing) -> Reply:
    """Why a group's alert could not be sent to its place, and the alert, unless it came to a private chat as well.

    Its buttons would act on the reader's own wallet.
    """
    if notice.facts["copy"]:
        return reply(loss(notice.facts))
    alert = alert_in(notice.facts)
    shown = without_buttons(VIEWS[alert.code](alert, showing._replace(private=False)))
    return reply(loss(notice.facts), say("alert-of-group", group=notice.facts["group"]), *shown.parts)


def _announcement(notice: Notice, showing: Showing) -> Reply:
    """An operator's announcement. Only a private chat gets a button to unsubscribe: in a group that is for admins."""
    stop = buttons(Button(say("button-unsubscribe"), "unsubscribe")) if showing.private else None
    return reply(say("raw", text=notice.facts["text"]), stop)


def _withdrawn(_notice: Notice, _showing: Showing) -> Reply:
    """What stands where an announcement stood that could no longer be deleted."""
    return reply(say("announcement-withdrawn"))


def _late(notice: Notice, _showing: Showing) -> Reply:
    """An announcement was not sent at its time, and it is too late to send it without asking."""
    facts, number = notice.facts, notice.facts["number"]
    at = datetime.fromisoformat(str(facts["at"]))
    return reply(
        say(
            "alert-announcement-late",
            number=number,
            text=beginning_of(str(facts["text"])),
            at=Hour(at, str(facts["zone"])),
        ),
        buttons(
            Button(say("button-send-now"), f"announcement send {number}"),
            Button(say("button-later"), f"announcement later {number}"),
            Button(say("button-discard"), f"announcement discard {number}"),
        ),
    )


def _begun(notice: Notice, _showing: Showing) -> Reply:
    """An announcement is on its way, at the time that its writer chose."""
    number = notice.facts["number"]
    text = beginning_of(str(notice.facts["text"]))
    show = Button(say("button-show-series", number=number), f"announcement show {number}")
    reached = notice.facts.get("reached", "yes")
    return reply(say("alert-announcement-sent", number=number, text=text, reached=reached), buttons(show))


def _promotion(notice: Notice, _showing: Showing) -> Reply:
    return offer(notice.facts, claimable=True)


def _drawn(notice: Notice, _showing: Showing) -> Reply:
    """The winners of a draw, and how anyone can check it."""
    facts, number = notice.facts, notice.topic.partition(":")[2]
    won = say("drawn-won", winners=facts["winners"]) if facts["winners"] else say("drawn-nobody")
    return reply(
        say("drawn", title=facts["title"], entries=facts["entries"]),
        say("drawn-merged", entries=facts["merged"]) if facts.get("merged") else None,
        won,
        say("drawn-check", seed=facts["seed"], hash=short_hash(facts["hash"])),
        buttons(copy_hash(number, facts["hash"])),
    )


def _redrawn(notice: Notice, _showing: Showing) -> Reply:
    """A prize has passed on to the next by the same seed, and how anyone can check it."""
    facts, number = notice.facts, notice.topic.partition(":")[2]
    return reply(
        say("redrawn", title=facts["title"], winner=facts["winner"], next=facts["next"], why=facts["why"]),
        say("redrawn-check", seed=facts["seed"], hash=short_hash(facts["hash"]), winner=facts["winner"]),
        buttons(copy_hash(number, facts["hash"])),
    )


def _winners(notice: Notice, _showing: Showing) -> Reply:
    """Who has won a contest, for the operator who made it."""
    facts, number = notice.facts, notice.facts["number"]
    won = say("drawn-won", winners=facts["winners"]) if facts["winners"] else say("drawn-nobody")
    title = say("alert-promotion-winners", title=facts["title"], number=number, entries=facts["entries"])
    return reply(title, won, buttons(Button(say("button-show-series", number=number), f"promo show {number}")))


def _won(notice: Notice, _showing: Showing) -> Reply:
    return reply(
        say("alert-promotion-won", title=notice.facts["title"], gives=notice.facts["gives"]), buttons(*LOT_BUTTONS)
    )


def _passed(notice: Notice, _showing: Showing) -> Reply:
    """A prize was passed on: for somebody who could not be reached, but may come back."""
    return reply(say("alert-promotion-passed", title=notice.facts["title"], gives=notice.facts["gives"]))


def _asked(notice: Notice, showing: Showing) -> Reply:
    """A claim waits for a moderator, who decides in the group, whose audit log has it."""
    facts = notice.facts
    if showing.private:
        where = facts["group"] or "none"
        return reply(say("alert-promotion-asked-in", title=facts["title"], name=facts["name"], group=where))
    here = buttons(Button(say("button-claims"), f"claims list {facts['number']}"))
    return reply(say("alert-promotion-asked", title=facts["title"], name=facts["name"]), here)


def _decision(notice: Notice, _showing: Showing) -> Reply:
    """The decision about a claim that waited for approval."""
    facts, approved = notice.facts, notice.code == "promotion-approved"
    decision = say(f"alert-{notice.code}", title=facts["title"], gives=facts["gives"])
    return reply(decision, buttons(*LOT_BUTTONS) if approved else None)


def _progress(notice: Notice, _showing: Showing) -> Reply:
    return first_progress(notice.facts)


def _series(notice: Notice, _showing: Showing) -> Reply:
    """A series is paused, because its days no longer mean what they meant when it was started."""
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
    """A problem that operators should know of."""
    return reply(Say(f"alarm-{notice.facts['about']}", _facts_of(notice)), buttons(Button(say("button-jobs"), "jobs")))


def _alarm_over(notice: Notice, _showing: Showing) -> Reply:
    return reply(Say(f"alarm-over-{notice.facts['about']}", _facts_of(notice)))


def _facts_of(notice: Notice) -> Mapping[str, Any]:
    """The facts of an alarm; one about a platform has its name as people write it."""
    about_platform = notice.facts["about"] in ("platform", "stuck")
    return {**notice.facts, "name": str(notice.facts["name"]).capitalize()} if about_platform else notice.facts


VIEWS: Final[Mapping[str, View]] = {
    **ALERT_VIEWS,
    **JOIN_VIEWS,
    **LINK_VIEWS,
    "test": _test,
    "alerts-back": _alerts_back,
    ALLOWED: allowed_notice,
    FEED: feed,
    FEED_LOST: feed_lost,
    "owners-reset": _owners_reset,
    PLACE_LOST: _place_lost,
    "announcement": _announcement,
    "announcement-late": _late,
    "announcement-sent": _begun,
    CORRECTION: _announcement,
    WITHDRAWAL: _withdrawn,
    "promotion": _promotion,
    "promotion-drawn": _drawn,
    "promotion-winners": _winners,
    "promotion-redrawn": _redrawn,
    "promotion-won": _won,
    "promotion-passed": _passed,
    ASKED: _asked,
    "promotion-approved": _decision,
    "promotion-refused": _decision,
    "progress": _progress,
    "series-days": _series,
    "alarm": _alarm,
    "alarm-over": _alarm_over,
}
