"""The widgets of the counselor's pages."""
