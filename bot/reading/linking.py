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
    from collections.abc import Callable, Mapping

    from bot.command.declaration import Command

PLATFORM: Final = "|".join((*PLATFORM_NAMES, *SHORT))
PLATFORMS: Final = frozenset((*PLATFORM_NAMES, *SHORT))
SEVERAL: Final = re.compile(rf"(?:(?:on|to|{PLATFORM}|and|or|both|platforms|all) ?)+")
LINKS: Final = frozenset({"link", "linking"})
JOINS: Final = frozenset({"connect", "connecting", "pair", "sync", "merge", "combine", "unify", "add"})
PARTS: Final = frozenset({"unlink", "unlinking", "disconnect", "unpair", "unmerge"})
SPLITS: Final = frozenset({"split", "separate", "part"})
WHOSE: Final = frozenset({*PLATFORMS, "account", "accounts", "wallet", "wallets", "profile", "profiles", "platforms"})
"""What is linked."""
AROUND_WORDS: Final = """
a again all also an and another as at both can could do everything from have here how i in into it let like me my need
now on one other our over please put same that the them there these this to together too two up us use user want wanna
we well with would you your i'd chat chats books
"""
AROUND: Final = frozenset(AROUND_WORDS.split())
"""Words that may stand around it, and change nothing."""
SAYING: Final = re.compile(
    r"(?:can i )?(?:use|have|keep) (?:one|the same|my) (?:wallet|account|books) on "
    rf"(?:both(?: platforms)?|{PLATFORM})"
    rf"|(?:how )?can i (?:also )?use (?:you|the bot|this bot|it) on (?:{PLATFORM})(?: too| also| as well)?"
    rf"|i(?: have|'ve)? (?:moved|switched|changed)(?: here| over)? from (?:{PLATFORM})(?: to (?:here|{PLATFORM}))?"
    rf"|i(?:'m| am) (?:also |too )?on (?:{PLATFORM})(?: too| also| as well)?"
    rf"|i (?:also )?(?:use|have|write to) you (?:also )?on (?:{PLATFORM})(?: too| also| as well)?"
    rf"|i (?:also use (?:{PLATFORM})|use (?:{PLATFORM}) (?:too|also|as well))"
    rf"|(?:this is |it's |it is )?(?:also )?me on (?:{PLATFORM})(?: too| also| as well)?"
    rf"|my (?:other|second|old|first) (?:account|wallet) is on (?:{PLATFORM})"
    rf"|(?:why do )?i have (?:two|2|several) (?:wallets|accounts)(?: here| now)?"
    rf"|i have (?:an|another|my|a second) (?:account|wallet) on (?:{PLATFORM})(?: too| also| as well)?"
    r"|(?:yes,? )?(?:it's|it is|that's|that is|this is) (?:me|mine)"
    r"|(?:where is |what is |what's )?(?:my |the )?link(?:ing)? code"
)
UNLINKING: Final = re.compile(
    r"(?:undo|remove|end|delete|stop|cancel|break|forget|abort) (?:the |my |this |that |last |all )*link(?:s|ing)?"
    rf"(?: (?:to|with|and|here|on|from|too|as well|{PLATFORM}|my|account|chat|it))*"
    rf"|remove (?:my )?(?:{PLATFORM})(?: account)?"
    r"|(?:no,? )?(?:(?:it|that|this) (?:is|was) |(?:it|that)'s |(?:it|that) wasn't )?not me|(?:it|that) wasn't me"
    r"|(?:do not|don't|dont|never) link(?: me| us| them| it| anything)?"
)
EXPLAINED: Final = re.compile(
    r"(?:what|how) (?:does|do|is|will|would|happens)?(?: to (?:my )?[\w ]+)?(?: when| if| with| by| after)?(?: i| we)?"
    r" ?/?(?:un)?link(?:ing|ed|s)?(?: accounts| them| it)?(?: do| does| mean| work| cost| (?:good )?for)?"
    r"(?: with my [\w ]+)?"
    r"|(?:is it (?:safe|possible|free)|is it ok|should i|do i (?:have|need)|why should i|what for) (?:to )?"
    r"(?:link|linking)(?: (?:my )?accounts)?"
    r"|(?:do|will|would|does|can) (?:i |we |it )?(?:lose|keep|delete|change|linking|link)[\w ]*?"
    r"(?: (?:if|when) (?:i|we) link| by linking|(?<=linking) (?:delete|change|lose|cost|remove)s?)[\w ]*"
)
"""Questions about what linking does."""
LINKED: Final = re.compile(
    r"(?:am i|are we|are they|are my accounts|is my (?:\w+ )?account|is (?:my )?\w+) (?:still )?(?:linked|connected)"
    rf"(?: (?:with|to) (?:my )?(?:{PLATFORM}))?(?: now| already)?"
    r"|(?:with )?(?:which|what) accounts (?:are|do i have|have i) ?(?:linked|connected)?"
    r"|(?:(?:show|list) )?my (?:linked )?accounts"
)
THEIRS: Final = rf"my (?:old |other )?(?:{PLATFORM}|phone|number|account)(?: account| number)?"
NO_ACCESS: Final = re.compile(
    rf"i(?:'ve| have)? (?:lost|forgot|changed|deleted)(?: access to)? {THEIRS}"
    r"|i (?:can't|can not|cannot|couldn't)(?: get| log)? ?(?:in|into|use|open|access|reach)(?: to)? "
    rf"{THEIRS}(?: any ?more)?"
    rf"|{THEIRS} (?:was|is|has been|got) (?:hacked|stolen|banned|lost|gone|blocked|deleted|closed|compromised)"
    rf"|(?:someone|somebody|he|she|they) (?:stole|hacked|has|took|uses|got) {THEIRS}"
    rf"|i have a new (?:{PLATFORM}|phone|number|account)(?: account| number)?"
)
"""Somebody cannot get at an account of theirs."""
NEWS: Final = "(?:my |the |all |your |these )*(?:alerts|warnings|notifications)(?: to me)?"
TO: Final = "(?:to|on|in|via|at|over|through|only)"
ALERTS: Final = re.compile(
    r"(?:send|put|move|show|give|i want|i would like|i'd like|(?:i want to )?get)(?: me)? "
    rf"{NEWS}(?: {TO})? (?P<there>.+)"
    rf"|{NEWS} {TO} (?P<on>{PLATFORM})(?: only)?"
)
WHERE: Final = re.compile(
    "where (?:do|will|would) (?:my |the )?(?:alerts|warnings|notifications) (?:come|go|arrive)(?: now)?"
)
NAMED: Final = re.compile(rf"(?:(?:{TO}|platform) )*(?P<name>{PLATFORM})(?: only| instead)?")
LEAD_WORDS: Final = """
and but ok here this that it the my your a code is was use try take enter says? with from on i have got connect pair
"""
LEAD: Final = rf"(?i:(?:(?:{'|'.join(LEAD_WORDS.split())}|{PLATFORM})\b[\s:,]*)*)"
HYPHENED: Final = re.compile(r"(?<![\w/~-])\w{4}[\u2010-\u2015-]\w{4}(?![\w-])")
ALONE: Final = re.compile(
    rf"{LEAD}[\"'<(\[*`]*(?P<code>(?=\S*\d)\w{{4}}[\u2010-\u2015-]\w{{4}}|[A-Z]{{4}}-[A-Z]{{4}}"
    r"|(?=[A-Z\d ]*\d)[A-Z\d]{4} [A-Z\d]{4}|\w+\d[A-Za-z]\w*)[\"'>)\]*`.!]*",
)
"""A code by itself, as the bot writes it, or as somebody types it from another screen."""
CALLED: Final = re.compile(
    r"(?:my |the |here is |here's |it is |link(?:ing)? )*code(?: is)?:? "
    r"(?P<code>(?=\w* ?\w*\d[\d ]*[a-z])\w{4} ?\w{4})[.!]*"
)
"""The same without a hyphen. Codes of promotions are words with figures at their end, such as SUMMER26."""
LOST_ACCOUNT: Final = "lost-account"
"""What is said to /talk then."""
LINK_HELP, UNLINK_HELP = "help link", "help unlink"
OFF: Final = frozenset({"off", "undo", "stop", "end", "remove", "part", "out", "no", "cancel", "abort", "none"})
HOW: Final = frozenset({"help", "?", "how", "what", "why", "info"})
NEW: Final = frozenset({"new", "new code", "a new code", "another code", "again"})
CODE: Final = frozenset({"code", "my code", "a code", "code please"})
SPOKEN: Final = re.compile(r"(?:please |pls |hey |hi )*(?P<said>.+?)(?:,? (?:please|pls|thanks))*")


