"""The map without tiles: settlements as circles, hits as rings, trips as lines, painted."""
