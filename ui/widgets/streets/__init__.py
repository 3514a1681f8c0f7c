"""The street board: streets as rows of houses, painted."""
