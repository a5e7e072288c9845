"""Reading "My proposals" as people hand it over: copied text and saved files become `MyProposals`."""
