"""What goes out of a counselor's call: the note for the record, and the data. Each form is made from a Report alone."""
