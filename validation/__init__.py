"""How the shipped rules agree with published, independently decided cases. `python -m validation` prints it."""
