"""Take the picture of docs/report.md anew: `python -m tests.bot.documents.screenshot`.

Look at it before you commit it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from bot.documents.writing import write
from tests.bot.documents.browsing import PHONE, browsing, opened
from tests.bot.documents.invented import a_year
from tests.bot.documents.report_facts import facts
from tests.programs import CHROMIUM, find

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = Path(__file__).parents[3] / "docs" / "pictures" / "report.png"
LAPTOP = (1120, 1240)
TALL = (PHONE[0], 1240)
MARGIN = 24
COLORS = 96
GROUND = "#DDE0E5"


def main() -> None:
    """Show the page on a laptop, and beside it on a phone whose owner likes it dark."""
    order, books = a_year(100)  # as many as the sentences and pictures are about
    document = write(order._replace(report=facts()), books, lambda _done: None)
    path = find(CHROMIUM)
    if path is None:
        raise SystemExit("Chromium is not installed.")
    with TemporaryDirectory() as folder, browsing(path) as browser:
        file = Path(folder) / "report.html"
        file.write_bytes(document.content)
        light, dark = taken(browser, file, LAPTOP, scheme="light"), taken(browser, file, TALL, scheme="dark")
    sheet = Image.new("RGB", (light.width + dark.width + 3 * MARGIN, light.height + 2 * MARGIN), GROUND)
    sheet.paste(light, (MARGIN, MARGIN))
    sheet.paste(dark, (light.width + 2 * MARGIN, MARGIN))
    sheet.quantize(COLORS).save(PICTURE, optimize=True)


def taken(browser: Browser, file: Path, size: tuple[int, int], *, scheme: str) -> Image.Image:
    """What a screen of this size shows."""
    page = opened(browser, file, size).page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    if scheme == "dark":
        page.locator("#t-proposals .open").first.click()
        page.mouse.move(0, 0)
        page.evaluate("document.getElementById('proposals').scrollIntoView()")
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
