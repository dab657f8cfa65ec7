"""Pages of the administrator place."""
