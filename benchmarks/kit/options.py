"""What every benchmark can be asked."""

import argparse


def parser(name: str) -> argparse.ArgumentParser:
    """Return the options that all benchmarks have."""
    made = argparse.ArgumentParser(prog=f"./run bench {name}")
    made.add_argument("--quick", action="store_true", help="little of it, in under a minute")
    made.add_argument("--json", action="store_true", help="end with one line of JSON")
    made.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    return made
