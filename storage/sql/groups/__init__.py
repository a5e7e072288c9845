"""Groups that use the wallet of another group."""
