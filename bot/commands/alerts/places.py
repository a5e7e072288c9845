"""Where a group's alerts go: the place that somebody names is found, and checked before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError, Suggestion, UnfitError
from bot.options.place import MAIN, Place
from bot.reply.parts import Button, say
from bot.views.places import place_name, rights_named
from core.delivery.notice import Target
from core.shared.names import folded
from core.wallets.settings import Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Call
    from bot.options.place import Spot
    from bot.reply.parts import Say

MOST_OFFERED: Final = 8
NOT_THERE: Final = ("unknown",)
"""What is lacking in a place that is no part of the group."""


class Chosen(NamedTuple):
    """A part of a group, by the platform's id, and whether the platform could say that the bot may write there."""

    place: str
    checked: bool


async def chosen(call: Call, spot: Spot) -> Chosen:
    """The part of this group that somebody names. It is refused if it is none, or if the bot may not write there."""
    if not call.group:
        raise UnfitError(say("alerts-private-already"))
    place = _found(call, spot)
    lacking, names = await lacking_in(call, place), names_in(call)
    if lacking == NOT_THERE or (lacking is None and names and place not in {*names, call.place}):
        raise _unknown(call, say("place-elsewhere"))
    if lacking:
        raise DoubtError(
            say("place-lacks", place=named(call, place), rights=rights_named(lacking)),
            Button(say("button-retry"), "alerts here" if place == call.place else _line(place)),
            Button(say("button-other-place"), "alerts place=?"),
        )
    return Chosen(place, checked=lacking is not None)


async def lacking_in(call: Call, place: str) -> tuple[str, ...] | None:
    """What the bot lacks to write in a part of this group; None if nobody can say now."""
    if call.places is None:
        return None
    return await call.places.lacks(_target(call, place))


def named(call: Call, place: str, *, lost: str = "") -> Say:
    """What a part of this group is called; `lost`: why it is, if it is."""
    return place_name(_target(call, place), names_in(call), call.place, lost=lost)


def _target(call: Call, place: str) -> Target:
    return Target(call.chat.platform, call.chat.id, place=place)


def names_in(call: Call) -> Mapping[str, str]:
    """The names of this group's parts, by their ids; a private chat has none."""
    return {} if call.places is None or not call.group else call.places.names(call.chat)


def _found(call: Call, spot: Spot) -> str:
    """The id of the part that is meant."""
    names = names_in(call)
    if not spot.id and not spot.name:
        return call.place
    if spot.id:
        return spot.id
    ids = [place for place, name in names.items() if folded(name.lstrip("#")) == spot.name]
    if len(ids) == 1:
        return ids[0]
    if not names and spot.name in MAIN:
        return ""
    if ids:
        raise DoubtError(say("place-several", name=spot.name), *(_button(names[place], place) for place in ids))
    raise _unknown(call, say("place-unknown", name=spot.name) if names else say("place-unnamed"))


def _unknown(call: Call, sentence: Say) -> DoubtError:
    here = Button(_here(call), "alerts here")
    return DoubtError(sentence, here, Button(say("button-other-place"), "alerts place=?"))


def _button(name: str, place: str) -> Button:
    return Button(say("raw", text=name), _line(place))


def _line(place: str) -> str:
    return f"alerts place=<#{place}>"


def _here(call: Call) -> Say:
    return say("button-here") if call.place else say("choice-group")


async def places_for(call: Call, typed: str) -> Sequence[Suggestion]:  # noqa: ARG001 - a native form filters by itself
    """Where this group's alerts can go: here, in private, or to its other parts in which the bot may write.

    UnfitError in a private chat, so that nothing is asked there.
    """
    if not call.group:
        raise UnfitError(say("alerts-private-already"))
    offers = [Suggestion("here", _here(call))]
    if not call.speaks_as_chat:
        offers += [Suggestion("private", say("button-to-me")), Suggestion("both", say("choice-both"))]
    for place, name in names_in(call).items():
        if len(offers) < MOST_OFFERED and place != call.place and not await lacking_in(call, place):
            offers.append(Suggestion(f"<#{place}>", say("raw", text=name)))
    return offers


def where_of(call: Call, where: Where | None) -> Where | None:
    """Where the alerts are wanted; refused to somebody who has no private chat."""
    if where in {Where.PRIVATE, Where.BOTH} and call.speaks_as_chat:
        raise UnfitError(say("alerts-no-private"))
    return where


PLACE: Final = Place(suggest=places_for)
