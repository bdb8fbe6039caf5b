"""`python -m tests.fakes.google PORT`: Google for the demo, until it is told to stop."""

import signal
import sys
import threading

from tests.fakes.google.demo import demo_world
from tests.fakes.google.server import running


def main() -> None:
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_args: stopped.set())
    with running(demo_world(), int(sys.argv[1])):
        stopped.wait()


if __name__ == "__main__":
    main()
