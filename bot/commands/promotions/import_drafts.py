"""Files that are handed in. So far they hold promotions, and only those who run the bot have a use for that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.command.declaration import Call, Option, UnfitError, command
from bot.command.incoming import LARGEST_FILE, Attached, UnreadableError
from bot.commands.promotions.draft import Field, fault_in, in_rows, once, read, terms_of, zone_of
from bot.options.files import Record, records_in
from bot.reply.parts import Button, Fields, Hour, Reply, Say, reply, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.promotions.model import Promotion, Terms

TABLE: Final = "promotion"
MOST_FAULTS: Final = 10


class Fault(NamedTuple):
    """What is wrong at a line of a file, with a key."""

    line: int
    key: str
    what: Say


@command("file", hidden=True, needs_wallet=False)
async def file(call: Call) -> Reply:
    """Take in a file of promotions, as drafts; of a faulty one, nothing."""
    if call.file is None:
        return reply(say("file-none"))
    if not call.operator:
        return reply(say("file-unwanted"))
    faults: list[Fault] = []
    drafts = await once(call, partial(_drafts, call, call.file, faults))
    return _faulty(faults) if faults else _listed(drafts)


async def _drafts(call: Call, given: Attached, faults: list[Fault]) -> Sequence[Promotion]:
    """All that a file holds, kept as drafts; nothing where it has faults, which are added."""
    found = [_terms(call, one, faults) for one in records_in(given.name, await _content(given), TABLE)]
    if faults:
        return ()
    return [await call.promotions.draft(terms, call.person.id) for terms in found if terms is not None]


async def _content(given: Attached) -> bytes:
    """The file, unless it is larger than any list of promotions."""
    if given.size <= LARGEST_FILE:
        try:
            content = await given.read()
        except UnreadableError:
            raise UnfitError(say("file-unreadable")) from None
        if len(content) <= LARGEST_FILE:
            return content
    raise UnfitError(say("file-large", most=LARGEST_FILE // 1024))


def _terms(call: Call, record: Record, faults: list[Fault]) -> Terms | None:
    """The terms of a record; None where it has faults, which are added."""
    options = {option.name: option for option in call.commands["promote"].options}
    before = len(faults)
    faults.extend(Fault(record.line_of(key), key[:40], say("file-key")) for key in record.words if key not in options)
    values = {Field(name): value for name, value in _values(record, options, faults)}
    if len(faults) > before:
        return None
    terms = terms_of(values, call.at, zone_of(call))
    if (fault := fault_in(terms, call.at)) is not None:
        faults.append(Fault(record.line_of(fault[0]), fault[0], fault[1]))
    return terms


def _values(record: Record, options: Mapping[str, Option], faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    """The value of each option; what is missing or unfit is added to the faults."""
    for name, option in options.items():
        words = record.words.get(name, "")
        if words is None:
            faults.append(Fault(record.line_of(name), name, say("file-value")))
        elif not words and option.required:
            faults.append(Fault(record.line, name, say("file-missing")))
        else:
            try:
                yield name, read(option, words) if words else option.default
            except UnfitError as error:
                faults.append(Fault(record.line_of(name), name, error.sentence))


def _faulty(faults: Sequence[Fault]) -> Reply:
    shown = sorted(faults, key=lambda one: one.line)[:MOST_FAULTS]
    lines = [say("file-fault", line=one.line, key=one.key, what=one.what) for one in shown]
    rest = len(faults) - len(shown)
    return reply(say("file-faulty", number=len(faults)), *lines, say("file-more", number=rest) if rest else None)


def _listed(drafts: Sequence[Promotion]) -> Reply:
    """One line for each, and a button that lets it begin."""
    rows = tuple((say("promo-number", number=one.id), _line(one.terms)) for one in drafts)
    keys = [Button(say("button-launch-one", number=one.id), f"promo launch {one.id}") for one in drafts]
    return reply(say("file-drafted", number=len(drafts)), Fields(rows), in_rows(*keys), say("file-next"))


def _line(terms: Terms) -> Say:
    begins, ends = Hour(terms.starts), Hour(terms.ends)
    return say("file-line", title=terms.title, gives=terms.gives, begins=begins, ends=ends)
