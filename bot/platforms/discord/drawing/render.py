"""Renders a Reply as messages and forms within Discord's limits. Pure: the library is not used here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from bot.platforms.discord.drawing.markup import chunks, escape, shorten
from bot.reply.parts import Ask, Button, Buttons, Fields, File, Say, Table, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.reply.parts import Fact, Part, Reply
    from bot.reply.words import Voice

CONTENT: Final = 2000
EMBED: Final = 3000  # two of them in one message stay within the 6,000 characters for all embeds together
EMBEDS: Final = 2
MOST_PAGES: Final = 5
FILES: Final = 3  # of the largest size; Discord takes ten in a message, but not so many bytes in one call
LABEL: Final = 80
ROW: Final = 5
ROWS: Final = 5
TITLE: Final = 45
HINT: Final = 100
FORM_TEXT: Final = 2000
WRITE: Final = "write:"  # the custom_id of a button that opens a form begins with it
EMPTY: Final = "\u2026"


@dataclass(frozen=True, slots=True)
class Press:
    """A button; Discord sends `custom_id` back if it is pressed."""

    label: str
    custom_id: str


@dataclass(frozen=True, slots=True)
class Page:
    """One message."""

    content: str
    embeds: tuple[str, ...] = ()
    rows: tuple[tuple[Press, ...], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A modal with one input. `about` is shown above it: what did not fit, or a question too long for the title."""

    token: str
    title: str
    label: str
    hint: str
    about: str = ""


def form_of(given: Reply, voice: Voice) -> Form | None:
    """The form of an answer that consists of a question to be answered in words; None for any other."""
    *before, last = given.parts or (None,)
    if not isinstance(last, Ask) or last.choices:
        return None
    sentences = [part for part in before if isinstance(part, Say)]
    if len(sentences) < len(before):
        return None
    form = form_for(last, voice)
    about = "\n".join(filter(None, [*(escape(voice.say(sentence)) for sentence in sentences), form.about]))
    return replace(form, about=shorten(about, FORM_TEXT))


def form_for(ask: Ask, voice: Voice) -> Form:
    """The form that asks a question."""
    question = voice.say(ask.question)
    return Form(
        token=ask.token,
        title=shorten(question, TITLE),
        label=shorten(voice.say(say("answer-label")), TITLE),
        hint=shorten(voice.say(ask.hint), HINT),
        about=escape(question) if len(question) > TITLE else "",
    )


def draw(given: Reply, voice: Voice, *, forms: bool = False) -> tuple[Page, ...]:
    """The messages of an answer, mostly one. With `forms`, a question has a button that opens its form."""
    sheet = _Sheet(voice, forms=forms)
    for part in given.parts:
        sheet.add(part)
    return sheet.pages()


class _Sheet:
    """Collects lines: in the message itself, and from the first list on in its embeds."""

    def __init__(self, voice: Voice, *, forms: bool) -> None:
        self._voice, self._forms = voice, forms
        self._head: list[str] = []
        self._body: list[str] = []
        self._rows: list[tuple[Press, ...]] = []
        self._files: list[tuple[str, bytes]] = []

    def add(self, part: Part) -> None:
        match part:
            case Say():
                self._write(self._say(part))
            case Fields(rows, title):
                self._titled(title)
                self._body += [f"**{self._say(label)}** {self._fact(value)}".rstrip() for label, value in rows]
            case Table(_, rows, title):
                self._titled(title)
                self._body += [self._row(row) for row in rows]
            case Buttons(rows):
                self._rows += [self._presses(row) for row in rows]
            case Ask():
                self._ask(part)
            case File(name, content, caption):
                self._write(self._say(caption))
                self._files.append((name, content))
            case _:
                assert_never(part)

    def pages(self) -> tuple[Page, ...]:
        heads, boxes = chunks(self._head, CONTENT), chunks(self._body, EMBED)
        pages = [Page(head) for head in heads] or [Page("")]
        pages[-1] = replace(pages[-1], embeds=tuple(boxes[:EMBEDS]))
        rest = boxes[EMBEDS:]
        pages += [Page("", tuple(rest[start : start + EMBEDS])) for start in range(0, len(rest), EMBEDS)]
        if len(pages) > MOST_PAGES:
            cut = pages[MOST_PAGES - 1]
            content = shorten(f"{cut.content}\n{EMPTY}".strip(), CONTENT)
            pages = [*pages[: MOST_PAGES - 1], replace(cut, content=content)]
        last = replace(pages[-1], rows=arranged(self._rows), files=tuple(self._files[:FILES]))
        if not (last.content or last.embeds):
            last = replace(last, content=EMPTY)
        further = (self._files[start : start + FILES] for start in range(FILES, len(self._files), FILES))
        return (*pages[:-1], last, *(Page("", files=tuple(files)) for files in further))

    def _say(self, sentence: Say) -> str:
        return escape(self._voice.say(sentence))

    def _fact(self, fact: Fact) -> str:
        return escape(self._voice.text(fact))

    def _row(self, row: tuple[Fact, ...]) -> str:
        return " · ".join(filter(None, (self._fact(cell) for cell in row)))

    def _write(self, text: str) -> None:
        (self._body or self._head).extend(text.split("\n"))

    def _titled(self, title: Say | None) -> None:
        if title is not None:
            self._body.append(f"**{self._say(title)}**")

    def _presses(self, row: Iterable[Button]) -> tuple[Press, ...]:
        return tuple(Press(shorten(self._voice.say(button.label), LABEL), button.press) for button in row)

    def _ask(self, ask: Ask) -> None:
        self._write(self._say(ask.question))
        if not ask.choices:
            self._write(f"-# {self._say(ask.hint)}")
        write = Press(shorten(self._voice.say(say("button-write")), LABEL), WRITE + ask.token)
        offered = self._presses(ask.choices)[: ROW * ROWS - 1]
        self._rows += packed([*offered, write] if self._forms and ask.free else offered)


def arranged(rows: Iterable[tuple[Press, ...]]) -> tuple[tuple[Press, ...], ...]:
    """Rows within Discord's limits: at most five of five buttons, no two with the same custom_id."""
    seen: set[str] = set()
    kept: list[tuple[Press, ...]] = []
    for row in rows:
        kept += packed(_fresh(row, seen))
    return tuple(kept if len(kept) <= ROWS else packed([press for row in kept for press in row])[:ROWS])


def _fresh(row: Iterable[Press], seen: set[str]) -> Iterator[Press]:
    for press in row:
        if press.custom_id not in seen:
            seen.add(press.custom_id)
            yield press


def packed(presses: Iterable[Press]) -> list[tuple[Press, ...]]:
    """Rows of five buttons."""
    left = tuple(presses)
    return [left[start : start + ROW] for start in range(0, len(left), ROW)]
