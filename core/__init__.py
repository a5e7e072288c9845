"""The accounting of Connects: pure rules over plain values. Knows the standard library only."""
