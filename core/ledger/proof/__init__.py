"""What `verify` derives from the journal again, beside the entries themselves."""
