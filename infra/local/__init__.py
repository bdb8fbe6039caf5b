"""Everything behind `./run`: embedded servers, the demo and the checks, on one machine."""
