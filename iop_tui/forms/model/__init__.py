"""A form as frozen data: items, values, conditions, findings."""
