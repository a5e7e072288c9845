"""Renders a Reply as messages and forms within Discord's limits. Pure: the library is not used here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from bot.platforms.discord.drawing.markup import chunks, drawn, escape, shorten, verbatim
from bot.reply.parts import Ask, Button, Buttons, Fields, File, Link, Links, Say, Table, Verbatim, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
CHOICES: Final = 25
SHORT: Final = 12  # characters of a label, of which two stand side by side on a phone
TITLE: Final = 45
HINT: Final = 100
FORM_TEXT: Final = 2000
WRITE: Final = "write:"  # the custom_id of a button that opens a form begins with it
PICK: Final = "pick:"
EMPTY: Final = "\u2026"


@dataclass(frozen=True, slots=True)
class Press:
    """A button; Discord sends `custom_id` back if it is pressed. If it has a `url`, it is a link."""

    label: str
    custom_id: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A select menu; Discord sends back the `custom_id` of the option that is chosen. `arranged` gives it its own."""

    options: tuple[Press, ...]
    custom_id: str = ""
    hint: str = ""


Row: TypeAlias = tuple[Press, ...] | Pick


@dataclass(frozen=True, slots=True)
class Page:
    """One message. `refused` is its content where its files may not be attached."""

    content: str
    embeds: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    refused: str = ""


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
    """The form that asks a question. What follows the question mark stands below the title if both are too long."""
    question = voice.say(ask.question)
    title, mark, more = question.partition("? ")
    title, about = (f"{title}?", more) if mark and len(title) < TITLE else (question, question)
    return Form(
        token=ask.token,
        title=shorten(question if len(question) <= TITLE else title, TITLE),
        label=shorten(voice.say(say("answer-label")), TITLE),
        hint=shorten(voice.say(ask.hint), HINT),
        about=escape(about) if len(question) > TITLE else "",
    )


def draw(given: Reply, voice: Voice, *, forms: bool = False, mark: str = "") -> tuple[Page, ...]:
    """The messages of an answer, mostly one. With `forms`, a question has a button that opens its form.

    `mark` is what the custom_id of each button begins with.
    """
    sheet = _Sheet(voice, forms=forms, mark=mark)
    for part in given.parts:
        sheet.add(part)
    return sheet.pages()


class _Sheet:
    """Collects lines: in the message itself, and from the first list on in its embeds."""

    def __init__(self, voice: Voice, *, forms: bool, mark: str) -> None:
        self._voice, self._forms, self._mark = voice, forms, mark
        self._before: list[str] = []
        self._head: list[str] = []
        self._body: list[str] = []
        self._rows: list[Row] = []
        self._files: list[tuple[str, bytes]] = []
        self._pictures: set[str] = set()

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
            case Verbatim(lines):
                text = "\n".join(map(self._voice.say, lines))
                self._before += [*_chapters(self._head, CONTENT), *verbatim(text, CONTENT)]
                self._head = []
            case Buttons(rows):
                self._rows += [self._presses(row) for row in rows]
            case Links(row):
                self._rows.append(self._links(row))
            case Ask():
                self._ask(part)
            case File(name, content, caption, picture):
                self._write(self._say(caption))
                self._files.append((name, content))
                self._pictures |= {name} if picture else set()
            case _:
                assert_never(part)

    def pages(self) -> tuple[Page, ...]:
        heads = [*self._before, *_chapters(self._head, CONTENT)]
        boxes = _chapters(self._body, EMBED)
        pages = [Page(head) for head in heads] or [Page("")]
        pages[-1] = replace(pages[-1], embeds=tuple(boxes[:EMBEDS]))
        rest = boxes[EMBEDS:]
        pages += [Page("", tuple(rest[start : start + EMBEDS])) for start in range(0, len(rest), EMBEDS)]
        if len(pages) > MOST_PAGES:
            cut = pages[MOST_PAGES - 1]
            content = shorten(f"{cut.content}\n{EMPTY}".strip(), CONTENT)
            pages = [*pages[: MOST_PAGES - 1], replace(cut, content=content)]
        hint = shorten(self._voice.say(say("pick-hint")), HINT)
        rows = arranged(self._rows, self._mark, hint)
        last, *further = self._with_files(pages[-1]) if self._files else pages[-1:]
        last = replace(last, rows=rows)
        if not (last.content or last.embeds):
            last = replace(last, content=EMPTY)
        return (*pages[:-1], last, *further)

    def _with_files(self, page: Page) -> list[Page]:
        """A page with as many files as it takes, and further ones with the rest."""
        some = [tuple(self._files[start : start + FILES]) for start in range(0, len(self._files), FILES)]
        pages = [page, *(Page("") for _ in some[1:])]
        return [
            replace(one, files=files, refused=self._refused(one, files)) for one, files in zip(pages, some, strict=True)
        ]

    def _refused(self, page: Page, files: Iterable[tuple[str, bytes]]) -> str:
        """What a page says without its files: pictures are described by their captions."""
        missing = [self._say(say("file-not-sent", name=name)) for name, _ in files if name not in self._pictures]
        return shorten("\n".join(filter(None, [page.content, *missing])), CONTENT)

    def _say(self, sentence: Say) -> str:
        return self._fact(sentence)

    def _fact(self, fact: Fact) -> str:
        return drawn(self._voice.marked(fact), CONTENT)

    def _row(self, row: tuple[Fact, ...]) -> str:
        return " · ".join(filter(None, (self._fact(cell) for cell in row)))

    def _write(self, text: str) -> None:
        lines = self._body or self._head
        _keep_apart(lines)
        lines.extend(text.split("\n"))

    def _titled(self, title: Say | None) -> None:
        _keep_apart(self._body)
        if title is not None:
            self._body.append(f"**{self._say(title)}**")

    def _presses(self, row: Iterable[Button]) -> tuple[Press, ...]:
        return tuple(Press(shorten(self._voice.say(one.label), LABEL), self._mark + one.press) for one in row)

    def _links(self, row: Iterable[Link]) -> tuple[Press, ...]:
        """Links to pages. A link to the bot itself cannot carry anything here, so it is left out."""
        pages = [link for link in row if not link.to.startswith("?")]
        return tuple(Press(shorten(self._voice.say(link.label), LABEL), "", link.to) for link in pages)

    def _ask(self, ask: Ask) -> None:
        self._write(self._say(ask.question))
        opens_form = self._forms and ask.free
        if not ask.choices or (ask.free and not opens_form):
            (self._body or self._head).append(f"-# {self._say(ask.hint)}")
        write = Press(shorten(self._voice.say(say("button-write")), LABEL), f"{self._mark}{WRITE}{ask.token}")
        own = [write] if opens_form else []
        offered = self._presses(ask.choices)
        if _reads_as_buttons(offered):
            self._rows += packed([*offered, *own])
        else:
            self._rows += [Pick(offered), *packed(own)]


