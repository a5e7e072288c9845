"""The largest figures that every database can hold. The rulebook and the options have their own, far lower bounds."""

from __future__ import annotations

from typing import Final

MOST: Final = 2**31 - 1
"""The largest number of Connects, or of anything else that is counted."""
MOST_MONEY: Final = 2**63 - 1
"""The largest amount of money, in minor units."""
MOST_DAYS: Final = 36_500
"""The longest time in days, so that no date is reached that no calendar has."""
