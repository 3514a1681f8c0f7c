"""Paper: pickup lists, the call list, the whole register by street; as PDF, in the preview and on a printer.

typeface   the shipped type and its measures
pieces     words broken into lines, and marks (text, lines, boxes) that can be placed
pages      blocks stacked onto pages so that no row is cut, and the drawing of a page
words      what codes, times and numbers are called on paper
table      rows with columns, their head repeated on each page
pickup, state, calls   the papers
output     onto a printer, into a PDF file
preview    the window that shows the pages
"""
