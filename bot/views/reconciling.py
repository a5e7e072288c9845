"""The books beside the balance that Upwork shows: what may explain a difference, and when they agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reading.lines import line_of
from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, reply, say
from bot.views.entries import listed, named, signed
from core.reconciliation.causes import CauseKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.ledger.model import Entry
    from core.ledger.past.pins import Pin
    from core.reconciliation.causes import Cause
    from core.reconciliation.service import Agreed, Compared

MOST_CAUSES: Final = 4
"""With the correction, these are as many buttons as a phone shows without scrolling."""
MOST_PINS: Final = 3
IMPORT: Final = "import"


class Mend(NamedTuple):
    """What is said of a cause, and the button that mends it: its label and its line."""

    sentence: str
    label: str
    line: str


MENDS: Final = {
    CauseKind.NEVER_IMPORTED: Mend("why-never-imported", "button-how-to-import", IMPORT),
    CauseKind.IMPORT_OLD: Mend("why-import-old", "button-how-to-import", IMPORT),
    CauseKind.MONTHLY: Mend("why-monthly", "button-why-monthly", "earn monthly {size} came={day}"),
    CauseKind.EXPIRED_HERE: Mend("why-expired-here", "button-why-expired-here", "adjust by={connects:+}"),
    CauseKind.EXPIRED_THERE: Mend("why-expired-there", "button-why-expired-there", "adjust by={connects:+}"),
    CauseKind.OWED: Mend("why-owed", "button-why-return", "return {numbers}"),
    CauseKind.RETURN: Mend("why-return", "button-why-return", "return {numbers}"),
    CauseKind.BID: Mend("why-bid", "button-why-bid", "missed {size}"),
    CauseKind.TWICE: Mend("why-twice", "button-why-twice", "undo {last}"),
    CauseKind.BOUGHT: Mend("why-bought", "button-why-bought", "buy {size}"),
    CauseKind.BOOST: Mend("why-boost", "button-why-boost", "spend {size} purpose=boost"),
}
SOMETHING_BACK: Final = Mend("why-return-some", "button-why-return-some", "return {size} connects")


def equal_reply(compared: Compared, *, confirms: bool) -> Reply:
    """The books have what Upwork shows; with a button that confirms it for those who may."""
    asked = Buttons(((confirm_button(compared.shown),),), asks=True) if confirms else None
    return reply(say("reconcile-equal", connects=compared.shown), asked)


def confirm_button(balance: int) -> Button:
    """Confirms that the books and Upwork agree on a balance."""
    return Button(say("button-confirm", connects=balance), f"reconcile confirm={balance}")


def difference_reply(compared: Compared, note: Say | None, reason: str, *, corrects: bool) -> Reply:
    """A difference; for those who may correct it with its likely causes, each with the button that mends it.

    `reason` is what somebody wrote beside the balance.
    """
    title = say("reconcile-differs", shown=compared.shown, balance=compared.balance, delta=signed(compared.difference))
    if not corrects:
        return reply(title, note)
    because = {"reason": reason} if reason else {}
    causes = compared.causes[:MOST_CAUSES]
    rows = [(_button(cause, compared.entries),) for cause in causes]
    adjust = Button(
        say("button-adjust", delta=signed(compared.difference)),
        line_of("adjust", {"to": str(compared.shown), "was": str(compared.balance), **because}),
        goes_on=True,
    )
    return reply(
        title,
        note,
        Fields(((say("field-reason"), reason),)) if reason else None,
        _agreed(compared.agreed),
        None if causes else say("why-unknown"),
        *(_sentence(cause, compared) for cause in causes),
        Buttons((*rows, (adjust,)), asks=True),
    )


def _agreed(pin: Pin | None) -> Say | None:
    if pin is None or pin.moved:
        return None
    return say("reconcile-agreed", day=pin.at, balance=pin.balance)


def _sentence(cause: Cause, compared: Compared) -> Say:
    facts: dict[str, Fact] = {"connects": abs(cause.connects), "what": _what(cause, compared.entries)}
    if cause.day is not None:
        facts["day"] = cause.day
    if cause.connects:
        part = "explains-all" if cause.connects == compared.difference else "explains-part"
        facts["explains"] = say(part, connects=abs(cause.connects), of=abs(compared.difference))
    return Say(_mend(cause).sentence, facts)


def _button(cause: Cause, entries: Mapping[int, Entry]) -> Button:
    label = Say(_mend(cause).label, {"connects": abs(cause.connects), "entries": listed(cause.numbers)})
    line = _line(cause, entries)
    return Button(label, line, goes_on=line != IMPORT)


def _line(cause: Cause, entries: Mapping[int, Entry]) -> str:
    """The line that mends a cause."""
    numbers = " ".join(f"#{number}" for number in cause.numbers)
    last = cause.numbers[-1] if cause.numbers else ""
    size = abs(cause.connects)
    line = _mend(cause).line.format(connects=cause.connects, size=size, numbers=numbers, last=last, day=cause.day)
    if cause.kind is not CauseKind.BOOST:
        return line
    bid = entries[cause.numbers[0]]
    return line_of(line, {name: said for name, said in (("job", bid.job), ("title", bid.memo)) if said})


def _mend(cause: Cause) -> Mend:
    return SOMETHING_BACK if cause.kind is CauseKind.RETURN and not cause.numbers else MENDS[cause.kind]


def _what(cause: Cause, entries: Mapping[int, Entry]) -> Fact:
    """The entries that a cause is about, such as "#12 · Logo"."""
    if not cause.numbers:
        return None
    first = entries[cause.numbers[0]]
    return say("why-entry", entries=listed(cause.numbers), deed=named(first))


def agreed_reply(agreed: Agreed, at: datetime) -> Reply:
    """When the books and Upwork agreed last, what was booked since, and the latest pins, which can be lifted."""
    if agreed.of_two:
        return reply(say("refusal-balance-of-two"))
    if agreed.last is None:
        return reply(say("reconcile-never"), say("reconcile-how"))
    holds = not agreed.last.moved
    since = say("reconcile-since", entries=agreed.entries, delta=signed(agreed.delta))
    shown = [one.pin for one in agreed.pins[-MOST_PINS:][::-1]]
    return reply(
        Fields(((say("field-agreed"), _last(agreed.last, at)), (say("field-since"), since))) if holds else None,
        *(pin_line(pin) for pin in shown if pin is not agreed.last or not holds),
        say("reconcile-how"),
        Buttons(
            tuple(
                (Button(say("button-lift", day=pin.at, balance=pin.balance), f"reconcile lift={pin.batch}"),)
                for pin in shown
            )
        ),
    )


def _last(pin: Pin, at: datetime) -> Fact:
    return say("reconcile-last", day=pin.at, balance=pin.balance, days=(at - pin.at).days)


def pin_line(pin: Pin) -> Say:
    """A pin in one line, and whether it still holds."""
    if pin.moved:
        return say("pin-moved", day=pin.at, balance=pin.balance, now=pin.balance + pin.moved)
    return say("pin-holds", day=pin.at, balance=pin.balance)


def broken_pin(pin: Pin) -> Say:
    """That a confirmed balance no longer holds."""
    return say("pin-broken", day=pin.at, balance=pin.balance, now=pin.balance + pin.moved)
