"""The contract of a field type, run over the whole catalogue."""
