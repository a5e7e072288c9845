"""The console: the same bot in a terminal or on a pipe, with several people and groups to be played."""

from bot.platforms.console.client import ConsolePlatform
from bot.platforms.console.terminal import Terminal, open_terminal

__all__ = ["ConsolePlatform", "Terminal", "open_terminal"]
