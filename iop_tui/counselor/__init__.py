"""The counselor's phone screen: the wizard's pages, and the desk, which shows a whole call."""
