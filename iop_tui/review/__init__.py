"""Reviews by clinicians: fingerprints of a screening, signed reviews, and what they amount to. No terminal library."""
