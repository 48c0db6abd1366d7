"""The pages around the desk: one file a page. Each is imported when it is first shown."""
