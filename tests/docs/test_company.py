"""The network of the page *From Basic to Enterprise* is what its script writes."""

from tests.docs.programs import company


def test_the_export_is_what_its_script_writes():
    assert company.FILE.read_text("utf-8") == company.text(), "python tests/docs/programs/company.py writes it"
