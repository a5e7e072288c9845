"""My proposals as they are shown to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.imports.my_proposals.planning import MyProposalsPreview


class MyProposalsShown(NamedTuple):
    """What a draft would set. `group` is the group whose wallet it is for, if that is not the one of this chat."""

    draft: str
    preview: MyProposalsPreview
    group: str = ""
