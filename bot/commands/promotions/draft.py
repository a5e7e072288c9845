"""Turns the options of /promote, a file or /edit into the terms of a promotion, checks them, and shows a preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.command.declaration import UnfitError
from bot.options.choice import choice
from bot.options.figures import whole_number
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Reply, Say, reply, say
from bot.views.audience import reach
from bot.views.promotions import offer, terms_in_words
from core.promotions.model import Moment, Promotion, Terms
from core.promotions.qualify import REVISABLE
from core.promotions.service import facts_of
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.command.declaration import Call, Option
    from bot.options.times.days import When

NONE: Final = "none"
NONE_OF_IT: Final = frozenset({NONE, "off", "no", "nothing", "unlimited", "any"})
"""Words that remove an optional field."""
PAST: Final = timedelta(days=1)
"""How long ago a start may be: "today" began at midnight."""
REMEMBERED: Final = timedelta(days=1)
IN_A_ROW: Final = 4


class Field(StrEnum):
    """The fields of a promotion, named and ordered like the options of /promote."""

    TITLE = "title"
    TEXT = "text"
    GIVES = "gives"
    ENDS = "ends"
    STARTS = "starts"
    WINNERS = "winners"
    SUPPLY = "supply"
    APPROVAL = "approval"
    MODERATORS = "moderators"
    CODE = "code"
    LASTS = "lasts"
    NEW = "new"
    PLAN = "plan"
    FEEDBACK = "feedback"
    ASSESSMENTS = "assessments"
    INTERVIEWS = "interviews"
    TAGS = "tags"
    PLATFORMS = "platforms"
    LANGUAGES = "languages"


AT_ONCE: Final = (Field.TITLE, Field.TEXT, Field.GIVES, Field.STARTS, Field.ENDS)
"""What every promotion must have."""
TIMES: Final = frozenset({Field.STARTS, Field.ENDS})
CONDITIONS: Final = frozenset({Field.NEW, Field.PLAN, Field.FEEDBACK, Field.ASSESSMENTS, Field.INTERVIEWS})
AUDIENCE: Final = frozenset({Field.TAGS, Field.PLATFORMS, Field.LANGUAGES})
CALLED: Final = {Field.LASTS: "expires_days", Field.NEW: "new_days", Field.LANGUAGES: "locales"}
"""The fields whose attribute in the terms has another name."""


class FaultError(UnfitError):
    """The value of a field makes no sense now, or beside the others."""

    def __init__(self, field: Field, sentence: Say) -> None:
        """Name the field, and say what is wrong."""
        super().__init__(sentence)
        self.field = field


def terms_of(values: Mapping[Field, Any], at: datetime, zone: str) -> Terms:
    """The terms with these option values. Times are relative to `at`, or local times in `zone`. FaultError as there."""
    title, text, gives = (values[field] for field in (Field.TITLE, Field.TEXT, Field.GIVES))
    starts, ends = (_time(field, values[field], at, zone) for field in (Field.STARTS, Field.ENDS))
    terms = Terms(title, text, gives, starts, ends, zone)
    for field in Field:
        if field not in AT_ONCE:
            terms = revised(terms, field, values[field], at)
    check(terms, at, Field.STARTS)
    return terms


def revised(terms: Terms, field: Field, value: Any, at: datetime) -> Terms:
    """The terms with another value for a field. FaultError if it is a day that cannot be meant."""
    name = CALLED.get(field, field.value)
    if field in CONDITIONS:
        return replace(terms, conditions=replace(terms.conditions, **{name: value}))
    if field in AUDIENCE:
        return replace(terms, audience=replace(terms.audience, **{name: value}))
    if field in TIMES:
        value = _time(field, value, at, terms.zone)
    changed: dict[str, Any] = {name: value}
    return replace(terms, **changed)


def _time(field: Field, value: When, at: datetime, zone: str) -> datetime:
    try:
        return value.of(at, zone)
    except UnfitError as error:
        raise FaultError(field, error.sentence) from error


def read(option: Option, words: str) -> Any:
    """The value of words for an option; "none" removes it, if it is optional. UnfitError if they do not fit."""
    word = words.strip().casefold()
    if option.required and word == NONE:
        raise UnfitError(say("promote-required"))
    if not option.required and word in NONE_OF_IT:
        return option.default
    return option.kind.read(words)


def check(terms: Terms, at: datetime, changed: Field) -> None:
    """Raise FaultError for the first field that contradicts the others at this time.

    A start in the past is one only while it is `changed`: later it has simply come.
    """
    starts, ends = Hour(terms.starts, terms.zone), Hour(terms.ends, terms.zone)
    if changed is Field.STARTS and terms.starts + PAST <= at:
        raise FaultError(Field.STARTS, say("promote-past-start", starts=starts))
    if terms.ends <= at:
        raise FaultError(Field.ENDS, say("promote-past", ends=ends))
    if terms.ends <= terms.starts:
        raise FaultError(Field.ENDS, say("promote-backwards", starts=starts, ends=ends))
    needed = terms.gives * max(terms.winners, 1)
    if terms.supply is not None and terms.supply < needed:
        raise FaultError(Field.SUPPLY, say("promote-short", supply=terms.supply, needed=needed))
    if whole_number(terms.code) is not None:  # /claim would take it for a promotion's number
        raise FaultError(Field.CODE, say("promote-code"))
    if terms.contest and terms.approval:
        raise FaultError(Field.APPROVAL, say("promote-both"))
    if terms.moderators and not terms.approval:
        raise FaultError(Field.MODERATORS, say("promote-moderators"))


async def once(call: Call, write: Callable[[], Awaitable[Sequence[Promotion]]]) -> Sequence[Promotion]:
    """Write drafts once, however often the same message or press arrives."""
    store, note = call.store, f"drafted:{call.key}"
    numbers = await store.notes.note(note, call.at)
    if numbers is not None:
        found = [await store.promotions.promotion(PromotionId(int(number))) for number in numbers.split()]
        return [one for one in found if one is not None]
    drafts = await write()
    if drafts:
        await store.notes.put_note(note, " ".join(str(one.id) for one in drafts), call.at + REMEMBERED)
    return drafts


async def preview(call: Call, promotion: Promotion, first: Say | None = None) -> Reply:
    """The promotion as people will read it, whom it reaches, and buttons to launch, edit, copy or cancel it."""
    terms, number = promotion.terms, promotion.id
    reached = reach(terms.audience, await call.store.subscriptions.subscribers(), max(call.at, terms.starts), call.zone)
    return reply(
        first or say("promote-preview", number=number),
        *offer(facts_of(promotion, Moment.START), claimable=False).parts,
        Fields((*reached, *dates(terms), *terms_in_words(terms, call.books.rulebook), *_more(terms))),
        in_rows(
            Button(say("button-launch"), f"promo launch {number}"),
            Button(say("button-edit"), f"promo edit {number}"),
            Button(say("button-copy"), f"promo copy {number}"),
            Button(say("button-cancel"), f"promo cancel {number}"),
        ),
    )


def dates(terms: Terms) -> tuple[tuple[Say, Fact], ...]:
    """Rows for the beginning and the end."""
    starts, ends = Hour(terms.starts, terms.zone), Hour(terms.ends, terms.zone)
    return (say("field-begins"), starts), (say("field-ends"), ends)


def _more(terms: Terms) -> Sequence[tuple[Say, Fact]]:
    rows: list[tuple[Say, Fact]] = []
    if terms.supply is not None:
        rows.append((say("field-supply"), say("connects", connects=terms.supply)))
    if terms.code:
        rows.append((say("field-code"), terms.code))
    if terms.approval:
        rows.append((say("field-approval"), say("approval-needed", moderators="yes" if terms.moderators else "no")))
    return rows


def in_rows(*keys: Button) -> Buttons:
    """Buttons in rows of four."""
    return Buttons(tuple(keys[start : start + IN_A_ROW] for start in range(0, len(keys), IN_A_ROW)))


def changes(promotion: Promotion) -> Reply:
    """A button for each field that can be changed. It carries the version shown, so that a later change is noticed."""
    launched = promotion.status is not Status.DRAFT
    fields = [field for field in Field if not launched or field.value in REVISABLE]
    keys = [Button(choice(field), f"edit {promotion.id} {field} seen={promotion.version}") for field in fields]
    name = say("promo-named", number=promotion.id, title=promotion.terms.title)
    return reply(name, say("edit-what-launched" if launched else "edit-what"), in_rows(*keys))
