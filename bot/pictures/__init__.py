"""Pictures of figures: what they show, and the process that draws them."""
