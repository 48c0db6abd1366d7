"""The screening core: what is asked, in which order, and what follows. It knows no terminal."""
