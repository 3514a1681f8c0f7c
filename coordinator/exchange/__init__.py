"""Workbooks in and out: columns declared once, reader, mapping, matching, writer."""
