"""A process that announces an answer longer than the bot's memory."""

import os

from bot.processes.protocol import FRAME, Answer

if __name__ == "__main__":
    os.write(1, FRAME.pack(Answer.PART, 2**60))
    os.read(0, 1)
    os.read(0, 100)
