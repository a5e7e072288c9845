"""How lots are shown: those that can be spent, past ones, what will expire unspent, and monthly ones."""
