"""Measurements against peers, taken in the same run. Each module prints ratios; none asserts a time."""