def linking_line(typed: str) -> str | None:
    """The line that is meant by words about linking, or about where alerts come; None if they are about neither."""
    code = _code_alone(typed.strip())
    if code is not None:
        return f"link {code}"
    text = plain(typed)
    for line, said in MEANT.items():
        if said(text):
            return UNLINK_HELP if line == LINK_HELP and "unlink" in text else line
    asked = ALERTS.fullmatch(text)
    words = "" if asked is None else asked["there"] or asked["on"]
    if words == "here" or words in HERE:
        return "alerts here"
    there = platform_in(words)
    return None if there is None else f"alerts platform={there}"


def link_line(command: Command, typed: str) -> str:
    """The line that is meant by words after /link: a code, a word on what it does, or to part again."""
    text = plain(typed)
    for line, words in (("unlink", OFF), (LINK_HELP, HOW), ("link new=yes", NEW), ("link", CODE)):
        if text in words:
            return line
    if code_in(typed) is None and "=" not in typed:
        codes = {found for one in HYPHENED.findall(typed) if (found := code_in(one)) is not None}
        if len(codes) == 1:
            return f"link {codes.pop()}"
        if linking_line(f"link {text}") == "link":
            return "link"
    return line_of(command.name, words_of(command, typed, typed=True))


def unlink_line(command: Command, typed: str) -> str:
    """The line that is meant by words after /unlink, such as "my discord"."""
    if plain(typed) in HOW:
        return UNLINK_HELP
    if "=" not in typed and linking_line(f"unlink {plain(typed)}".strip()) == "unlink":
        return command.name
    return line_of(command.name, words_of(command, typed, typed=True))


