"""django-hordak on PostgreSQL: `python -m benchmarks.peers.hordak FOLDER`, in the peers' environment."""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from benchmarks.peers import postgres
from benchmarks.peers.callers import CALLERS, MANY, ONE, report, threads_rate

if TYPE_CHECKING:
    from collections.abc import Callable

WALLETS: Final = 64
CURRENCY: Final = "USD"


def open_ledger(port: int) -> None:
    """Set up Django with the ledger alone, and create its tables."""
    server = {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": postgres.USER}
    settings.configure(
        DATABASES={"default": server | {"HOST": postgres.HOST, "PORT": port}},
        DEFAULT_CURRENCY=CURRENCY,
        HORDAK_INTERNAL_CURRENCY=CURRENCY,
        HORDAK_CURRENCIES=[CURRENCY],
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def spender() -> Callable[[], None]:
    """Transfers of 1 from one wallet after another to one expense account, each with a commit."""
    from hordak.models import Account, AccountType
    from moneyed import Money

    def account(name: str, kind: Any) -> Any:
        return Account.objects.create(name=name, type=kind, currencies=[CURRENCY])

    wallets = cycle([account(f"wallet {number}", AccountType.asset) for number in range(WALLETS)])
    expense = account("proposals", AccountType.expense)

    def spend() -> None:
        with transaction.atomic():
            next(wallets).transfer_to(expense, Money(1, CURRENCY), description="Logo")

    return spend


def main(folder: Path) -> None:
    with postgres.running(folder) as port:
        open_ledger(port)
        spend = spender()
        report({ONE: threads_rate(1, spend), MANY: threads_rate(CALLERS, spend)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
