"""The board of a day: a column for each vehicle, its trips as lanes of cards, moved by hand or by keys."""
