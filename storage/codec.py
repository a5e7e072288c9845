"""The columns that hold JSON: values of core as text, and back."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from typing import Final, Generic, TypeVar

from pydantic import TypeAdapter

from core.audience import Audience
from core.people import Alerts, Plan
from core.promotions import Terms

T = TypeVar("T")
NAMES: Final = {"datetime": datetime, "Plan": Plan}
"""What core names in the types of fields, but imports for the type checker only."""


class Codec(Generic[T]):
    """Writes a value with its fields in their order, and reads it back.

    A field that an old row lacks gets its default. What a `sparse` codec writes leaves out what is as by default, so
    that whoever chose nothing follows a default that changes.
    """

    def __init__(self, kind: type[T], *, sparse: bool = False) -> None:
        self._kind, self._sparse = kind, sparse

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        """Made when it is first used, for that takes longer than anything that is done with it."""
        adapter: TypeAdapter[T] = TypeAdapter(self._kind)
        adapter.rebuild(raise_errors=True, _types_namespace=NAMES)
        return adapter

    def text(self, value: T) -> str:
        """What is kept of a value; times are as `datetime.isoformat` writes them."""
        kept = self._adapter.dump_python(value, exclude_defaults=self._sparse)
        return json.dumps(kept, default=datetime.isoformat, separators=(",", ":"))

    def value(self, text: str) -> T:
        """The value that was kept as a text."""
        return self._adapter.validate_json(text)


ALERTS: Final = Codec(Alerts, sparse=True)
AUDIENCE: Final = Codec(Audience)
FACTS: Final = Codec(dict[str, str | int])
TERMS: Final = Codec(Terms)
