"""Pages in a headless browser that asks nothing of the net, with what it complained of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FLAGS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--in-process-gpu",
)  # fmt: skip
LAPTOP: Final = (1280, 900)
PHONE: Final = (360, 740)
WATCHING: Final = """
window.complaints = [];
document.addEventListener("securitypolicyviolation", (event) => complaints.push(event.violatedDirective));
window.alert = () => complaints.push("alert");
"""


class Seen(NamedTuple):
    """An open page, the addresses that it asked for, and what went wrong on it."""

    page: Page
    asked: list[str]
    wrong: list[str]

    def complaints(self) -> list[str]:
        """All that went wrong: errors, what the policy had to forbid, and requests beside that for the page itself."""
        forbidden = self.page.evaluate("window.complaints ?? []")
        return [*self.wrong, *forbidden, *(url for url in self.asked[1:] if not url.startswith("data:"))]


@contextmanager
def browsing(path: str) -> Generator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def opened(
    browser: Browser,
    file: Path,
    size: tuple[int, int] = LAPTOP,
    *,
    scripts: bool = True,
) -> Seen:
    """Open a file."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, offline=True
    )
    context.add_init_script(WATCHING)
    page = context.new_page()
    seen = Seen(page, [], [])
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("console", lambda message: seen.wrong.append(message.text))
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.goto(file.as_uri())
    return seen
