"""The syntax of users' files: where the project lies, in which language it is written, and the line of a resource in it."""
