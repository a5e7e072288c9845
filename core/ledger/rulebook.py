"""The figures that the rules use, read from a TOML file: prices, rewards, expiry, order of use, limits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from core.ledger.model import Source

if TYPE_CHECKING:
    from pathlib import Path

    from core.wallets.settings import Plan

ORDERS: Final = ("received", "expiring", "free")
ON_EXPIRED: Final = ("reissue", "forfeit")


class RulebookError(ValueError):
    """A rulebook that cannot be used; the text names the key and the values it accepts."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A validated rulebook. Money is in minor units, `bundles` ascend, `earning` has each source's figures by name.

    `yardsticks` have, by name, what share of proposals others report to get so far, in percent (0: not known).
    """

    currency: str
    each: int
    doubt: int
    bundles: tuple[int, ...]
    tax_percent: int
    order: str
    expiry_months: int
    returns_expired: str
    returns_due_days: int
    earning: Mapping[Source, Mapping[str, int]]
    spend_limit: int
    purchase_limit: int
    price_limit: int
    grant_limit: int
    rearm_percent: int
    yardsticks: Mapping[str, Mapping[str, int]]

    def monthly(self, plan: Plan) -> int:
        """The size of a plan's monthly lot, in Connects."""
        return self.earning[Source.MONTHLY][plan.value]


@cache
def default() -> Rulebook:
    """The rulebook that ships with the package."""
    return parse({})


def load(path: Path) -> Rulebook:
    """An operator's own rulebook, laid over the one that ships with the package; raises RulebookError."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8-sig")))  # some editors write a byte order mark
    except OSError as error:
        raise RulebookError(f"the rulebook {path.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RulebookError(f"the rulebook {path.name} is not text in UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"the rulebook {path.name} is not TOML: {error}") from error


def parse(given: Mapping[str, Any]) -> Rulebook:
    """Lay the given figures over the shipped ones and validate all of them; raises RulebookError."""
    shipped = tomllib.loads(resources.files("core.ledger").joinpath("rulebook.toml").read_text(encoding="utf-8"))
    merged = _merge(shipped, given, "")
    price, limits = merged["price"], merged["limits"]
    return Rulebook(
        currency=_currency(price["currency"]),
        each=_whole(price["each"], "price.each", 0, 100_000),
        doubt=_whole(price["doubt"], "price.doubt", 0, 1000),
        bundles=_sizes(price["bundles"]),
        tax_percent=_whole(price["tax_percent"], "price.tax_percent", 0, 30),
        order=_choice(merged["use"]["order"], "use.order", ORDERS),
        expiry_months=_whole(merged["expiry"]["months"], "expiry.months", 0, 120),
        returns_expired=_choice(merged["returns"]["expired"], "returns.expired", ON_EXPIRED),
        returns_due_days=_whole(merged["returns"]["due_days"], "returns.due_days", 0, 366),
        earning=_earning(merged["earning"]),
        spend_limit=_whole(limits["spend"], "limits.spend", 1, 1_000_000),
        purchase_limit=_whole(limits["purchase"], "limits.purchase", 1, 1_000_000),
        price_limit=_whole(limits["price"], "limits.price", 0, 1_000_000_000_000),
        grant_limit=_whole(limits["grant"], "limits.grant", 1, 1_000_000),
        rearm_percent=_whole(merged["alerts"]["rearm_percent"], "alerts.rearm_percent", 0, 1000),
        yardsticks=_yardsticks(merged["yardsticks"]),
    )


def _merge(shipped: Mapping[str, Any], given: Mapping[str, Any], path: str) -> dict[str, Any]:
    merged = dict(shipped)
    for name, value in given.items():
        key = f"{path}{name}"
        if name not in shipped:
            raise RulebookError(f"{key} is not known; the keys here are {', '.join(sorted(shipped))}")
        if isinstance(shipped[name], Mapping):
            if not isinstance(value, Mapping):
                raise RulebookError(f"{key} must be a table, written [{key}]")
            merged[name] = _merge(shipped[name], value, f"{key}.")
        else:
            merged[name] = value
    return merged


def _whole(value: Any, key: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise RulebookError(f"{key} is {value!r}; it takes a whole number from {low} to {high}")
    return value


def _choice(value: Any, key: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise RulebookError(f"{key} is {value!r}; it takes one of {', '.join(choices)}")
    return str(value)


def _currency(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == len("USD") and value.isascii() and value.isupper()):
        raise RulebookError(f"price.currency is {value!r}; it takes three capital letters, such as USD")
    return value


def _sizes(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not value:
        raise RulebookError(f"price.bundles is {value!r}; it takes a list of sizes, such as [10, 20, 40]")
    return tuple(sorted(_whole(size, "price.bundles", 1, 1_000_000) for size in value))


_RANGES: Final = {"stars": (1, 5), "days": (1, 366), "cap": (0, 1_000_000)}


def _earning(tables: Mapping[str, Mapping[str, Any]]) -> Mapping[Source, Mapping[str, int]]:
    return MappingProxyType(
        {
            Source(source): MappingProxyType(
                {
                    name: _whole(value, f"earning.{source}.{name}", *_RANGES.get(name, (0, 100_000)))
                    for name, value in figures.items()
                }
            )
            for source, figures in tables.items()
        }
    )


def _yardsticks(tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, int]]:
    return MappingProxyType(
        {
            name: MappingProxyType(
                {step: _whole(value, f"yardsticks.{name}.{step}", 0, 100) for step, value in figures.items()}
            )
            for name, figures in tables.items()
        }
    )
