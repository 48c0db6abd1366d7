"""Mutation testing of rules: each rule is weakened in turn, and the example people must notice."""
