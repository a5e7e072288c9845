"""Reading Upwork's pages as people hand them over: copied text and saved files.

The Connects History becomes `core.imports.model.Page`, "My proposals" becomes
`core.proposals.my_proposals.MyProposals`.
"""

from bot.pages.coming import NOTHING, Came, came_of, read_all
from bot.pages.files import read_file
from bot.pages.not_pages import NotAPage, Why
from bot.pages.parts import read_all_parts, read_parts
from bot.pages.recognising import looks_like_page
from bot.pages.text import Both, read_text

__all__ = [
    "NOTHING", "Both", "Came", "NotAPage", "Why", "came_of", "looks_like_page", "read_all", "read_all_parts",
    "read_file", "read_parts", "read_text",
]  # fmt: skip
