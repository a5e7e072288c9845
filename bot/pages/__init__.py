"""Reading Upwork's pages as people hand them over: copied text and saved files become `core.imports.model.Page`."""

from bot.pages.files import read_file
from bot.pages.not_pages import NotAPage, Why
from bot.pages.parts import read_all_parts, read_parts
from bot.pages.recognising import looks_like_page
from bot.pages.text import read_text

__all__ = ["NotAPage", "Why", "looks_like_page", "read_all_parts", "read_file", "read_parts", "read_text"]
