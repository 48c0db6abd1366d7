"""The line-by-line face: the same Interview as text, for screen readers, braille lines and plain terminals."""
