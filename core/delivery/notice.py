"""What is to be sent to a chat. A notice commits with what causes it; its key makes it once.

A delivery is a notice on its way to one chat. `sending` is written before the call, so that a crash leaves a trace of
what may or may not have been sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.wallets.settings import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.shared.ids import PersonId, WalletId
    from core.wallets.settings import Alerts


class Target(NamedTuple):
    """Where a delivery goes: a chat, or with `direct` the private chat with a user of the platform.

    `place` is where in the chat, as the platform names it: a topic, a channel of a server. Where that is no more, it
    goes to the chat all the same.
    """

    platform: str
    chat: str
    direct: bool = False
    place: str = ""


class Subscription(NamedTuple):
    """A chat that wants to hear announcements: a group's, or with `target.direct` a person's private chat.

    `tags` are what it wants to hear of (none: of everything), in small letters. `zone`, `locale` and `quiet` (hours)
    are its readers'. `gone` says why nothing can be sent there any more (empty: it can).
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


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is for, by platform, language and tag; what is left empty does not matter."""

    platforms: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def includes(self, one: Subscription) -> bool:
        """Whether it is for a subscriber: one of its languages, a regional one too, and any of its tags.

        Who named no tags hears everything; an announcement without tags is for everybody.
        """
        return (
            not one.gone
            and (not self.platforms or one.target.platform in self.platforms)
            and (not self.locales or self._speaks(one.locale.casefold()))
            and (not self.tags or not one.tags or bool(set(self.tags) & set(one.tags)))
        )

    def _speaks(self, locale: str) -> bool:
        """Whether a language in small letters, or what it is regional of, is one of those named, however written."""
        return bool({locale, locale.partition("-")[0]} & {named.casefold() for named in self.locales})

    def among(self, all_of_them: Iterable[Subscription]) -> tuple[Subscription, ...]:
        """Those it is for, in their order."""
        return tuple(one for one in all_of_them if self.includes(one))


EVERYBODY = Audience()


class Notice(NamedTuple):
    """Something to be told, in words that the reader's language has for `code` and `facts`.

    It goes to the chats of a wallet's holder, to an audience of those who subscribed, or to the chats in `to`.
    `once`: rather never than twice (a promotion); without it rather twice than never (an alert). `urgent` does not wait
    for the morning of its reader. `by` caused it and was told of it in the answer, so that no private chat of theirs is
    told again. `about` names what it belongs to, so that all of that can be stopped; with `instead` it takes the place
    of what still waits to be told about the same.
    """

    key: str
    code: str
    facts: Mapping[str, str | int]
    wallet: WalletId | None = None
    urgent: bool = False
    once: bool = False
    by: PersonId | None = None
    about: str = ""
    audience: Audience | None = None
    instead: bool = False
    to: tuple[Target, ...] = ()


class Delivery(NamedTuple):
    """A notice on its way to one chat; `zone`, `locale` and `quiet` (hours) are its reader's.

    `group` is the title of the group whose notice goes to a private chat (empty: it is told where it belongs). `made`
    is when it was kept. `tries` counts how often it was handed to the platform before; being put off is no try.
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


def places(alerts: Alerts, group: Target, private: Sequence[Target]) -> tuple[Target, ...]:
    """Where a group's alerts are told, given the private chats of who asked for them; where there are none, in it."""
    if alerts.where is Where.GROUP or not private:
        return (group,)
    return tuple(private) if alerts.where is Where.PRIVATE else (group, *private)
