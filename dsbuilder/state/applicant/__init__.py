"""What the tabs of a citizen show."""
