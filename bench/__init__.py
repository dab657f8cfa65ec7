"""Benchmarks: each prints its figure beside its limit."""
