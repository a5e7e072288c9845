"""What a list of transactions booked, and what a Connect really cost by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.parts import Button, Reply, Say, buttons, reply, say
from core.imports.transactions.previews import tax_percent

if TYPE_CHECKING:
    from core.imports.transactions.model import Transactions
    from core.imports.transactions.service import Repriced
    from core.ledger.rulebook import Rulebook


def prices_booked(done: Repriced, transactions: Transactions, rulebook: Rulebook, *, here: bool, money: bool) -> Reply:
    """How many purchases have their true price, and what a Connect cost with tax.

    If the import is not in the wallet of this chat (`here`), its undo names its wallet.
    """
    batch = done.batch
    line = f"import undo {batch.number}" if here else f"import undo {batch.number} {batch.wallet}"
    return reply(
        say("transactions-booked-before", number=batch.number)
        if done.replayed
        else say("transactions-booked", fees=done.purchases, spends=done.spends),
        _each(transactions) if money else None,
        _hint(transactions, rulebook) if money else None,
        buttons(Button(say("button-undo"), line)),
        replace=True,
    )


def _each(transactions: Transactions) -> Say | None:
    """What a Connect cost with tax, on average if it was not always the same; rounded to the cent."""
    paid = [fee.paid for fee in transactions.fees]
    connects = sum(fee.connects for fee in transactions.fees)
    if not connects:
        return None
    total = sum(paid[1:], paid[0]).total
    each = paid[0]._replace(net=(2 * total + connects) // (2 * connects), tax=0)
    exact = all(fee.paid.total == each.net * fee.connects for fee in transactions.fees)
    return say("transactions-each" if exact else "transactions-each-about", price=each)


def _hint(transactions: Transactions, rulebook: Rulebook) -> Say | None:
    """What an operator can set, if the tax is always the same and the books assume another one."""
    percent = tax_percent([fee.paid for fee in transactions.fees])
    return None if percent in {None, rulebook.tax_percent} else say("transactions-tax-hint", percent=percent)
