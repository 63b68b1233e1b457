"""Edits of a fix in HCL programs."""

import pytest

from cenguard.findings.fix import Add, Options, Ref, Remove, Set
from cenguard.sources.hcl_sites import site_of_address
from cenguard.sources.lines import forget
from tests.findings.placing import stands_alone
from tests.findings.written import HCL, SAID_AGAIN, WAIT, after, urn, written


@pytest.mark.parametrize(
    ("block", "made"),
    [
        ("{\n  bandwidth_limit = 4 # Mbps\n}", "{\n  bandwidth_limit = 4 # Mbps\n\n  depends_on = [WAIT]\n}"),
        ("{\n  depends_on = [alicloud_cen_instance.core]\n}", "{\n  depends_on = [alicloud_cen_instance.core, WAIT]\n}"),
        (
            "{\n  depends_on = [\n    alicloud_cen_instance.core, # first\n  ]\n}",
            "{\n  depends_on = [\n    alicloud_cen_instance.core, # first\n    ONE,\n    TWO,\n  ]\n}",
        ),
        (
            "{\n  depends_on = [\n    # none yet\n  ]\n}",
            "{\n  depends_on = [\n    # none yet\n    ONE,\n    TWO,\n  ]\n}",
        ),
        ("{}", "{\n  depends_on = [WAIT]\n}"),
        ("{ bandwidth_limit = 4 }", "{\n  bandwidth_limit = 4\n  depends_on = [WAIT]\n}"),
        (
            "{\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}",
            "{\n  lifecycle {\n    ignore_changes = [tags]\n  }\n\n  depends_on = [WAIT]\n}",
        ),
    ],
)
def test_hcl_adds_to_what_is_there(tmp_path, block, made):
    one, two = "alicloud_cen_instance_attachment.bj", "alicloud_cen_instance_attachment.us"
    head = 'resource "alicloud_cen_bandwidth_limit" "limit" '
    text = after(written(tmp_path, "hcl", f"{HCL}{head}{block}\n", [WAIT]))

    assert text == f"{HCL}{head}{made}\n".replace("WAIT", f"{one}, {two}").replace("ONE", one).replace("TWO", two)


def test_hcl_takes_away_and_adds(tmp_path):
    edits = [Set(urn=urn("limit"), properties={"regionIds": ("a", "b"), "bandwidthLimit": None}, options=WAIT.options)]
    head = 'resource "alicloud_cen_bandwidth_limit" "limit" {\n'
    text = after(written(tmp_path, "hcl", f"{HCL}{head}  instance_id     = 1\n  bandwidth_limit = 4 # Mbps\n}}\n", edits))

    one, two = "alicloud_cen_instance_attachment.bj", "alicloud_cen_instance_attachment.us"
    assert text == f'{HCL}{head}  instance_id     = 1\n  region_ids      = ["a", "b"]\n\n  depends_on = [{one}, {two}]\n}}\n'


def test_hcl_protects(tmp_path):
    protect = [Set(urn=urn("pkg"), options=Options(protect=True))]
    head = 'resource "alicloud_cen_bandwidth_package" "pkg" {\n  bandwidth = 2\n'

    assert "  lifecycle {\n    prevent_destroy = true\n  }\n}\n" in after(written(tmp_path, "hcl", HCL + head + "}\n", protect))
    lifecycle = head + "  lifecycle {\n    prevent_destroy = false\n  }\n}\n"
    assert lifecycle.replace("false", "true") in after(written(tmp_path, "hcl", HCL + lifecycle, protect))
    other = head + "  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n"
    assert "  lifecycle {\n    prevent_destroy = true\n    ignore_changes" in after(
        written(tmp_path, "hcl", HCL + other, protect)
    )


@pytest.mark.parametrize("several", ["count = 1", 'for_each = toset(["a"])'])
def test_hcl_a_block_that_makes_several_has_no_place(tmp_path, several):
    code = written(tmp_path, "hcl", f'{HCL}resource "alicloud_cen_bandwidth_limit" "limit" {{\n  {several}\n}}\n', [WAIT])

    assert not code.bound
    assert stands_alone(code)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('["a"]', 'the instance ["a"] of resource "alicloud_cen_bandwidth_limit" "limit" { … }'),
        ("[0]", 'the instance [0] of resource "alicloud_cen_bandwidth_limit" "limit" { … }'),
        ("", 'resource "alicloud_cen_bandwidth_limit" "limit" { … }'),
    ],
)
def test_hcl_one_of_several_that_a_block_makes_is_named_by_its_key(tmp_path, name, said):
    one = urn("limit") + name
    inside = one.replace("::limit", '::net["b"].limit')
    text = written(tmp_path, "hcl", HCL, [Remove(urn=one), Set(urn=inside, properties={"bandwidthLimit": 4})]).text

    assert f"# take out {said}\n" in text
    assert f'# in {said} of the module net["b"], ' in text


