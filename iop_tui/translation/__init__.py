"""For translators: the messages of a screening and of the program, gathered into the catalogues of a language."""
