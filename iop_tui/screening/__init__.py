"""The screening core: questions, their order, and the assessment of answers. Imports no terminal library."""
