"""What tests and benchmarks share: processes, keys, a driven terminal and lobby, visitors, killed calls."""
