"""Files of what the log holds, for other programs: a table, one object a line, or a browser's own record.

Purpose: deliveries as plain values -> bytes of a file, one delivery at a time, so that any number fits in memory.

May import: `events.domain`.
Must not import: Django, anything that knows where the deliveries come from or where the bytes go.
"""
