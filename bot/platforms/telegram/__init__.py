"""Telegram, through python-telegram-bot."""

from bot.platforms.telegram.client import TelegramPlatform

__all__ = ["TelegramPlatform"]
