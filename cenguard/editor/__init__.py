"""The language server: what `check` says, at the line, while the file is edited.

    server       the protocol's side: opening and saving, what is said to the client
    trust        what the client allows: programs, plugins, packages
    documents    what an opened file belongs to: a project, a folder of Terraform's language, a document, settings
    runs         one run a project at a time; the newest save wins
    diagnostics  findings as the protocol's diagnostics, pushed or pulled
    actions      fixes as code actions
    hovering     pages of rules, regions of areas, proofs of pairs
    completing   areas, regions, keys and names of rules
    cursor       what stands at a cursor
    settings_files  settings and waivers, checked where they are written
    hosts        the processes that checks run in, as the server sees them
  in those processes:
    messages     what server and processes tell each other
    warm         a process that has imported what checks and programs need, and forks one for each
    checking     one job: sources read and judged, findings put at their places
    places       where a resource is written: the call, the block, the record of a document
    records      where the records of a document stand
    fixing       fixes as edits in the client's units
    texts        whether a file is still what was checked
    proofs       what connects the regions of each resource
    plans        the document that stands for a program which cannot be run

`agents/` is the other server, for the Model Context Protocol.
A further feature is a further file: a function `register(server)` that `server.FEATURES` names.
"""
