"""Plain words about linking: "link my discord", "I'm also on telegram", "unlink", "send my alerts to discord"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.base.platform_registry import PLATFORM_NAMES
from bot.command.codes import code_in
from bot.options.audience import SHORT
from bot.options.linking import LAST
from bot.options.place import HERE
from bot.reading.lines import line_of
from bot.reading.parser import words_of
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command

PLATFORM: Final = "|".join((*PLATFORM_NAMES, *SHORT))
SEVERAL: Final = re.compile(rf"(?:(?:on|to|{PLATFORM}|and|or|both|platforms|all) ?)+")
ACCOUNT: Final = "(?:accounts?|chats?|profiles?|platforms?|user)?"
OWN: Final = f"(?:my |the |our |another |an |other )*(?:{PLATFORM})?(?: |$)?{ACCOUNT}"
THERE: Final = f"(?: (?:to|with|and|here|on|from|too|as well|{PLATFORM}|my|account|chat|it))*"
WISH: Final = "(?:how (?:do|can) i |can i |i want to |i would like to |i'd like to )?"
LINKING: Final = re.compile(
    rf"{WISH}(?:link(?: me| us)?(?: {OWN})?{THERE}|(?:connect|pair) {OWN}{THERE})"
    rf"|{WISH}(?:merge|combine|put together) (?:my |the |both |our |two )*(?:wallets|accounts|books)(?: together)?"
    rf"|{WISH}(?:use|have|keep) (?:one|the same|my) (?:wallet|account|books) on (?:both(?: platforms)?|{PLATFORM})"
    rf"|i(?: have|'ve)? (?:moved|switched|changed)(?: here| over)? from (?:{PLATFORM})(?: to (?:here|{PLATFORM}))?"
    rf"|i(?:'m| am) (?:also |too )?on (?:{PLATFORM})(?: too| also| as well)?"
    rf"|i (?:also )?(?:use|have|write to) you (?:also )?on (?:{PLATFORM})(?: too| also| as well)?"
    rf"|(?:this is |it's |it is )?(?:also )?me on (?:{PLATFORM})(?: too| also| as well)?"
)
UNLINKING: Final = re.compile(
    rf"{WISH}(?:unlink|disconnect|unpair)(?: {OWN}{THERE})?"
    rf"|(?:undo|remove|end|delete) (?:the |my |this |that |last )*link(?:s|ing)?{THERE}"
)
NEWS: Final = "(?:my |the |all |your |these )*(?:alerts|warnings|notifications)(?: to me)?"
TO: Final = "(?:to|on|in|via|at|over|through|only)"
ALERTS: Final = re.compile(
    rf"(?:send|put|move|get|show|i want|give)(?: me)? {NEWS}(?: {TO})? (?P<there>.+)|{NEWS} {TO} (?P<on>{PLATFORM})"
)
WHERE: Final = re.compile("where (?:do|will|would) (?:my |the )?(?:alerts|warnings|notifications) (?:come|go|arrive)")
NAMED: Final = re.compile(rf"(?:(?:{TO}|platform) )*(?P<name>{PLATFORM})(?: only)?")
ALONE: Final = re.compile(r"(?:(?:the |my )?[Cc]ode(?: is)?:? )?(?P<code>(?=\S*\d)\w{4}-\w{4}|[A-Z]{4}-[A-Z]{4})")
"""A code by itself, as the bot writes it."""
OFF: Final = frozenset({"off", "undo", "stop", "end", "remove", "part", "out", "no"})
SPOKEN: Final = re.compile(r"(?:please |pls |hey |hi )*(?P<said>.+?)(?:,? (?:please|pls|thanks))*")


def linking_line(typed: str) -> str | None:
    """The line that is meant by words about linking, or about where alerts come; None if they are about neither."""
    if (alone := ALONE.fullmatch(typed.strip())) is not None and code_in(alone["code"]) is not None:
        return f"link {alone['code']}"
    text = _plain(typed)
    if UNLINKING.fullmatch(text):
        return "unlink"
    if LINKING.fullmatch(text):
        return "link"
    if WHERE.fullmatch(text):
        return "alerts"
    asked = ALERTS.fullmatch(text)
    words = "" if asked is None else asked["there"] or asked["on"]
    if words == "here" or words in HERE:
        return "alerts here"
    there = platform_in(words)
    return None if there is None else f"alerts platform={there}"


def link_line(command: Command, typed: str) -> str:
    """The line that is meant by words after /link: a code, or to part again."""
    text = _plain(typed)
    if text in OFF:
        return "unlink"
    if code_in(typed) is None and linking_line(f"link {text}") == "link":
        return "link"
    return line_of(command.name, words_of(command, typed, typed=True))


def unlink_line(command: Command, typed: str) -> str:
    """The line that is meant by words after /unlink, such as "my discord"."""
    if "=" not in typed and linking_line(f"unlink {_plain(typed)}".strip()) == "unlink":
        return command.name
    return line_of(command.name, words_of(command, typed, typed=True))


def platform_in(words: str) -> str | None:
    """The platform that some words name, as an option of /alerts takes it; None if they name none, or several."""
    text = _plain(words)
    if text in LAST and " " in text:
        return "last"
    if SEVERAL.fullmatch(text) and len(set(re.findall(PLATFORM, text))) > 1:
        return f'"{text}"'  # which is explained where it is read
    named = NAMED.fullmatch(text)
    return None if named is None else SHORT.get(named["name"], named["name"])


def _plain(typed: str) -> str:
    text = " ".join(folded(typed).replace("\u2019", "'").rstrip("?!. ").split())
    spoken = SPOKEN.fullmatch(text)
    return text if spoken is None else spoken["said"]
