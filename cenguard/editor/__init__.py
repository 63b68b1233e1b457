"""What stands between an editor or an agent and the check: the language server, and the model context server."""
