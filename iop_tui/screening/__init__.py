"""The screening core: definition, evaluation, interview and assessment. Imports no terminal library."""
