"""Charts of the counts. Each has its unit in the heading and a table beside it for screen readers and copying."""
