"""Measurements, as ratios taken in one run: `./run bench NAME`."""
