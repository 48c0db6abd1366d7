"""What several commands share: refusals, loading for a clinic, checks of the terminal."""
