"""The model context server: the command's answers for an agent, out of one folder.

  server    the protocol's side: what tools there are, a call and its answer
  tools     each tool: what it takes and gives, and the command that answers
in the process that runs the command (`cenguard.commands.confined`):
  messages  what server and process tell each other
  cutting   long values of documents, cut
"""
