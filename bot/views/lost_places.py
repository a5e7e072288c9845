"""A group's alert in the private chat of an admin, because the place to which it should go is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import say
from bot.views.places import place_name, rights_named
from core.delivery.notice import Notice, Target
from core.shared.ids import PersonId, WalletId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Say

    Facts = Mapping[str, str | int]

PLACE_LOST: Final = "place-lost"
"""The code of such a notice."""
ALERT: Final = "alert-"
"""What the names of the alert's own facts begin with."""


def wallet_in(facts: Facts) -> WalletId:
    """The wallet that the alert is about."""
    return WalletId(int(facts["wallet"]))


def asked_in(facts: Facts) -> tuple[PersonId, ...]:
    """Who was chosen to read it, in turn."""
    return tuple(PersonId(int(number)) for number in str(facts["asked"]).split())


def reader_in(facts: Facts) -> PersonId:
    """Who is to read it."""
    return asked_in(facts)[-1]


def alert_in(facts: Facts) -> Notice:
    """The alert that could not be sent."""
    own = {name.removeprefix(ALERT): value for name, value in facts.items() if name.startswith(ALERT)}
    return Notice(str(facts["key"]), str(facts["code"]), own, wallet_in(facts), topic=str(facts["topic"]))


def loss(facts: Facts) -> Say:
    """What is wrong with the place and what helps; in few words to those who know it."""
    group, rights, why = facts["group"], str(facts["rights"]).split(), facts["why"]
    if not facts["first"]:
        return say("place-lost-still", group=group)
    place, name = str(facts["place"]), str(facts["name"])
    target = Target(str(facts["platform"]), str(facts["chat"]), place=place)
    where = place_name(target, {place: name} if name else {}, lost=str(why))
    if rights:
        return say("place-lost-lacks", group=group, place=where, rights=rights_named(rights))
    return say(f"place-lost-{why}", group=group, place=where, platform=target.platform)
