"""The full-screen face: one file a screen, over the same Interview as every other face."""
