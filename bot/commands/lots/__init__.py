"""Commands about lots: those that can be spent, past ones, and what expires soon."""
