"""Answers interactions: commands, presses, forms and options that are being typed."""
