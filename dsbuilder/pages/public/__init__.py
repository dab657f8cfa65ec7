"""Pages of the public place."""
