"""A form as questions of a screening: what our format can say is taken, the rest is named."""