def _chapters(lines: Iterable[str], most: int) -> list[str]:
    """Lines in texts that fit, without the empty lines around them."""
    return [text for one in chunks(lines, most) if (text := one.strip("\n"))]


def _keep_apart(lines: list[str]) -> None:
    """Let an empty line stand before what follows."""
    if lines and lines[-1]:
        lines.append("")


def _reads_as_buttons(offered: Sequence[Press]) -> bool:
    """Whether choices are one row of buttons, or two of short ones; more would fill a phone's screen."""
    short = all(len(press.label) <= SHORT for press in offered)
    return len(offered) <= (2 * ROW if short else ROW)


def arranged(rows: Iterable[Row], mark: str = "", hint: str = "") -> tuple[Row, ...]:
    """Rows within Discord's limits: at most five of five buttons or of a menu with 25 choices; no choice stands twice.

    Buttons that do not fit as they stand are packed. If that is not enough, they become the choices of a menu.
    """
    seen: set[str] = set()
    choices: list[Press] = []
    buttons: list[tuple[Press, ...]] = []
    for row in rows:
        if isinstance(row, Pick):
            choices += _fresh(row.options, seen)
        else:
            buttons += packed(_fresh(row, seen))
    room = ROWS - len(_chunks(choices))
    if len(buttons) > room:
        buttons = packed(press for row in buttons for press in row)
    if len(buttons) > room:
        choices, buttons = [*choices, *(press for row in buttons for press in row)], []
    menus: list[Row] = [Pick(some, f"{mark}{PICK}{number}", hint) for number, some in enumerate(_chunks(choices))]
    return (*menus, *buttons)[:ROWS]


def _chunks(choices: Sequence[Press]) -> list[tuple[Press, ...]]:
    """As many as a menu can offer at a time."""
    return [tuple(choices[at : at + CHOICES]) for at in range(0, len(choices), CHOICES)]


def _fresh(row: Iterable[Press], seen: set[str]) -> Iterator[Press]:
    for press in row:
        if (known := press.custom_id or press.url) not in seen:
            seen.add(known)
            yield press


def packed(presses: Iterable[Press]) -> list[tuple[Press, ...]]:
    """Rows of five buttons."""
    left = tuple(presses)
    return [left[start : start + ROW] for start in range(0, len(left), ROW)]
