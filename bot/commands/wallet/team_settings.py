"""The settings of a group that shares a wallet: where each booking is shown, who sees money, and the summary."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError, UnfitError
from bot.commands.alerts.places import lacking_in, named
from bot.options.choice import Choice
from bot.reply.parts import Button, say
from bot.views.places import rights_named
from core.wallets.team import Feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Call
    from bot.reply.parts import Say
    from core.wallets.team import TeamSettings


class FeedChoice(StrEnum):
    """Where each booking is shown."""

    HERE = "here"
    OFF = "off"


FEED_CHOICE: Final = Choice(
    of=FeedChoice,
    also=(
        (FeedChoice.HERE, ("on", "yes", "in here", "this group", "this channel", "this topic", "this thread")),
        (FeedChoice.OFF, ("no", "none", "never", "stop", "nowhere")),
    ),
    named=True,
    labels="feed",
)


class TeamSettingsChange(NamedTuple):
    """What is changed of these settings; None stays as it is. `unchecked`: nobody knows if the bot may write there."""

    feed: Feed | None = None
    off: bool = False
    money: bool | None = None
    weekly: bool | None = None
    unchecked: bool = False

    def changed(self, team: TeamSettings) -> TeamSettings:
        """The settings with these changes."""
        return replace(
            team,
            feed=None if self.off else self.feed or team.feed,
            money=team.money if self.money is None else self.money,
            weekly=team.weekly if self.weekly is None else self.weekly,
        )


UNCHANGED: Final = TeamSettingsChange()


async def team_settings_change(
    call: Call, feed: FeedChoice | None, *, money: bool | None, weekly: bool | None
) -> TeamSettingsChange:
    """What somebody wants changed, in a group only. The place of a feed is this one, if the bot may write here."""
    if feed is None and money is None and weekly is None:
        return UNCHANGED
    if not call.group:
        raise UnfitError(say("sharing-private"))
    if feed is not FeedChoice.HERE:
        return TeamSettingsChange(off=feed is FeedChoice.OFF, money=money, weekly=weekly)
    lacking = await lacking_in(call, call.place)
    if lacking:
        again = Button(say("button-retry"), "settings feed=here")
        raise DoubtError(say("feed-lacks", place=named(call, call.place), rights=rights_named(lacking)), again)
    return TeamSettingsChange(_here(call), money=money, weekly=weekly, unchecked=lacking is None)


def team_settings_rows(call: Call, team: TeamSettings) -> Iterator[tuple[Say, Say]]:
    """The rows of these settings."""
    yield say("field-feed"), say("low-off") if team.feed is None else _place(call, team.feed)
    yield say("field-members-money"), _switched(on=team.money)
    yield say("field-team-week"), _switched(on=team.weekly)


def team_settings_buttons(call: Call, team: TeamSettings) -> Iterator[tuple[Button, ...]]:
    """The buttons that change them."""
    here = Button(say("button-feed-here"), "settings feed=here")
    off = Button(say("button-feed-off"), "settings feed=off")
    yield (here,) if team.feed is None else (off,) if team.feed == _here(call) else (here, off)
    if team.money:
        yield (Button(say("button-money-off"), "settings money=off"),)
    else:
        yield (Button(say("button-money-on"), "settings money=on"),)
    if team.weekly:
        yield (Button(say("button-weekly-off"), "settings weekly=off"),)
    else:
        yield (Button(say("button-weekly-on"), "settings weekly=on"),)


def _here(call: Call) -> Feed:
    return Feed(call.chat.platform, call.chat.id, call.place)


def _place(call: Call, feed: Feed) -> Say:
    """What the place of the feed is called, from here."""
    if (feed.platform, feed.chat) == (call.chat.platform, call.chat.id):
        return named(call, feed.place)
    return say("feed-elsewhere", platform=feed.platform.capitalize())


def _switched(*, on: bool) -> Say:
    return say("low-on" if on else "low-off")
