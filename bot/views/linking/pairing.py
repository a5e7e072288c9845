"""Two people who are being linked, and what they answered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.delivery.notice import Target
from core.links.preview import UNANSWERED, LinkAnswers

if TYPE_CHECKING:
    from core.links.model import Accounts
    from core.shared.ids import PersonId


class PlatformAccount(NamedTuple):
    """Somebody on a platform: `identity` is such as `telegram:42`."""

    person: PersonId
    identity: str
    name: str

    @property
    def platform(self) -> str:
        """Their platform."""
        return self.identity.partition(":")[0]

    @property
    def target(self) -> Target:
        """Their private chat."""
        platform, _, user = self.identity.partition(":")
        return Target(platform, user, direct=True)


class Pairing(NamedTuple):
    """Whoever got a code and whoever wrote it, and what they answered so far. Of the `code` only a digest is kept.

    `done`: they were linked, and it cannot be used again, even if they part.
    """

    id: str
    giver: PlatformAccount
    taker: PlatformAccount
    code: str
    accounts: Accounts | None = None
    answers: LinkAnswers = UNANSWERED
    done: bool = False

    def other(self, identity: str) -> PlatformAccount:
        """The other side than this one."""
        return self.taker if identity == self.giver.identity else self.giver

    @property
    def key(self) -> str:
        """The key of the link, the same whoever confirms it last."""
        return f"link:{self.id}"

    @property
    def persons(self) -> tuple[PersonId, PersonId]:
        """Both persons, whoever asks."""
        return self.giver.person, self.taker.person
