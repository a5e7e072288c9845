"""Every document of a group's books says who spent what, and all say the same as /team of the same days."""

from __future__ import annotations

import pytest

from tests.bot.documents.agency_books import check, check_of_member, lived


@pytest.mark.parametrize("seed", range(2))
async def test_every_document_says_what_the_report_on_the_team_says(seed: int) -> None:
    check(life := await lived(seed))
    check_of_member(life)
