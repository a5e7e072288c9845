"""What a report says beside the books, with invented pictures as they are really drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.documents.model import ReportFacts, ReportPicture
from bot.pictures.kinds import PictureForm
from tests.bot.pictures.examples import balance, funnel, replies, spend

if TYPE_CHECKING:
    from bot.pictures.model import Chart

LINES = (
    "Viewed: 26 of 100 (26 %)",
    "Replies: 19 of 100 (19 %), likely between 13 and 28 %",
    "Interviews: 9 of 100 (9 %), likely between 5 and 16 %",
    "A reply cost about 118 Connects ($20.88).",
)


def facts() -> ReportFacts:
    """Sentences and four pictures. They are drawn here, so that matplotlib is imported by who needs them only."""
    from bot.pictures.drawing import draw

    def picture(name: str, chart: Chart, caption: str) -> ReportPicture:
        return ReportPicture(name, draw(chart, PictureForm.SVG).decode(), caption)

    return ReportFacts(
        LINES,
        (
            picture("Balance", balance(), "90 Connects are available. At the usual pace they run out about Feb 26."),
            picture("How far they got", funnel(), "19 of 100 proposals got a reply, and 3 led to a hire."),
            picture("Spending", spend(), "755 Connects were spent in 13 weeks, and 8 came back."),
            picture("Cost per reply", replies(), "A reply cost about 61 Connects on average."),
        ),
    )
