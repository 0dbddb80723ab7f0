"""How fast this package is beside its peers, on real posts. See `python -m tests.benchmarks --help`."""
