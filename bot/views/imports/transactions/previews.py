"""The preview of a list of transactions: which purchases get another price, what follows, and what is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, Table, enumerated, reply, say
from bot.views.imports.previews import recosted
from bot.views.imports.rows import days
from bot.views.imports.transactions.doubts import question_about
from core.imports.transactions.model import OtherRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.imports.transactions.model import Fee, Transactions
    from core.imports.transactions.previews import TransactionsPreview
    from core.shared.money import Price

OTHERS: Final = "others"
"""The word of the press that leaves out what is from before a confirmed balance."""
MOST_NAMED: Final = 3
MOST_UNREAD: Final = 5


class TransactionsShown(NamedTuple):
    """What a draft would book, and to whom it is shown.

    `proposals` counts those that cost something else then. `money`: the reader may see what things cost, which a group
    does not. `group` is the group whose wallet it is for, if that is not the one of the chat where it is shown.
    `incomes` is how many of the list were kept. `beside`: the button that shows the same in money to one person.
    """

    draft: str
    transactions: Transactions
    preview: TransactionsPreview
    proposals: int = 0
    money: bool = True
    group: str = ""
    incomes: int = 0
    beside: Button | None = None


def transactions_preview(shown: TransactionsShown, note: Say | None = None) -> Reply:
    """What a list of transactions would change, a question about it if there is one, and the buttons."""
    preview = shown.preview
    question = question_about(shown.draft, preview.doubtful[0], money=shown.money) if preview.doubtful else None
    return reply(
        note,
        say("import-for", group=shown.group) if shown.group else None,
        _found(shown),
        *_fields(shown),
        _unread(shown),
        _pinned(preview),
        *(() if question is None else question.parts),
        Buttons((*(() if question is None else question.rows), *_rows(shown), *_beside(shown)), asks=True),
        replace=True,
    )


def no_books_yet(read: Transactions) -> Reply:
    """What to do first, if there are no books yet."""
    return reply(
        say("transactions-none-found", fees=len(read.fees), days=_days(read.fees)) if read.fees else _none(read),
        *_other_rows(read, 0),
    )


def _none(read: Transactions) -> Say:
    return say("transactions-unread-only") if read.unread else say("transactions-none")


def _found(shown: TransactionsShown) -> Say:
    preview, fees = shown.preview, shown.transactions.fees
    if not fees:
        return _none(shown.transactions)
    when = _days(fees)
    if preview.known == len(fees):
        return say("transactions-all-known", fees=len(fees), days=when)
    if _none_found(preview):
        return say("transactions-none-found", fees=len(fees), days=when)
    if len(preview.changed) == len(fees):
        return say("transactions-all-changed", fees=len(fees), days=when)
    counts = {
        "transactions-changed": len(preview.changed),
        "transactions-known": preview.known,
        "transactions-asked": len(preview.doubtful),
        "transactions-missing": len(preview.missing) + len(preview.older),
        "transactions-left-alone": preview.left,
    }
    some = [say(name, fees=number) for name, number in counts.items() if number]
    return say("transactions-found", fees=len(fees), days=when, what=enumerated(some))


def _none_found(preview: TransactionsPreview) -> bool:
    """Whether the books have none of the purchases."""
    return not (preview.changed or preview.known or preview.doubtful or preview.left)


def _days(fees: Iterable[Fee]) -> Say:
    every = [fee.day for fee in fees]
    return days(min(every), max(every))


def _fields(shown: TransactionsShown) -> Iterator[Fields]:
    preview = shown.preview
    rows: list[tuple[Say, Fact]] = []
    if preview.changed and shown.money:
        rows.append((say("field-prices"), _moved(preview)))
    if preview.recosted.spends:
        rows.append((say("field-recosted"), _follows(shown)))
    if preview.missing and not _none_found(preview):
        rows.append((say("field-missing"), say("transactions-import-first", days=_named(preview.missing))))
    if preview.older and not _none_found(preview):
        rows.append((say("field-older"), say("transactions-older", fees=len(preview.older), days=_days(preview.older))))
    rows += _given_back(shown)
    if rows:
        yield Fields(tuple(rows))
    yield from _other_rows(shown.transactions, shown.incomes)


def _moved(preview: TransactionsPreview) -> Say:
    """What the changed purchases cost in the books, and what was really paid."""
    before = [taxed(price) for price in preview.before]
    before += [say("transactions-unstated", fees=preview.unstated)] if preview.unstated else []
    return say(
        "transactions-moved", before=enumerated(before), after=enumerated([taxed(price) for price in preview.after])
    )


def taxed(price: Price) -> Say:
    """A price with its tax apart, if it has any."""
    if not price.tax:
        return say("raw-price", price=price)
    return say("price-taxed", price=price, tax=price._replace(net=price.tax, tax=0))


def _follows(shown: TransactionsShown) -> Say:
    follows = recosted(shown.preview.recosted, money=shown.money)
    if not shown.proposals:
        return follows
    return say("transactions-proposals", follows=follows, proposals=shown.proposals)


def _named(fees: Sequence[Fee]) -> Say:
    """Some fees by their days, such as "Jan 3 (60) and 2 more"."""
    some = [say("fee-named", day=fee.day, connects=fee.connects) for fee in fees[:MOST_NAMED]]
    rest = len(fees) - len(some)
    return enumerated([*some, say("transactions-more", fees=rest)] if rest else some)


def _given_back(shown: TransactionsShown) -> Iterator[tuple[Say, Fact]]:
    """Money that came back: nobody knows from the file what became of the Connects, so nothing is booked for it."""
    back = shown.transactions.given_back
    if back:
        some = [
            say("fee-back", day=one.day, price=one.price) if shown.money else say("raw-day", day=one.day)
            for one in back[:MOST_NAMED]
        ]
        rest = len(back) - len(some)
        listed = enumerated([*some, say("transactions-more", fees=rest)] if rest else some)
        yield say("field-given-back"), say("transactions-given-back", some=listed)


def _other_rows(read: Transactions, incomes: int) -> Iterator[Fields]:
    if incomes:
        yield Fields(((say("field-incomes"), say("transactions-incomes-kept", rows=incomes)),))
    left = {kind: rows for kind, rows in read.others.items() if kind is not OtherRows.INCOME or not incomes}
    counts = [say(f"transaction-{kind}", rows=left[kind]) for kind in OtherRows if left.get(kind)]
    if counts:
        yield Fields(((say("field-other-rows"), say("transactions-others", what=enumerated(counts))),))


def _beside(shown: TransactionsShown) -> Iterator[tuple[Button, ...]]:
    if shown.beside is not None:
        yield (shown.beside,)


def _unread(shown: TransactionsShown) -> Table | Say | None:
    """The rows as they stand in the file, which are amounts of money for the most part."""
    read = shown.transactions
    if not read.unread:
        return None
    if not shown.money:
        return say("transactions-unread-rows", rows=len(read.unread))
    lines: list[tuple[Fact, ...]] = [(line,) for line in read.unread[:MOST_UNREAD]]
    if len(read.unread) > len(lines):
        lines.append((say("transactions-more", fees=len(read.unread) - len(lines)),))
    title = say(
        "transactions-unclear-days" if read.unclear_days else "transactions-unread",
        rows=len(read.unread),
    )
    return Table((say("column-what"),), tuple(lines), title)


def _pinned(preview: TransactionsPreview) -> Say | None:
    if not preview.pinned:
        return None
    return say("transactions-pinned", fees=preview.pinned, others=len(preview.changed) - preview.pinned)


def _rows(shown: TransactionsShown) -> Iterator[tuple[Button, ...]]:
    preview = shown.preview
    leave = Button(say("button-leave-import"), f"import paid {shown.draft} leave")
    if shown.money and not shown.group and shown.transactions.others.get(OtherRows.INCOME):
        yield (Button(say("button-clients"), "clients"),)
    if preview.change is None:
        yield (leave,)
        return
    line, others = f"import price {shown.draft} {preview.stamp}", len(preview.changed) - preview.pinned
    book = say("button-book-prices", fees=len(preview.changed))
    if not preview.pinned or not others:
        yield Button(book, line), leave
        return
    yield (
        Button(say("button-prices-all", fees=len(preview.changed)), line),
        Button(say("button-prices-others", others=others), f"{line} {OTHERS}"),
    )
    yield (leave,)
