"""What an administrator's tab shows."""
