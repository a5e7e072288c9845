"""/promote: operators draft a promotion or a contest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from typing_extensions import override

from bot.command.declaration import Call, UnfitError, UnfitOptionError, command
from bot.commands.promotions.draft import FaultError, Field, once, preview, terms_of
from bot.options.audience import Code, Languages, Platforms
from bot.options.choice import Choice, Switch
from bot.options.numbers import Whole
from bot.options.text import LONGEST_MESSAGE, Tags, Text
from bot.options.times.days import Days, Time, When
from bot.reply.parts import Reply, say
from core.wallets.settings import Plan

if TYPE_CHECKING:
    from core.promotions.model import Promotion

NOW: Final = When()
PATH: Final = re.compile(r"@\S*(?:[/\\]|\.(?:toml|csv|tsv|txt|xlsx?))\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title(Text):
    """A title. The path of a file is none: only the console reads files by their paths, if there is such a file."""

    @override
    def read(self, words: str) -> str:
        if PATH.fullmatch(words.strip()):
            raise UnfitError(say("file-none"))
        return Text.read(self, words)


@command("promote", hidden=True, needs_wallet=False, with_file="file")
async def promote(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    title: Annotated[str, Title(most=80)],
    text: Annotated[str, Text(most=LONGEST_MESSAGE - 400, lines=True, rich=True)],
    gives: Annotated[int, Whole(named=True, high=5000)],
    ends: Annotated[When, Time(named=True, ending=True)],
    starts: Annotated[When, Time(named=True)] = NOW,
    winners: Annotated[int, Whole(named=True, low=0, high=100)] = 0,
    supply: Annotated[int | None, Whole(named=True, high=10_000_000)] = None,
    approval: Annotated[bool, Switch(named=True)] = False,  # noqa: FBT002 - options are given by name
    moderators: Annotated[bool, Switch(named=True)] = False,  # noqa: FBT002 - options are given by name
    code: Annotated[str, Code(named=True)] = "",
    lasts: Annotated[int | None, Days(named=True, high=3650)] = None,
    new: Annotated[int | None, Days(named=True, high=3650)] = None,
    plan: Annotated[Plan | None, Choice(of=Plan, named=True)] = None,
    feedback: Annotated[int, Whole(named=True, low=0, high=1000)] = 0,
    assessments: Annotated[int, Whole(named=True, low=0, high=1000)] = 0,
    interviews: Annotated[int, Whole(named=True, low=0, high=1000)] = 0,
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
    platforms: Annotated[tuple[str, ...], Platforms(named=True)] = (),
    languages: Annotated[tuple[str, ...], Languages(named=True)] = (),
) -> Reply:
    """Draft a promotion, or with winners a contest, and show a preview. Nothing is announced yet."""
    gift = (title, text, gives, ends, starts, winners, supply, approval, moderators, code, lasts)
    audience = (new, plan, feedback, assessments, interviews, tags, platforms, languages)
    values = dict(zip(Field, (*gift, *audience), strict=True))
    try:
        terms = terms_of(values, call.at, call.zone)
    except FaultError as fault:
        raise UnfitOptionError(call.commands["promote"].option(fault.field), fault) from fault

    async def write() -> list[Promotion]:
        return [await call.promotions.draft(terms, call.person.id)]

    (draft,) = await once(call, write)
    return await preview(call, draft)
