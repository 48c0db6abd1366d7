"""A counselor's call: an Interview, and the data of the call around it. Imports no terminal and no database."""
