"""What takes a cause away, as edits: made for all findings of one cause together, and only when somebody asks."""
