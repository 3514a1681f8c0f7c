"""Call mode: the household on the line, what to say, and what came of it."""
