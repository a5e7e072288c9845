"""A real terminal, with line editing, history and tab completion."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.application import in_terminal
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output import create_output
from rich.console import Console
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output
    from rich.console import RenderableType

    from bot.platforms.console.complete import Complete


class PromptTerminal:
    """A terminal at which somebody types; Ctrl-C and Ctrl-D end the conversation."""

    def __init__(self, source: Input | None = None, output: Output | None = None) -> None:
        """Use the terminal of this process, or the given ends."""
        self._output = output or create_output()
        self._session: PromptSession[str] = PromptSession(input=source, output=self._output)

    async def read(self, prompt: str, complete: Complete) -> str | None:
        """The next line; None if the user wants to quit."""
        try:
            return await self._session.prompt_async(
                FormattedText([("bold", prompt)]), completer=_Tab(complete), complete_while_typing=False
            )
        except (EOFError, KeyboardInterrupt):
            return None

    def show(self, *parts: RenderableType) -> None:
        """Draw the parts as wide as the terminal is."""
        console = Console(width=shutil.get_terminal_size().columns, force_terminal=True, highlight=False)
        with console.capture() as captured:
            console.print(*parts, sep="\n")
        self._output.write_raw(captured.get())
        self._output.flush()

    async def interrupt(self, *parts: RenderableType) -> None:
        """Draw the parts above the line that is being typed, without disturbing it."""
        async with in_terminal():
            self.show(*parts)

    def progress(self, words: str) -> None:
        """Say it in a bar below the line that is being typed."""
        self._session.bottom_toolbar = words or None
        self._session.app.invalidate()


class _Tab(Completer):
    """Adapts completion to the library."""

    def __init__(self, complete: Complete) -> None:
        self._complete = complete

    @override
    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        return ()

    @override
    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion]:
        for found in await self._complete(document.text_before_cursor):
            yield Completion(found.words, start_position=-found.typed, display_meta=found.label)
