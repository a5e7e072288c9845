"""A person who moves from Discord to Telegram, half of her history pasted on each.

What people do stands in moving.txt, what they read in moving.golden.md, which `python -m tests.bot.moving` writes anew.
"""
