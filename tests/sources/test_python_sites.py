"""Calls in a Python file, found by their lines."""

import pytest

from cenguard.sources.python_sites import forget, site_at

TEXT = 'import a\ncore = a.Instance(\n    "core",\n    name="é",\n)\n'


@pytest.mark.parametrize(("end", "found"), [("\n", True), ("\r\n", True), ("\r", False), ("\r\r\n", False)], ids=repr)
def test_lines_end_as_an_edit_counts_them_or_there_is_no_place(tmp_path, end, found):
    """Python ends a line at a lone carriage return, too, as a file has that was converted twice; it was a traceback."""
    file = tmp_path / "__main__.py"
    file.write_bytes(TEXT.replace("\n", end).encode())
    forget()
    site = site_at(file, TEXT[: TEXT.index("core")].count("\n") * len(end.replace("\r\n", "\n")) + 1, "Instance", "core")

    assert (site is not None) is found
    assert site is None or site.file.text[slice(*site.properties["name"].value)] == '"é"'
