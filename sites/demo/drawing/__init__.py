"""Draws the demo motels' pictures: scenes of light and distance, written in GLSL."""
