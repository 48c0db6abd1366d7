"""Would anybody notice if a rule were wrong? Each rule is made weaker in turn, and the example people are asked."""
