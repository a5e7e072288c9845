"""Who hears what is announced: groups that subscribed, people who opted in; and whom one announcement is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.model import PersonId
    from core.notices import Target


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