def platform_in(words: str) -> str | None:
    """The platform that some words name, as an option of /alerts takes it; None if they name none, or several."""
    text = plain(words)
    if text in LAST and " " in text:
        return "last"
    if SEVERAL.fullmatch(text) and ("both" in text.split() or len(set(re.findall(PLATFORM, text))) > 1):
        return f'"{text}"'  # which is explained where it is read
    named = NAMED.fullmatch(text)
    return None if named is None else SHORT.get(named["name"], named["name"])


def _code_alone(typed: str) -> str | None:
    """The code that a line consists of."""
    found = ALONE.fullmatch(typed) or CALLED.fullmatch(folded(typed))
    return None if found is None or code_in(found["code"]) is None else found["code"].replace(" ", "-")


def _links(text: str) -> bool:
    """Whether words ask to link accounts, in whatever order."""
    words = set(text.split())
    rest = words - LINKS - JOINS - WHOSE - AROUND
    named = words & LINKS or (words & JOINS and words & WHOSE)
    return (bool(named) and not rest) or SAYING.fullmatch(text) is not None


def _unlinks(text: str) -> bool:
    """Whether words ask to part them again, or not to link them."""
    words = set(text.split())
    rest = words - PARTS - SPLITS - WHOSE - AROUND
    named = words & PARTS or (words & SPLITS and words & (WHOSE | {"them", "us"}))
    return (bool(named) and not rest) or UNLINKING.fullmatch(text) is not None


MEANT: Final[Mapping[str, Callable[[str], object]]] = {
    "unlink": _unlinks,
    "link": _links,
    LINK_HELP: EXPLAINED.fullmatch,
    "whoami": LINKED.fullmatch,
    f"talk {LOST_ACCOUNT}": NO_ACCESS.fullmatch,
    "alerts": WHERE.fullmatch,
}
"""How a line is known that means another one, from the most particular."""


def plain(typed: str) -> str:
    """A line in the form in which it is compared: without its end, and without what is only polite."""
    text = " ".join(folded(typed).replace("\u2019", "'").rstrip("?!. ").split())
    spoken = SPOKEN.fullmatch(text)
    return text if spoken is None else spoken["said"]
