"""The ninety-odd places where stock Wagtail crosses tenants, each closed, and by which wall.

A test bears the name of its row. It runs twice: as served, and with the wall behind it taken
away, when it must fail. Rows without a wall of ours to take away say why (`stands`).
"""
