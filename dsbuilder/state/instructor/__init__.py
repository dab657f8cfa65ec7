"""What an agent's tab shows."""
