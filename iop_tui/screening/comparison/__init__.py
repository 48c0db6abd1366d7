"""Two versions of a screening compared by meaning: what changed, and for whom. See docs/writing-questions.md."""
