"""An import as it is shown to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.imports.model import Answers, Preview, Unsure
    from core.shared.ids import PersonId


class Shown(NamedTuple):
    """What a draft would book, what was answered, and to whom it is shown.

    `people` are those who may be the members of an agency, with their names. `unread` counts lines that could not be
    read. `money`: the reader may see what things cost, which a group does not. `group` is the group whose wallet it is
    for, if that is not the one of the chat where it is shown.
    """

    draft: str
    preview: Preview
    answers: Answers
    people: Mapping[PersonId, str]
    unread: int = 0
    money: bool = True
    group: str = ""

    @property
    def unsure(self) -> tuple[Unsure, ...]:
        """The unsure rows that nobody has settled yet."""
        settled = {*self.answers.unsure, *self.answers.same}
        return tuple(one for one in self.preview.unsure if one.position not in settled)
