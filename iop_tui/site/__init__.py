"""What is particular to one clinic: the site file. It knows no terminal."""
