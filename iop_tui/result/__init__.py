"""The result of a screening as one document, told once: every face, print-out and code is a renderer of its blocks."""
