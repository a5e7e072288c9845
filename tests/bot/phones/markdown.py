"""Discord's Markdown as a phone draws it: words, and the marks around some of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from tests.bot.living import KYIV
from tests.bot.phone import Mark

TOKEN: Final = re.compile(
    r"""\\(?P<literal>[^0-9A-Za-z\s])
    |<t:(?P<unix>\d+):(?P<style>[FR])>
    |\[(?P<words>(?:\\.|[^\]\\])+)\]\(<(?P<url>[^>]+)>\)
    |<(?P<address>https?://[^>]+)>
    |(?P<sign>\*\*|\*|_)
    |(?P<small>^-\#\ )
    |(?P<end>\n|\Z)""",
    re.MULTILINE | re.VERBOSE,
)
SIGNS: Final = {"**": "**", "*": "_", "_": "_"}
SMALL: Final = ("₍", "₎")
TIME: Final = ("<", ">")
SPANS: Final = (
    (timedelta(days=30), "month"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


class Drawn(NamedTuple):
    """Words and marks."""

    text: str
    marks: tuple[Mark, ...]


def drawn(source: str, now: datetime) -> Drawn:
    """Everybody's phone is in Kyiv, and its language is the English of America."""
    text, marks, opened, done = "", list[Mark](), dict[str, int](), 0
    for found in TOKEN.finditer(source):
        text, done = text + source[done : found.start()], found.end()
        start = len(text)
        if found["sign"]:
            if (since := opened.pop(found["sign"], None)) is None:
                opened[found["sign"]] = start
            else:
                marks.append(Mark(since, start, SIGNS[found["sign"]], SIGNS[found["sign"]]))
        elif found["small"]:
            opened["small"] = start
        elif found["words"]:
            words = drawn(found["words"], now)
            text += words.text
            marks += (one._replace(start=one.start + start, end=one.end + start) for one in words.marks)
            marks.append(Mark(start, len(text), "[", f"]({found['url']})"))
        elif found["unix"]:
            text += _time(int(found["unix"]), found["style"], now)
            marks.append(Mark(start, len(text), *TIME))
        else:
            if found["end"] is not None and (since := opened.pop("small", None)) is not None:
                marks.append(Mark(since, start, *SMALL))
            text += found["literal"] or found["address"] or found["end"] or ""
    assert not opened, f"a mark is never closed in {source!r}"
    return Drawn(text + source[done:], tuple(marks))


def _time(unix: int, style: str, now: datetime) -> str:
    at = datetime.fromtimestamp(unix, UTC)
    if style == "F":
        return f"{at.astimezone(KYIV):%A, %B %-d, %Y at %-I:%M %p}"
    unit, name = next((one for one in SPANS if abs(at - now) >= one[0]), (timedelta(seconds=1), "second"))
    count = round(abs(at - now) / unit)
    some = f"{count} {name}{'' if count == 1 else 's'}"
    return f"in {some}" if at > now else f"{some} ago"
