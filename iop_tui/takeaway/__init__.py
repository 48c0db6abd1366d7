"""What a person takes along: the summary as a file. Each form is one module, made from a Summary alone."""
