"""The Connects History and "My proposals" side by side: what waits beside a preview, and one button for both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.reply.parts import Button, Buttons, say
from bot.views.imports.my_proposals.booked import Figures
from bot.views.imports.my_proposals.previews import found_in, is_my_proposals_ready
from bot.views.imports.previews import book_line, found_in_history, says_more
from bot.views.imports.questions import question_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.parts import Part, Say
    from bot.views.imports.my_proposals.shown import MyProposalsShown
    from bot.views.imports.shown import Shown
    from core.ledger.rulebook import Rulebook

WITH = "with"


def is_history_ready(shown: Shown, rulebook: Rulebook) -> bool:
    """Whether there is something to book, and nothing to ask before."""
    return says_more(shown.preview) and not shown.unsure and question_of(shown, rulebook) is None


def beside_history(
    parts: Sequence[Part], shown: Shown, proposals: MyProposalsShown, rulebook: Rulebook
) -> tuple[Part, ...]:
    """The preview of a history with what waits beside it."""
    waiting = say("my-proposals-waits", found=found_in(proposals.preview))
    other = Button(say("button-show-proposals"), f"importproposals show {proposals.draft}")
    return _beside(parts, waiting, other, _both(shown, proposals, rulebook))


def beside_my_proposals(
    parts: Sequence[Part], history: Shown, shown: MyProposalsShown, rulebook: Rulebook
) -> tuple[Part, ...]:
    """The preview of "My proposals", which says what it would set after the history that waits beside it.

    To book it by itself, it is shown by itself: alone it may set something else.
    """
    asks = says_more(history.preview) and not is_history_ready(history, rulebook)
    waiting = say("history-waits", found=found_in_history(history), asks="yes" if asks else "no")
    other = Button(say("button-show-history"), f"import show {history.draft}")
    alone = Button(say("button-only-proposals"), f"importproposals alone {shown.draft}")
    kept = [_without_booking(part) if isinstance(part, Buttons) else part for part in parts]
    return _beside(kept, waiting, other, _both(history, shown, rulebook), alone)


def _without_booking(part: Buttons) -> Buttons:
    rows = (tuple(key for key in row if not key.line.startswith("importproposals book")) for row in part.rows)
    return replace(part, rows=tuple(row for row in rows if row))


def _both(history: Shown, proposals: MyProposalsShown, rulebook: Rulebook) -> Button | None:
    """The button that books both, if nothing is left to ask about either."""
    if not (is_history_ready(history, rulebook) and is_my_proposals_ready(proposals)):
        return None
    own = (
        f"importproposals both {proposals.draft} {proposals.preview.stamp} {Figures.in_preview(proposals.preview).line}"
    )
    return Button(say("button-book-both"), f"{own} {WITH} {book_line(history).removeprefix('import book ')}")


def _beside(parts: Sequence[Part], waiting: Say, other: Button, both: Button | None, *more: Button) -> tuple[Part, ...]:
    rows = tuple((key,) for key in (other, *more))
    first = () if both is None else ((both,),)
    place = next((at for at, part in enumerate(parts) if isinstance(part, Buttons)), len(parts))
    there = parts[place] if place < len(parts) else None
    own = there.rows if isinstance(there, Buttons) else ()
    return (*parts[:place], waiting, Buttons((*first, *own, *rows), asks=True), *parts[place + 1 :])
