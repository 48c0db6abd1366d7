"""What the programs ask of the operating system: hardening, private files, signals, streams, faults."""
