"""Notices, whom they are for, and their deliveries.

A notice is committed together with what causes it, and its key makes that idempotent. A delivery is a notice on its way
to one chat. The state `sending` is on disk before the platform is called, so that a crash leaves a trace of what may or
may not have been sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.reach import is_reached
from core.shared.names import folded
from core.wallets.people import ChatKind, ChatRef, Identity, private_chat
from core.wallets.settings import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.shared.ids import PersonId, WalletId
    from core.wallets.settings import Alerts


class Target(NamedTuple):
    """Where a delivery goes: a chat, or with `direct` the private chat with a user of the platform.

    `place` is a part of the chat by the platform's own id, such as a topic or a channel of a server (empty: the chat
    itself).
    """

    platform: str
    chat: str
    direct: bool = False
    place: str = ""

    @property
    def ref(self) -> ChatRef:
        """The chat, as it is known apart from deliveries."""
        return private_chat(Identity(self.platform, self.chat)) if self.direct else ChatRef(self.platform, self.chat)

    @property
    def kind(self) -> ChatKind:
        """Whether one person or many read there."""
        return ChatKind.PRIVATE if self.direct else ChatKind.GROUP


class Subscription(NamedTuple):
    """A chat that gets announcements: a group, or with `target.direct` a person's private chat.

    `tags`, in lower case, are the topics it wants, or with a minus before them those that it does not want, so that it
    gets all others (none: it gets everything). `zone`, `locale` and `quiet` (hours) are its readers'. `gone` says why
    nothing is sent there any more; its values are those of `core.delivery.reach`.
    """

    target: Target
    since: datetime
    by: PersonId
    title: str = ""
    zone: str = "UTC"
    locale: str = "en"
    tags: tuple[str, ...] = ()
    gone: str = ""
    quiet: str = ""

    @property
    def is_reached(self) -> bool:
        """Whether announcements go there."""
        return is_reached(self.gone)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is for, by platform, language and tag. An empty field matches everybody."""

    platforms: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def includes(self, subscription: Subscription) -> bool:
        """Whether every field matches the subscription."""
        return (
            subscription.is_reached
            and (not self.platforms or subscription.target.platform in self.platforms)
            and (not self.locales or self._has_locale(subscription.locale.casefold()))
            and (not self.tags or _wants(subscription.tags, self.tags))
        )

    def _has_locale(self, locale: str) -> bool:
        """Whether a locale in lower case, or the language it is a regional form of, is listed in whatever case."""
        return bool({locale, locale.partition("-")[0]} & {listed.casefold() for listed in self.locales})

    def among(self, subscriptions: Iterable[Subscription]) -> tuple[Subscription, ...]:
        """The subscriptions that it includes, in their order."""
        return tuple(subscription for subscription in subscriptions if self.includes(subscription))


def _wants(subscribed: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether a subscription with these tags wants what is about any of those."""
    had = {folded(tag) for tag in subscribed}
    everything = all(tag.startswith("-") for tag in had)
    return any(tag in had or (everything and f"-{tag}" not in had) for tag in map(folded, tags))


EVERYBODY = Audience()
CORRECTION: Final = "correction"
WITHDRAWAL: Final = "withdrawal"
MENDING: Final = (CORRECTION, WITHDRAWAL)
"""The codes of notices that change, or delete, a message that was sent: that of the notice `of` in their facts."""


class Notice(NamedTuple):
    """A message to send, as a `code` and `facts` that become words in the reader's language.

    It goes to the chats in `to`, to an audience of subscriptions, or else to the chats of a wallet's holder.
    `at_most_once`: never sent twice, even if it may then not arrive (a promotion); otherwise it is sent at least once
    (an alert). `urgent` notices ignore quiet hours. `by` is the person who caused it: they saw it in the reply, so that
    it is not sent to their private chats. `topic` groups notices, so that all of them can be stopped; with `supersedes`
    the notice replaces those with the same topic that still wait; with `gathers` it goes to one chat, and becomes part
    of the last of those, if it can (see `core.delivery.gathering`).
    """

    key: str
    code: str
    facts: Mapping[str, str | int]
    wallet: WalletId | None = None
    urgent: bool = False
    at_most_once: bool = False
    by: PersonId | None = None
    topic: str = ""
    audience: Audience | None = None
    supersedes: bool = False
    to: tuple[Target, ...] = ()
    gathers: bool = False

    @property
    def mends(self) -> str:
        """The key of the notice whose messages it changes or deletes (empty: it is a message of its own).

        Nobody is woken by that, so quiet hours do not matter, and all other notices go first.
        """
        return str(self.facts["of"]) if self.code in MENDING else ""


class Delivery(NamedTuple):
    """A notice on its way to one chat; `zone`, `locale` and `quiet` (hours) are its reader's.

    `group` is the title of the group if a group's notice goes to a private chat (empty otherwise). `made` is when the
    notice was stored. `tries` counts how often it was handed to the platform before; a deferral is not a try. `doubted`
    is since when the platform may have it already, if an answer was lost.
    """

    id: int
    notice: Notice
    target: Target
    tries: int
    zone: str
    made: datetime
    locale: str = "en"
    quiet: str = ""
    group: str = ""
    doubted: datetime | None = None


def sent_anew(notice: Notice) -> Notice:
    """The notice once more, for wherever it goes now: a notice keeps the targets that it had at first."""
    return notice._replace(key=f"{notice.key}:again")


def own_chat(reached: Sequence[Target], platform: str) -> tuple[Target, ...]:
    """Where somebody gets what is for them, of their private chats that can be reached, the one used last first.

    It is the one on the platform that they chose (empty: none), if there is one.
    """
    return tuple(sorted(reached, key=lambda target: target.platform != platform)[:1])


def places(alerts: Alerts, group: Target, private: Sequence[Target]) -> tuple[Target, ...]:
    """Where a group's alerts go, given the private chat of the person who asked for them; if none, to the group.

    In the group they go to the place that was chosen. Without one it is for the platform to say whether the group has
    places at all.
    """
    there = group._replace(place=alerts.place or "")
    if alerts.where is Where.GROUP or not private:
        return (there,)
    return tuple(private) if alerts.where is Where.PRIVATE else (there, *private)
