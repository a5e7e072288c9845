"""The chart of accounts of journals, and their commodities.

Names are English in every language: rules that map them to somebody's own accounts must keep working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.documents.cells import amount
from core.ledger.model import ADJUSTED, EXPIRED, RENEWED, Purpose, Source, expense_on, income_from, source_of

if TYPE_CHECKING:
    from core.ledger.model import Account

CONNECTS: Final = "CONNECTS"
UNPRICED: Final = "UNPRICED"
"""The currency of costs that nobody has stated: one for each Connect. It adds up with no money, so that it cannot be
overlooked, and a price for it gives all of them an estimated cost."""
HELD: Final = "Assets:Connects"
PAID: Final = "Equity:Connects:Paid"
"""Where the money for purchases came from. The bot does not know the card or the bank account."""
OPENING: Final = "Equity:Opening-Balances"
RENEWED_BY: Final = "Equity:Connects:Renewed"
"""What came back to an expired lot goes through it, into a new one: it comes to nothing in the end."""
ROUNDING: Final = "Equity:Connects:Rounding"
MONEY_ONLY: Final = frozenset({PAID, ROUNDING})
"""Accounts that have money, and no Connects."""
ACCOUNTS: Final = {
    income_from(Source.PURCHASE): PAID,
    income_from(Source.OPENING): OPENING,
    income_from(Source.RETURN): RENEWED_BY,
    RENEWED: RENEWED_BY,
    EXPIRED: "Expenses:Connects:Expired",
    ADJUSTED: "Expenses:Connects:Adjustment",
    expense_on(Purpose.PROFILE_AD): "Expenses:Connects:Profile-Ad",
}


def account_of(account: Account) -> str:
    """The name that journals have for an account beyond the wallet."""
    if name := ACCOUNTS.get(account):
        return name
    source = source_of(account)
    return f"Income:Connects:{source.title()}" if source else f"Expenses:Connects:{account.partition(':')[2].title()}"


def tax_on(account: str) -> str:
    """The account below it that has the tax on what is on it."""
    return f"{account}:Tax"


def money_text(minor: int, currency: str) -> str:
    """An amount with its currency, such as "10.00 USD"."""
    return f"{minor if currency == UNPRICED else amount(minor, currency)} {currency}"
