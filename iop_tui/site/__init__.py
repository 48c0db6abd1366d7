"""The site file: the settings of one clinic. Imports no terminal library."""
