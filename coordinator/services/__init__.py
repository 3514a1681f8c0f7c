"""The verbs: the only code that writes. One short function a user action, one transaction each."""
