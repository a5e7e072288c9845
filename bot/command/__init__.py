"""How commands are declared, and how platforms report what people do."""
