"""The pages of the phone screen: the desk, the list of calls, and what opens over them."""
