"""Public benchmarks, each read from a given file into a suite."""
