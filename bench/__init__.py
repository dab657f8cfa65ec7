"""Benchmarks: one file per subject, each prints its figures beside a limit, as ratios taken in the same run.

`make bench` runs all; `python -m bench.answers` runs one.
"""
