"""Searches over answer sheets: completions of open answers, and counterfactuals."""
