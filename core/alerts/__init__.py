"""What a wallet's holder is warned of, a file for each alert, and when it is looked for."""
