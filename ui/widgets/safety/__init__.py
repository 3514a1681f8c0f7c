"""The tabs of the page "safety"."""
