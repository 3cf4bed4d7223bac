"""How quick the console is, as one table: `make bench`. Never a test: what a clock says depends on the machine.

`__main__` asks each question in turn and draws the table. What needs Django runs as a `worker`, in the environment of
an installation of its own; the rest looks at the console from outside, over HTTP.
"""
