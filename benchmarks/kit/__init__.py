"""What benchmarks share: a full installation, and how a measurement is told."""
