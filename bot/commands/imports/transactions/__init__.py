"""The list of transactions: its preview, what is answered about it, and the press that books the true prices."""
