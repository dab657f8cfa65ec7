"""Pages of the instructor place."""
