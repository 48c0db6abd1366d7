"""What a screening is: frozen classes, without files or rules that run."""
