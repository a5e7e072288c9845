"""How clients are shown: what they paid, what they cost to win, and when that was earned back."""
