"""Reading Upwork's list of transactions, a CSV file, as `core.imports.transactions.model.Transactions`."""

from bot.pages.transactions.cutting import joined_table
from bot.pages.transactions.reading import read_transactions

__all__ = ["joined_table", "read_transactions"]
