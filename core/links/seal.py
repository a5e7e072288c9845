"""The seal of a link: a hash over all that is kept of it, so that a row that was changed by itself no longer fits.

A field that is as its type sets it by default is left out. So one that a later version adds changes no seal.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from hashlib import blake2b
from typing import TYPE_CHECKING

from core.ledger.seal import BYTES, EPOCH, MICROSECOND

if TYPE_CHECKING:
    from core.links.model import Link


def sealed_link(link: Link) -> Link:
    """The link with the seal of what it is now."""
    return link._replace(seal=seal_of_link(link))


def seal_of_link(link: Link) -> str:
    """The hash of a link, apart from its seal: BLAKE2b, 16 bytes, hexadecimal."""
    return blake2b(_text(link._replace(seal="")).encode(), digest_size=BYTES).hexdigest()


def _text(value: object) -> str:
    """A value as text, the same for all that are equal."""
    if isinstance(value, datetime):
        return f"@{(value - EPOCH) // MICROSECOND}"
    if isinstance(value, Enum):
        return repr(value.value)
    if (defaults := _defaults_of(value)) is not None:
        said = {name: getattr(value, name) for name in defaults}
        named = sorted(f"{name}={_text(one)}" for name, one in said.items() if one != defaults[name])
        return f"[{','.join(named)}]"
    if isinstance(value, tuple):
        return f"({','.join(map(_text, value))})"
    return repr(value)


def _defaults_of(value: object) -> dict[str, object] | None:
    """The fields of a record with what they are by default (`MISSING`: nothing); None if it is no record."""
    if is_dataclass(value):
        return {field.name: field.default for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        defaults: dict[str, object] = getattr(value, "_field_defaults", {})
        return {name: defaults.get(name, MISSING) for name in value._fields}
    return None
