"""The console: the same bot in a terminal or on a pipe, where one user can play several people and groups."""

from bot.platforms.console.client import ConsolePlatform
from bot.platforms.console.terminal import Terminal, open_terminal

__all__ = ["ConsolePlatform", "Terminal", "open_terminal"]
