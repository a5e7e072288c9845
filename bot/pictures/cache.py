"""The latest pictures, by what they show and their form: the same figures in the same words are the same picture."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.pictures.kinds import PictureForm
    from bot.pictures.model import Chart

MOST_BYTES: Final = 4_000_000


class PictureCache:
    """Pictures by chart and form. If they become too many bytes, those that were used longest ago are forgotten."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._bytes = most, 0
        self._pictures: OrderedDict[bytes, bytes] = OrderedDict()

    def get(self, chart: Chart, form: PictureForm) -> bytes | None:
        """The picture of a chart (None: it is not remembered)."""
        key = _key(chart, form)
        if key in self._pictures:
            self._pictures.move_to_end(key)
        return self._pictures.get(key)

    def put(self, chart: Chart, form: PictureForm, picture: bytes) -> None:
        """Remember a picture."""
        key = _key(chart, form)
        self._bytes += len(picture) - len(self._pictures.pop(key, b""))
        self._pictures[key] = picture
        while self._bytes > self._most:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= len(oldest)


def _key(chart: Chart, form: PictureForm) -> bytes:
    """A digest: a chart of years is larger than its picture. Equal tuples of other types have other names in it."""
    return blake2b(repr((chart, form)).encode(), digest_size=16).digest()
