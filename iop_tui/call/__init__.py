"""A counselor's call: the same Interview, with what belongs to a call around it. Knows no terminal and no database."""
