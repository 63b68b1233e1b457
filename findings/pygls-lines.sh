#!/usr/bin/env bash
# The protocol of language servers ends a line at LF, CRLF or CR and nowhere else. `pygls` cuts a text into lines with Python's own
# `splitlines`, which also does so at a form feed (as sources of Python and C have between their parts), at U+2028 and at U+0085 within a
# text. Below such a mark everything is off by a line, without a message: the change that the editor sends, of five Mbps to nine, is
# put into another line of the server's copy, from then on the server checks a program that nobody has written (and offers edits for
# it), and `offset_at_position` and `word_at_position` answer for another place. It stays so until the file is opened anew.
# The same happens at the end of a file whose last line no line feed ends: a column past the end of a line is its end in the protocol,
# as clients send it that take a whole line out. There it is taken for the place before the last character, which stays.
# Needs python3. Seen with pygls 2.1.1 and lsprotocol 2025.0.0.
# cenguard asks the editor for whole texts, and cuts lines by itself (cenguard/editor/server.py); tests/editor/test_settings_files.py,
# test_changes_are_asked_for_as_whole_texts and test_a_position_is_where_the_protocol_has_it.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0
cat > program.py <<'PY'
from lsprotocol import types
from pygls.workspace import Workspace

URI = "file:///net/__main__.py"
for name, mark in (("nothing", ""), ("a form feed", "\f"), ("U+2028", 'NOTE = "\u2028"'), ("U+0085", "# \u0085")):
    workspace = Workspace(None, types.TextDocumentSyncKind.Incremental)
    text = f"import net\n{mark}\nmbps = 5\nname = 1\n"
    workspace.put_text_document(types.TextDocumentItem(URI, "python", 1, text))
    document = workspace.get_text_document(URI)
    word = document.word_at_position(types.Position(3, 1))
    five = types.Range(types.Position(2, 7), types.Position(2, 8))
    change = types.TextDocumentContentChangePartial(range=five, text="9")
    workspace.update_text_document(types.VersionedTextDocumentIdentifier(2, URI), change)
    said = "as the editor has it" if document.source == text.replace("5", "9") else "another text"
    print(f"{name}: after the change {said}, with {'9' if 'mbps = 9' in document.source else '5'} Mbps; the word of the last line: {word!r}")
for text in ("mbps = 5\n", "mbps = 5"):
    workspace = Workspace(None, types.TextDocumentSyncKind.Incremental)
    workspace.put_text_document(types.TextDocumentItem(URI, "python", 1, text))
    line = types.Range(types.Position(0, 0), types.Position(0, 999))
    change = types.TextDocumentContentChangePartial(range=line, text="mbps = 9")
    workspace.update_text_document(types.VersionedTextDocumentIdentifier(2, URI), change)
    print(f"the whole line of {text!r} becomes {workspace.get_text_document(URI).source!r}")
PY
env/bin/python program.py | tee seen
grep -qxF "nothing: after the change as the editor has it, with 9 Mbps; the word of the last line: 'name'" seen
for mark in "a form feed" "U+2028" "U+0085"; do
    grep -qxF "$mark: after the change another text, with 5 Mbps; the word of the last line: 'mbps'" seen
done
grep -qxF "the whole line of 'mbps = 5\\n' becomes 'mbps = 9\\n'" seen
grep -qxF "the whole line of 'mbps = 5' becomes 'mbps = 95'" seen
echo "as before"
