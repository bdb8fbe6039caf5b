"""Google Business Profile over HTTP, with what it knows, and the ways in which it goes wrong.

`world` is the truth, `api` what each address answers, `faults` what goes wrong, `server` HTTP.
Hosts are the first part of the path: `/mybusiness.googleapis.com/v4/…`.
"""

from tests.fakes.google.faults import Fault, Mix
from tests.fakes.google.server import running
from tests.fakes.google.world import Location, Reply, Review, World

__all__ = ["Fault", "Location", "Mix", "Reply", "Review", "World", "running"]
