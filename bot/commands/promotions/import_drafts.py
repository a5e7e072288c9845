"""Attached files. The only kind that is read is a list of promotions, from operators."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.command.declaration import Call, Option, UnfitError, command
from bot.command.incoming import LARGEST_FILE, Attached, UnreadableError
from bot.commands.promotions.draft import FaultError, Field, in_rows, once, read, terms_of
from bot.options.files import Record, records_in
from bot.reading.unknown import nearest
from bot.reply.parts import Button, Fields, Hour, Reply, Say, reply, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.promotions.model import Promotion, Terms

TABLE: Final = "promotion"
MOST_FAULTS: Final = 10


class Fault(NamedTuple):
    """What is wrong in a file: at which line, for which key."""

    line: int
    key: str
    what: Say


@command("file", hidden=True, needs_wallet=False, with_file="file")
async def file(call: Call) -> Reply:
    """Import a file of promotions as drafts; nothing at all if it has errors."""
    if call.file is None:
        return reply(say("file-none"))
    if not call.operator:
        return reply(say("file-unwanted"))
    faults: list[Fault] = []
    drafts = await once(call, partial(_drafts, call, call.file, faults))
    return _faulty(faults) if faults else _listed(drafts)


async def _drafts(call: Call, given: Attached, faults: list[Fault]) -> Sequence[Promotion]:
    """Draft every promotion of a file; none if there are errors, which are added to `faults`."""
    known = [option.name for option in call.commands["promote"].options]
    found = [_terms(call, one, faults) for one in records_in(given.name, await _content(given), TABLE, known)]
    if faults:
        return ()
    return [await call.promotions.draft(terms, call.person.id) for terms in found if terms is not None]


async def _content(given: Attached) -> bytes:
    """The content of a file, unless it is too large."""
    if given.size <= LARGEST_FILE:
        try:
            content = await given.read()
        except UnreadableError:
            raise UnfitError(say("file-unreadable")) from None
        if len(content) <= LARGEST_FILE:
            return content
    raise UnfitError(say("file-large", most=LARGEST_FILE // 1024))


def _terms(call: Call, record: Record, faults: list[Fault]) -> Terms | None:
    """The terms of one record; None if it has errors, which are added to `faults`."""
    options = {option.name: option for option in call.commands["promote"].options}
    before = len(faults)
    strange = {key: _near(call, key) for key in record.words if key not in options}
    faults.extend(
        Fault(record.line_of(key), key[:40], say("file-key-near", near=near) if near else say("file-key"))
        for key, near in strange.items()
    )
    if TABLE in strange.values():  # its records are in a table of another name
        return None
    sought = {name: option for name, option in options.items() if name not in strange.values()}
    values = {Field(name): value for name, value in _values(record, sought, faults)}
    if len(faults) > before:
        return None
    try:
        return terms_of(values, call.at, call.zone)
    except FaultError as fault:
        faults.append(Fault(record.line_of(fault.field), fault.field, fault.sentence))
        return None


def _near(call: Call, key: str) -> str:
    """The key that is meant by one that is unknown; empty if none is near."""
    names = (key, *key.replace("_", " ").replace("-", " ").split())
    near = next(filter(None, (nearest(call.commands["promote"], name) for name in names)), "")
    return TABLE if key.rstrip("s") == TABLE else near


def _values(record: Record, options: Mapping[str, Option], faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    """The value of each option; one that is missing or unfit is added to `faults`."""
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
    """A row for each draft, and a button to launch it."""
    rows = tuple((say("promo-number", number=one.id), _line(one.terms)) for one in drafts)
    keys = [Button(say("button-launch-one", number=one.id), f"promo launch {one.id}") for one in drafts]
    return reply(say("file-drafted", number=len(drafts)), Fields(rows), in_rows(*keys), say("file-next"))


def _line(terms: Terms) -> Say:
    begins, ends = Hour(terms.starts), Hour(terms.ends)
    return say("file-line", title=terms.title, gives=terms.gives, begins=begins, ends=ends)
