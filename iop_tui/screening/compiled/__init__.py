"""The shipped screening in compiled form, so that a start need not read YAML."""
