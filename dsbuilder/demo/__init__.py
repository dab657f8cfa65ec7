"""Procedures of an imaginary town, in the open-data form: what the demo shows and the tests always have."""
