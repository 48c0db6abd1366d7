"""Operating-system services that several programs share: hardening, private files, signals, output streams."""
