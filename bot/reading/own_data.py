"""Plain words about one's own data: "what do you store about me", "delete everything", "remove my name only"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reading.linking import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKING: Final = r"(?:(?:can|could) (?:i|you) |i want to |i would like to |i'd like to |how (?:do|can) i |i need to )?"
ALL: Final = r"(?:all |everything |any )?(?:of )?(?:the )?"
MINE: Final = r"(?:data |info |information )?(?:that )?you (?:have |know |keep |store |hold )?(?:of|about|on) me"
OTHERS: Final = (
    r"(?:(?:\w+'s|his|her|their) (?:data|account|name)|(?:my|a|the) (?:colleague|member|team ?mate|client|friend)s?)"
)
DELETE: Final = "(?:delete|erase|remove|wipe|forget|clear)"
GDPR: Final = r"(?:the )?(?:gdpr|dsgvo|rgpd)(?: (?:export|request|data|access|data export|data request))?(?: please)?"
MEANT: Final[Mapping[str, re.Pattern[str]]] = {
    "forgetme": re.compile(
        rf"{ASKING}{DELETE} (?:everything|all|it all|all (?:of )?it)(?: now)?"
        rf"|{ASKING}{DELETE} {ALL}{MINE}"
        rf"|{ASKING}(?:close|deactivate|terminate|cancel) my account"
        r"|i want (?:you )?to (?:be forgotten|forget me)|i want to be (?:deleted|removed)|right to be forgotten"
        r"|gdpr (?:delete|deletion|erasure)"
    ),
    "help forgetme": re.compile(
        rf"{ASKING}(?:{DELETE}|change|hide|anonymi[sz]e) (?:only |just )?my (?:user)?name(?: only| alone)?"
        rf"|{ASKING}{DELETE} (?:all )?(?:of )?my (?:history|books|entries|titles|chats?|messages)"
        rf"|{ASKING}{DELETE} {OTHERS}(?: only)?"
        rf"|(?:can|could|will|would) (?:an? |the )?(?:admin|operator|owner|manager)s? {DELETE} my (?:data|account)"
        r"|what (?:happens|will happen|goes|stays|is left)(?: to my [\w ]+)? (?:if|when) (?:i|you) "
        rf"{DELETE}[\w ]*"
        r"|(?:undo|take back|cancel) (?:the )?(?:forgetme|forgetting)"
    ),
    "mydata": re.compile(
        rf"{GDPR}|{ASKING}(?:send|give|get|have|see|show|read|download)(?: me)? {ALL}{MINE}"
        rf"|{ASKING}(?:see|get|have) my (?:own |personal )?data"
        r"|(?:what|which) (?:data |info |information )?do(?:es)? (?:you|the bot) (?:keep|store|save|hold|collect)"
        r"(?: (?:of|about|on) me)?"
        r"|my data as (?:an? )?(?:json|html|page)(?: file)?"
    ),
    "help mydata": re.compile(
        r"privacy(?: policy)?|data protection"
        r"|how long (?:do|will) you (?:keep|store|hold) (?:my |the )?(?:data|messages|entries|history|it|them)"
        r"|(?:do|will) you (?:sell|share|give away|read|use|publish) my (?:data|messages)"
        r"|who (?:can|could|may) (?:read|see|access|get) my (?:data|books|entries|messages)"
        r"|(?:where|how) (?:is|are) my (?:data|messages) (?:kept|stored|saved)"
        r"|(?:what|which) (?:data|information|info) (?:do|does) (?:you|the bot) (?:have|keep|store) "
        r"(?:of|about|on) (?!me\b)\w+"
    ),
}
"""The lines that are meant, each with what people say."""


def own_data_line(typed: str) -> str | None:
    """The line that is meant by words about what the bot keeps of somebody; None if they are not about that."""
    text = plain(typed)
    return next((line for line, said in MEANT.items() if said.fullmatch(text)), None)
