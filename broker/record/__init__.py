"""The record: what leaves the building as a PDF, from a plain value to the finished pages.

The order of things: `value` (what is said), `machine` (the same as canonical JSON), `words` and
`page` (the same as HTML), `pdf` (the same on paper), `render` (all of it in a process of its
own). Nothing here reads a database, a session or a clock: everything is decided before.
"""
