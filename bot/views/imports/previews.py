"""The preview of an import: what was found, what it does to the balance, and one question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, enumerated, reply, say
from bot.views.entries import listed, signed
from bot.views.imports.booked import PROVEN, UNPROVEN
from bot.views.imports.questions import question_of
from bot.views.imports.rows import days, named, sums
from bot.views.reconciling import confirm_button
from core.ledger.valuation import stated_price
from core.shared.money import CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply.parts import Part
    from bot.views.imports.questions import Question
    from bot.views.imports.shown import Shown
    from core.imports.model import Opening, Parted, Preview, Recosted
    from core.ledger.rulebook import Rulebook

MOST_GAPS: Final = 2


def preview_of(shown: Shown, rulebook: Rulebook, note: Say | None = None) -> Reply:
    """What an import would book, a question about it if there is one, and the buttons that book or leave it."""
    preview, question = shown.preview, question_of(shown, rulebook)
    parts: list[Part | None] = [
        note,
        say("import-for", group=shown.group) if shown.group else None,
        found_in_history(shown),
        Fields(_effects(shown, rulebook)),
        Fields(tuple(sums(preview.kinds))) if preview.kinds else None,
    ]
    if question is not None:
        parts += question.parts
    return reply(*parts, Buttons(tuple(_rows(shown, question)), asks=True), replace=True)


def found_in_history(shown: Shown) -> Say:
    """How many rows were found, and how many of them are new."""
    preview = shown.preview
    when = days(preview.first, preview.last)
    counts = {"import-new": preview.new, "import-known": preview.known, "import-unsure": len(shown.unsure)}
    total = len(preview.rows)
    for name, rows in (("import-all-new", preview.new), ("import-all-known", preview.known)):
        if rows == total:
            return say(name, rows=total, days=when)
    some = [say(name, rows=rows) for name, rows in counts.items() if rows]
    return say("import-found", rows=total, days=when, what=enumerated(some or [say("import-none")]))


def _effects(shown: Shown, rulebook: Rulebook) -> tuple[tuple[Say, Fact], ...]:
    """What it does: the balance, the opening, gaps, and what changes of the past. Only what there is."""
    preview = shown.preview
    rows: list[tuple[Say, Fact]] = [(say("field-balance"), _balance(preview))]
    if preview.parted is not None:
        rows.append((say("field-parted"), parted(preview.parted)))
    if preview.opening is not None:
        rows.append((say("field-before"), opening(preview.opening, _cost(shown, rulebook))))
    rows += [(say("field-gap"), gap(one)) for one in preview.gaps[:MOST_GAPS]]
    if len(preview.gaps) > MOST_GAPS:
        rest = preview.gaps[MOST_GAPS:]
        rows.append(
            (say("field-gap"), say("gaps-more", gaps=len(rest), delta=signed(sum(one.connects for one in rest))))
        )
    rows += _past(shown)
    return tuple(rows)


def _past(shown: Shown) -> Iterator[tuple[Say, Fact]]:
    preview = shown.preview
    if preview.expired:
        yield (
            say("field-expired"),
            say("expired-more" if preview.expired > 0 else "expired-less", connects=abs(preview.expired)),
        )
    if preview.unpins is not None:
        yield say("field-confirmed"), say("unpins", day=preview.unpins.at, balance=preview.unpins.balance)
    if preview.recosted.spends:
        yield say("field-recosted"), recosted(preview.recosted, money=shown.money)
    if preview.price_assumed:
        yield say("field-price"), say("price-assumed", connects=preview.price_assumed)
    if preview.completed:
        yield say("field-completed"), say("completed-rows", rows=preview.completed)
    if shown.unread:
        yield say("field-unread"), say("unread-lines", lines=shown.unread)


def _balance(preview: Preview) -> Say:
    if preview.of_two:
        said = say("balance-of-two")
    elif preview.balance is None:
        said = say("balance-unproven")
    elif preview.parted is None:
        said = say("balance-proven") if _up_to_date(preview) else say("balance-proven-then", balance=preview.balance)
    else:
        said = say("balance-parted", balance=preview.balance)
    if preview.before == preview.after:
        return say("balance-stays", after=preview.after, said=said)
    return say("balance-moves", before=preview.before, after=preview.after, said=said)


def _up_to_date(preview: Preview) -> bool:
    """Whether nothing has moved since the page: one of an earlier day proves the balance of that day."""
    return preview.balance == preview.after


def parted(found: Parted) -> Say:
    """Where the books and the page part, and what is likely missing there."""
    older, newer = (None if row is None else named(row) for row in (found.older, found.newer))
    missing = say("missing-more" if found.connects > 0 else "missing-less", connects=abs(found.connects))
    facts: dict[str, Fact] = {"missing": missing, "cause": _cause(found), "older": older, "newer": newer}
    if older is not None and newer is not None:
        return Say("parted-between", facts)
    if older is None and newer is None:
        return Say("parted-somewhere", facts)
    return Say("parted-after" if newer is None else "parted-before", {**facts, "row": older or newer})


def _cause(found: Parted) -> Say:
    if found.cause is None:
        return say("cause-more" if found.connects > 0 else "cause-less")
    return say(f"cause-{found.cause}".replace("_", "-"), entries=listed(found.entries))


def opening(found: Opening, cost: Fact = None) -> Say:
    """What must have been there before the first row, what it cost, and what it takes the place of."""
    had = say("opening-had", connects=found.connects)
    if cost is not None:
        had = say("opening-costed", had=had, cost=cost)
    if found.replaces:
        same = "yes" if found.replaces == found.connects else "no"
        had = say("opening-replaces", had=had, replaces=found.replaces, same=same)
    return had if found.expires is None else say("opening-expires", had=had, expires=found.expires)


def _cost(shown: Shown, rulebook: Rulebook) -> Fact:
    """What the Connects cost that were there before, as somebody has answered; None if nobody has."""
    cost, found = shown.answers.cost, shown.preview.opening
    if cost is None or found is None:
        return None
    price = stated_price(cost, found.connects, rulebook)
    if state_of(price) is CostState.PAID:
        return price if shown.money else None
    return say("unknown-cost" if state_of(price) is CostState.UNKNOWN else "free")


def gap(found: Opening) -> Say:
    """Connects between two pages that no row explains."""
    return say("gap", delta=signed(found.connects), day=found.day)


def recosted(found: Recosted, *, money: bool) -> Say:
    """How many earlier spends change, and by how much."""
    if not money or not found.by:
        return say("recosted", spends=found.spends)
    changes = [
        say("money-more" if price.total >= 0 else "money-less", price=price if price.total >= 0 else -price)
        for price in found.by
    ]
    return say("recosted-by", spends=found.spends, by=enumerated(changes))


def _rows(shown: Shown, question: Question | None) -> Iterator[tuple[Button, ...]]:
    preview = shown.preview
    if question is not None:
        yield from question.rows
    booking = says_more(preview) and (question is None or not question.first)
    book = (Button(_book_label(preview), book_line(shown)),) if booking else ()
    if preview.change is None and _up_to_date(preview) and not shown.group:
        yield (confirm_button(preview.after),)
    leave = Button(say("button-leave-import"), f"import leave {shown.draft}")
    unsure = len(shown.unsure) + shown.unread
    if not unsure:
        yield (*book, leave)
        return
    if book:
        yield book
    yield Button(say("button-unsure", rows=unsure), f"import unsure {shown.draft}"), leave


def says_more(preview: Preview) -> bool:
    """Whether booking would change anything but that the same rows were seen once more."""
    return preview.change is not None and bool(preview.new or preview.completed or preview.change.entries)


def _book_label(preview: Preview) -> Say:
    if preview.new:
        return say("button-book-all", rows=preview.new)
    return say("button-complete", rows=preview.completed) if preview.completed else say("button-book-rest")


def book_line(shown: Shown) -> str:
    """The line that books exactly what is shown.

    For the answer, it carries whether that is what the page says, and what it does beside booking new rows.
    """
    preview = shown.preview
    said = PROVEN if _up_to_date(preview) else UNPROVEN
    if preview.parted is not None:
        said = str(preview.balance)
    beside = preview.completed or preview.recosted.spends or not preview.new
    more = f" {preview.new} {preview.completed} {preview.recosted.spends}" if beside else ""
    return f"import book {shown.draft} {preview.stamp} {said}{more}"
