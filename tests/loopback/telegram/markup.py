"""Telegram's HTML: the plain text of a message and its entities, or the reason why it cannot be parsed.

Written after the public documentation of "HTML style" and the errors that the service is known to answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tests.loopback.telegram.wire import ApiError, Json, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<name>[a-z]+));?")
ATTRIBUTE = re.compile(r"""\s*(?P<name>[^\s=>]*)\s*(?:=\s*(?P<value>"[^"]*"|'[^']*'|[^\s>]*))?""")
MOST_ENTITIES = 100


def utf16(text: str) -> int:
    """Length in UTF-16 units, in which entities are counted."""
    return len(text.encode("utf-16-le")) // 2


def unescape(text: str) -> str:
    return REFERENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if found["name"]:
        return NAMED.get(found["name"], found[0])
    number = int(found["decimal"]) if found["decimal"] else int(found["hexadecimal"], 16)
    return chr(number) if 0 < number < 0x110000 else found[0]


@dataclass(frozen=True)
class Tag:
    name: str
    start: int
    """Where its text starts, in UTF-16 units."""
    attributes: dict[str, str] = field(default_factory=dict)


class Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = ""
        self._open: list[Tag] = []
        self._entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        place = 0
        while (begin := self._source.find("<", place)) >= 0:
            self._text += unescape(self._source[place:begin])
            closes = self._source.startswith("</", begin)
            place = self._close(begin) if closes else self._open_tag(begin)
        self._text += unescape(self._source[place:])
        if self._open:
            raise unparsed(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return self._text, sorted(self._entities, key=lambda one: (one["offset"], -one["length"]))[:MOST_ENTITIES]

    def _at(self, begin: int) -> str:
        return f"at byte offset {len(self._source[:begin].encode())}"

    def _open_tag(self, begin: int) -> int:
        found = re.compile(r"[^\s>]*").match(self._source, begin + 1)
        name = found[0].lower() if found else ""
        place = begin + 1 + len(name)
        if place >= len(self._source):
            raise unparsed(f"Unclosed start tag {self._at(begin)}")
        if name not in KINDS:
            raise unparsed(f'Unsupported start tag "{name}" {self._at(begin)}')
        attributes, end = self._attributes(name, begin, place)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsed(f'Tag "span" must have class "tg-spoiler" {self._at(begin)}')
        if name == "tg-time":
            self._check_time(attributes, begin)
        self._open.append(Tag(name, utf16(self._text), attributes))
        return end

    def _check_time(self, attributes: dict[str, str], begin: int) -> None:
        """A time has a moment, and may say how it is shown: relative, or which of weekday, date and time."""
        unix = attributes.get("unix", "")
        if not re.fullmatch(r"[0-9]{1,10}", unix) or not 0 < int(unix) < 2**31:
            raise unparsed(f'Tag "tg-time" must have a valid attribute "unix" {self._at(begin)}')
        if not TIME_FORMAT.fullmatch(attributes.get("format", "")):
            raise unparsed(f'Tag "tg-time" has an invalid attribute "format" {self._at(begin)}')

    def _attributes(self, name: str, begin: int, place: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            rest = self._source[place:]
            if not rest.strip():
                raise unparsed(f"Unclosed start tag {self._at(begin)}")
            if rest.lstrip().startswith(">"):
                return attributes, self._source.index(">", place) + 1
            found = ATTRIBUTE.match(self._source, place)
            if not found or not found["name"]:
                raise unparsed(f'Empty attribute name in the tag "{name}" {self._at(begin)}')
            attributes[found["name"].lower()] = unescape((found["value"] or "").strip("\"'"))
            place = found.end()

    def _close(self, begin: int) -> int:
        if not self._open:
            raise unparsed(f"Unexpected end tag {self._at(begin)}")
        end = self._source.find(">", begin)
        if end < 0:
            raise unparsed(f"Unclosed end tag {self._at(begin)}")
        name = self._source[begin + 2 : end].strip().lower()
        tag = self._open.pop()
        if name and name != tag.name:
            raise unparsed(f'Unmatched end tag {self._at(begin)}, expected "</{tag.name}>", found "</{name}>"')
        self._note(tag)
        return end + 1

    def _note(self, tag: Tag) -> None:
        length = utf16(self._text) - tag.start
        kind, extra = KINDS[tag.name], _extra(tag)
        if not length or extra is None:
            return
        same = next((one for one in self._entities if one["offset"] == tag.start and one["length"] == length), None)
        if tag.name == "pre" and same and same["type"] == "code" and "language" in same:
            self._entities.remove(same)
            extra = {"language": same["language"]}
        self._entities.append({"type": kind, "offset": tag.start, "length": length, **extra})


def _extra(tag: Tag) -> Json | None:
    """What an entity carries besides its place; None where the service drops the entity."""
    if tag.name == "a":
        return {"url": tag.attributes["href"]} if tag.attributes.get("href") else None
    if tag.name == "tg-emoji":
        return {"custom_emoji_id": tag.attributes["emoji-id"]} if tag.attributes.get("emoji-id") else None
    if tag.name == "tg-time":
        shown = tag.attributes.get("format")
        return {"unix_time": int(tag.attributes["unix"]), **({"date_time_format": shown} if shown else {})}
    language = tag.attributes.get("class", "")
    if tag.name == "code" and language.startswith("language-"):
        return {"language": language.removeprefix("language-")}
    return {}


def unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


@dataclass(frozen=True)
class Formatted:
    text: str
    entities: tuple[Json, ...] = ()

    def trimmed(self) -> Formatted:
        """Without white space at both ends, as the service keeps it."""
        text = self.text.strip()
        ahead, end = utf16(self.text) - utf16(self.text.lstrip()), utf16(text)
        moved = []
        for one in self.entities:
            start = max(one["offset"] - ahead, 0)
            length = min(one["offset"] + one["length"] - ahead, end) - start
            if length > 0:
                moved.append(one | {"offset": start, "length": length})
        return replace(self, text=text, entities=tuple(moved))


def parse(source: str, parse_mode: str, entities: list[Json] | None = None) -> Formatted:
    if not parse_mode:
        return Formatted(source, tuple(entities or ())).trimmed()
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    text, found = Reader(source).read()
    cleaned = [{k: v for k, v in one.items() if one["type"] != "code" or k != "language"} for one in found]
    return Formatted(text, tuple(cleaned)).trimmed()
