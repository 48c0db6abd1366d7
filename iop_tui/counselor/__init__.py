"""The counselor's phone screen: the wizard's pages, and one that shows a whole call."""
