"""The buttons under the last answer to each person in each chat, so that typing a label is the same as pressing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.base.cache import Cache
from bot.command.declaration import UnfitError
from bot.command.incoming import Typed
from bot.reply.parts import Ask, Button, Buttons, File, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.command.incoming import Incoming
    from bot.reply.parts import Reply
    from bot.reply.words import Voice

LABEL_LIFE: Final = timedelta(minutes=15)
FEWEST_WORDS: Final = 3
SHARED: Final = ""
"""The press of a label that stands on several buttons with different lines."""
CALLED_OFF: Final = ("cancel", "stop", "never mind", "nevermind", "no thanks", "don't", "don't link", "not now")
DIFFERENT: Final = ("no", "n", "nope", "different", "different ones", "they are different", "not the same")
ONLY_ONE: Final = ("one", "same one", "i only have one", "i have only one", "i have one", "i have one upwork account")
SAME: Final = ("yes", "y", "yep", "same", "the same", "they're the same", "it's the same")
SAID_FOR: Final = {
    "button-already-sent": ("yes", "y", "yep", "yes it was", "already sent", "sent", "it was", "sent already"),
    "button-bid-anyway": ("yes", "y", "yep", "anyway"),
    "button-not-sent": ("no", "n", "nope", "not yet", "no it was not"),
    "button-same-account": (*SAME, "same account", "the same account", "one account", "they are the same", *ONLY_ONE),
    "button-two-accounts": (
        *DIFFERENT,
        "two",
        "two accounts",
        "2 accounts",
        "different accounts",
        "i have two accounts",
    ),
    "button-all-same": (*SAME, "all the same", "the same ones"),
    "button-all-others": (*DIFFERENT, "others", "only look alike", "they look alike"),
    "button-link": ("yes", "y", "yep", "ok", "link them", "yes please", "yes link them", "confirm", "go", "sure"),
    "button-link-not": ("no", "n", "nope", "decline", *CALLED_OFF),
    "button-link-no": CALLED_OFF,
    "button-unlink-sure": ("yes", "y", "yep", "part them", "yes please", "confirm", "sure"),
    "button-unlink-not": ("no", "n", "nope", *CALLED_OFF),
}
"""What people type instead of a label, because the bot asked a question with yes or no."""
ENDS: Final = re.compile(r"[\s.!?\u2026]+$")


class Labels:
    """Knows what buttons were shown last. It writes nothing: an answer that waits for one of them is also in a note."""

    def __init__(self) -> None:
        self._last: Cache[tuple[Reply, Voice]] = Cache()
        self._typed: Cache[str] = Cache()

    def shown(self, incoming: Incoming, given: Reply, speak: Voice) -> None:
        """Note that an answer is shown. Only its buttons count from now on, even if there are none."""
        self._last.put(incoming.conversation, (_kept(given), speak), incoming.at + LABEL_LIFE)

    def replaced(self, incoming: Incoming, before: Reply, given: Reply, speak: Voice) -> None:
        """Note that an answer has taken the place of another, which counts if that one was still the last."""
        last = self._last.get(incoming.conversation, incoming.at)
        if last is not None and last[0] is before:
            self.shown(incoming, given, speak)

    def press_of(self, incoming: Incoming, shown: Mapping[str, str], pressed: Mapping[str, str]) -> str:
        """The press that a typed label stands for; empty if the line is no label under the last answer.

        What an action once stood for it stands for again, as it may arrive twice. After a restart the presses of the
        last answer are those that were `shown`, and of earlier actions those in `pressed`.
        """
        said = incoming.said
        if not isinstance(said, Typed) or not said.direct or incoming.file is not None:
            return ""
        known = pressed.get(incoming.key) or self._typed.get(incoming.key, incoming.at)
        label = as_compared(said.line)
        if known or not label:
            return known or ""
        last = self._last.get(incoming.conversation, incoming.at)
        if last is not None:
            given, speak = last
            shown = presses_of(buttons_of(given, asking=label.startswith("/")), speak)  # a reading may be a command
            shown = {**_begun(label, given, speak), **shown}
        press = shown.get(label)
        if press == SHARED:
            raise UnfitError(say("label-shared", label=said.line.strip()))
        if press:
            self._typed.put(incoming.key, press, incoming.at + LABEL_LIFE)
        return press or ""


def _kept(given: Reply) -> Reply:
    """What is remembered of an answer: no files, which may be large. Only what is still to be replaced stays itself."""
    if given.coming is not None or not any(isinstance(part, File) for part in given.parts):
        return given
    return replace(given, parts=tuple(part for part in given.parts if not isinstance(part, File)))


def _begun(label: str, given: Reply, speak: Voice) -> Mapping[str, str]:
    """The press of a button that goes on with what was refused, by the beginning of its label: "I bought 40".

    Without it, these words would book the purchase alone.
    """
    if label.count(" ") < FEWEST_WORDS - 1:
        return {}
    presses = presses_of((button for button in buttons_of(given) if button.goes_on), speak)
    begun = [press for whole, press in presses.items() if re.match(rf"{re.escape(label)}\b", whole)]
    return {label: begun[0]} if begun else {}


def buttons_of(given: Reply, *, asking: bool = False) -> tuple[Button, ...]:
    """All buttons of an answer; with `asking` only those that it waits for."""
    return tuple(_buttons(given, asking=asking))


def _buttons(given: Reply, *, asking: bool) -> Iterator[Button]:
    for part in given.parts:
        match part:
            case Buttons(rows, asks) if asks or not asking:
                yield from (button for row in rows for button in row)
            case Ask(choices=choices):
                yield from choices
            case _:
                pass


def presses_of(shown: Iterable[Button], speak: Voice) -> Mapping[str, str]:
    """The press of each label as it is compared, or `SHARED`."""
    presses: dict[str, str] = {}
    lines: dict[str, str] = {}
    for button in shown:
        label = as_compared(speak.say(button.label))
        same = lines.setdefault(label, button.line) == button.line and presses.get(label) != SHARED
        presses[label] = button.press if same else SHARED
        presses |= dict.fromkeys(SAID_FOR.get(button.label.id, ()), button.press)
    return presses


def awaited_in(given: Reply, speak: Voice) -> Mapping[str, str]:
    """The presses of an answer that waits for one, by their labels."""
    return presses_of(buttons_of(given, asking=True), speak)


def as_compared(label: str) -> str:
    """A label or a line without what people change when they type it: case, blanks, and the dots at its end."""
    return " ".join(ENDS.sub("", unicodedata.normalize("NFKC", label)).casefold().split())
