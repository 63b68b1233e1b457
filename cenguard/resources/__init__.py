"""One resource of a stack as the input tells it, whatever road it came by."""
