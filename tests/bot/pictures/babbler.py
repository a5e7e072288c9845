"""A process that writes without end, and never an answer."""

import os

while True:
    os.write(1, b"no answer")
