"""Charts: each takes tables and an optional Axes and returns the Axes."""
