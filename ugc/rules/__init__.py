"""Decisions on plain values: what a file is, whether work was proven, what stands in the way."""
