"""What Google says and means, as plain values: no network, no tables."""
