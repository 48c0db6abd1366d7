"""For translators: extract the messages of a screening and of the program, and update the catalogues of a language."""
