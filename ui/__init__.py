"""How people talk to it: a window, a terminal, paper."""
