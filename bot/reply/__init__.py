"""The parts of an answer, and the sentences that they name."""
