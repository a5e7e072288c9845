"""Renders a Reply as rich text, numbered buttons and files. Pure; the client does the I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final, assert_never

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from bot.reply.marks import runs_of
from bot.reply.parts import Ask, Buttons, Fields, File, Links, Part, Reply, Say, Table, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bot.reply.parts import Button, Link
    from bot.reply.words import Voice

STRONG, SLANTED, FAINT, KEY = "bold", "italic", "dim", "cyan"
INDENT: Final = 2
GAP: Final = "   "
WIDEST_ROW: Final = 100
CONTROLS: Final = {code: None for code in (*range(32), *range(127, 160)) if chr(code) != "\n"}


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered answer: what to show, what its numbered buttons carry, and the files to save."""

    shown: tuple[RenderableType, ...]
    presses: tuple[tuple[int, str], ...] = ()
    files: tuple[File, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """What has been drawn so far; `numbers` are for the buttons to come."""

    voice: Voice
    numbers: Iterator[int]
    shown: list[RenderableType] = field(default_factory=list)
    presses: list[tuple[int, str]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


def render(reply: Reply, voice: Voice, first: int = 1, last: int = 99) -> Page:
    """Render a reply; its buttons are numbered from `first` to `last`, and on from 1."""
    sheet = _Sheet(voice, ((number - 1) % last + 1 for number in count(first)))
    for part in reply.parts:
        _draw(sheet, part)
    return Page(tuple(sheet.shown), tuple(sheet.presses), tuple(sheet.files))


def plain(text: str) -> str:
    """A text without control codes, which could move the terminal's cursor or do worse."""
    return text.translate(CONTROLS)


def _draw(sheet: _Sheet, part: Part) -> None:
    match part:
        case Say():
            sheet.shown.append(_text(sheet, part))
        case Fields(rows, title):
            labelled = [
                (Text(plain(sheet.voice.say(label)), FAINT), _marked(sheet.voice.marked(fact))) for label, fact in rows
            ]
            _title(sheet, title)
            sheet.shown.append(_grid(labelled))
        case Table(columns, rows, title):
            _title(sheet, title)
            head = tuple(Text(plain(sheet.voice.say(column)), FAINT) for column in columns)
            cells = [tuple(_marked(sheet.voice.marked(cell)) for cell in row) for row in rows]
            sheet.shown.append(_grid([head, *cells]))
        case Verbatim(lines):
            sheet.shown += ["", *(_text(sheet, line) for line in lines), ""]
        case Buttons(rows):
            for row in rows:
                _buttons(sheet, row)
        case Links(row):
            sheet.shown += [_link(sheet, link) for link in row if not link.to.startswith("?")]
        case Ask(question, hint, choices):
            sheet.shown.append(Text.assemble(_text(sheet, question, STRONG), " ", _text(sheet, hint, FAINT, "({})")))
            _buttons(sheet, choices)
        case File(caption=caption):
            sheet.shown.append(_text(sheet, caption))
            sheet.files.append(part)
        case other:
            assert_never(other)


def _text(sheet: _Sheet, sentence: Say, style: str = "", form: str = "{}") -> Text:
    before, after = form.split("{}")
    return Text.assemble(before, _marked(sheet.voice.marked(sentence)), after, style=style)


def _marked(text: str) -> Text:
    """A text with its marks as styles. A terminal may not be able to open links, so their addresses are shown."""
    shown = Text()
    for run in runs_of(text):
        shown.append(plain(run.text), " ".join((STRONG * run.bold, SLANTED * run.italic)).strip())
        if run.url and run.url != run.text:
            shown.append(f" ({run.url})", FAINT)
    return shown


def _link(sheet: _Sheet, link: Link) -> Text:
    return Text.assemble((f"{plain(sheet.voice.say(link.label))}: ", FAINT), plain(link.to))


def _title(sheet: _Sheet, title: Say | None) -> None:
    if title is not None:
        sheet.shown.append(_text(sheet, title, STRONG))


def _grid(rows: Sequence[Sequence[Text]]) -> RenderableType:
    grid = Grid.grid(padding=(0, INDENT, 0, 0))
    for row in rows:
        grid.add_row(*row)
    return Padding(grid, (0, 0, 0, INDENT), expand=False)


def _buttons(sheet: _Sheet, row: Sequence[Button]) -> None:
    """Draw a row of buttons on as few lines as possible."""
    line, width = Text(" " * INDENT), 0
    for button in row:
        number, label = next(sheet.numbers), plain(sheet.voice.say(button.label))
        sheet.presses.append((number, button.press))
        shown = Text.assemble((f"{number})", KEY), f" {label}")
        if width and width + cell_len(shown.plain) > WIDEST_ROW:
            sheet.shown.append(line)
            line, width = Text(" " * INDENT), 0
        line.append(GAP if width else "").append_text(shown)
        width += cell_len(shown.plain) + len(GAP)
    if width:
        sheet.shown.append(line)
