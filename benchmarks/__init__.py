"""How fast and how small the wizard is, side by side with a bare Textual app. Run `python -m benchmarks`."""
