"""The model of a screening: frozen classes without files or evaluation."""
