"""Edits of a fix in programs, whatever their language."""

from cenguard.findings.fix import Remove, Set
from tests.findings.placing import stands_alone
from tests.findings.written import HCL, PYTHON, TYPESCRIPT, YAML, urn, written


def test_a_name_that_would_break_out_of_a_comment_stays_in_it(tmp_path):
    hostile = 'urn:pulumi:dev::net::alicloud:cen/bandwidthLimit:BandwidthLimit::x\nimport os\u2028"; #'
    for runtime, text in (("python", PYTHON), ("nodejs", TYPESCRIPT), ("yaml", YAML), ("hcl", HCL)):
        code = written(
            tmp_path, runtime, text, [Set(urn=hostile, properties={"bandwidthLimit": 1}), Remove(urn=hostile)], urn("core")
        )

        assert stands_alone(code)
        assert all(line.startswith(("#", "//")) for line in code.text.splitlines())
