"""What tests and benchmarks share: processes, a driven terminal and lobby, visitors, killed calls."""
