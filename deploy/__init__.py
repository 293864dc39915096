"""What sets the project up on a machine and starts its commands.

Runs before anything is installed, so it imports the standard library alone. Knows requirements
files, system packages, the virtual environment and the names of commands; knows nothing of
messages, people or pages.
"""