def test_hcl_blocks_of_a_list_are_written_as_blocks(tmp_path):
    attachment = Add(
        name="vpc",
        type="alicloud:cen/transitRouterVpcAttachment:TransitRouterVpcAttachment",
        properties={
            "cenId": Ref(urn("core")),
            "zoneMappings": ({"zoneId": "a", "vswitchId": "vsw-1"}, {"zoneId": "b", "vswitchId": "vsw-2"}),
            "tags": {"a b": "${x}"},
        },
    )
    text = after(written(tmp_path, "hcl", HCL, [attachment]))

    assert text.count("  zone_mappings {\n    zone_id    = ") == 2
    assert '  tags   = { "a b" = "$${x}" }\n' in text


def test_hcl_two_types_may_share_a_label(tmp_path):
    """It is the address that tells whether a resource is the old one: under another label it is bought again."""
    text = after(written(tmp_path, "hcl", HCL, SAID_AGAIN))

    assert 'resource "alicloud_cen_bandwidth_package" "old" {' in text
    assert 'resource "alicloud_cen_bandwidth_package_attachment" "old" {' in text
    assert "bandwidth_package_id = alicloud_cen_bandwidth_package.old.id" in text
    assert "depends_on = [alicloud_cen_bandwidth_package_attachment.old, alicloud_cen_instance_attachment.bj]" in text


@pytest.mark.parametrize(
    ("address", "module", "found"),
    [
        ("alicloud_vpc.data", "", True),
        ("data.alicloud_vpc.data", "", False),
        ("module.data.alicloud_vpc.module", "module.data", True),
        ("module.module.alicloud_vpc.data", "module.module", True),
        ("module.data.data.alicloud_vpc.data", "module.data", False),
        ("alicloud_vpc.data[0]", "", False),
    ],
)
def test_hcl_words_of_the_language_are_names_too(tmp_path, address, module, found):
    calls = "".join(f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in ("data", "module"))
    for folder, text in ((tmp_path, calls), (tmp_path / "data", ""), (tmp_path / "module", "")):
        folder.mkdir(exist_ok=True)
        blocks = "".join(f'resource "alicloud_vpc" "{name}" {{\n}}\n' for name in ("data", "module"))
        (folder / "main.tf").write_text(f'{text}{blocks}data "alicloud_vpc" "data" {{\n}}\n')
    forget()

    assert (site_of_address(tmp_path, address, module, {}) is not None) == found


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        (["bandwidth = 2", "period    = 3"], ["bandwidth    = 2", "period       = 3", 'payment_type = "PrePaid"']),
        (["bandwidth = 2", "", "period = 3"], ["bandwidth = 2", "", "period       = 3", 'payment_type = "PrePaid"']),
        (["bandwidth = 2", "tags = {", "}"], ["bandwidth = 2", "tags = {", "}", 'payment_type = "PrePaid"']),
        (["bandwidth = 2", "timeouts {", "}"], ["bandwidth    = 2", 'payment_type = "PrePaid"', "timeouts {", "}"]),
        (["bandwidth=2"], ["bandwidth=2", 'payment_type = "PrePaid"']),
    ],
)
def test_hcl_a_longer_name_keeps_the_lines_above_it_in_line(tmp_path, rows, made):
    """As `terraform fmt` has them, which pipelines ask for; what nobody has formatted stays."""
    head = HCL + 'resource "alicloud_cen_bandwidth_package" "pkg" {\n%s}\n'
    text, wanted = (head % "".join(f"  {row}\n" if row else "\n" for row in found) for found in (rows, made))

    assert after(written(tmp_path, "hcl", text, [Set(urn=urn("pkg"), properties={"paymentType": "PrePaid"})])) == wanted


@pytest.mark.parametrize("step", ["\t", "    "])
def test_hcl_is_indented_as_the_file_is(tmp_path, step):
    package = 'resource "alicloud_cen_bandwidth_package" "pkg" {\n'
    made = [
        Set(urn=urn("pkg"), properties={"period": 6}, options=Options(protect=True)),
        Add(type="alicloud:cen/transitRouter:TransitRouter", name="hub", properties={"cenId": "cen-1"}),
    ]
    text = after(written(tmp_path, "hcl", f"{HCL}{package}{step}bandwidth = 2\n}}\n", made))

    lifecycle = f"{step}lifecycle {{\n{step}{step}prevent_destroy = true\n{step}}}\n"
    assert f"{package}{step}bandwidth = 2\n{step}period    = 6\n\n{lifecycle}}}\n" in text
    assert f'"hub" {{\n{step}cen_id = "cen-1"\n}}\n' in text

    own = f"{package}{step}lifecycle {{\n{step}{step}ignore_changes = [tags]\n{step}}}\n}}\n"
    text = after(written(tmp_path, "hcl", HCL + own, [Set(urn=urn("pkg"), options=Options(protect=True))]))
    assert text.endswith(own.replace("ignore_changes", f"prevent_destroy = true\n{step}{step}ignore_changes"))
