"""The step between a file and its preview: how the file is read."""
