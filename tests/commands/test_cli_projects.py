"""A project folder on the command line: which stack, which configuration, and what its program says."""

import json

import pytest

from tests.commands.test_cli import BAD, ROOT, run
from tests.commands.test_wrong_input import refused

pytest.importorskip("pulumi_alicloud")

PROGRAM = """
import pulumi
import pulumi_alicloud as alicloud

config = pulumi.Config()
core = alicloud.cen.Instance("core", cen_instance_name="core")
for region in config.require_object("regions"):
    alicloud.cen.InstanceAttachment(
        region, instance_id=core.id, child_instance_id=f"vpc-{region}", child_instance_type="VPC", child_instance_region_id=region
    )
if config.get_int("mbps"):
    package = alicloud.cen.BandwidthPackage(
        "package", bandwidth=config.get_int("mbps"), geographic_region_a_id="China", geographic_region_b_id="Europe", payment_type="PostPaid"
    )
    alicloud.cen.BandwidthPackageAttachment("bound", instance_id=core.id, bandwidth_package_id=package.id)
print("the program speaks")
"""
ONE = "config:\n  net:regions: [cn-beijing]\n"
TWO = "config:\n  net:regions: [cn-beijing, eu-central-1]\n"


@pytest.fixture
def project(tmp_path):
    """A project with the stacks that are given, in a folder of its own."""

    def make(program=PROGRAM, **stacks):
        folder = tmp_path / "net"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (folder / "__main__.py").write_text(program)
        for name, text in stacks.items():
            (folder / f"Pulumi.{name}.yaml").write_text(text)
        return folder

    return make


def report(*arguments, **options):
    done = run(*arguments, "--format", "json", **options)
    assert done.stdout, done.stderr.decode()
    return json.loads(done.stdout)


def codes(document):
    return {finding["rule"] for finding in document["findings"]}


class TestStacks:
    def test_the_only_one_is_taken(self, project):
        assert "CEN201" in codes(report("check", project(prod=TWO)))

    def test_one_of_several_is_chosen(self, project):
        folder = project(dev=ONE, prod=TWO)

        assert report("check", folder, "--stack", "dev")["sources"][0]["stack"] == "dev"
        assert codes(report("check", folder, "--stack", "dev")) == {"CEN111"}
        assert "CEN201" in codes(report("check", folder, "--stack", "prod"))

    def test_a_full_name_is_one_too(self, project):
        assert report("check", project(prod=ONE), "--stack", "acme/net/prod")["sources"][0]["stack"] == "prod"

    def test_one_that_has_no_file_is_refused_with_those_that_do(self, project):
        errors = refused("check", project(dev=ONE, prod=TWO), "--stack", "prd")

        assert "prd" in errors
        assert "dev, prod" in errors

    def test_the_folder_that_one_stands_in_is_the_default(self, project):
        document = report("check", cwd=project(dev=ONE))

        assert document["sources"] == [
            {"path": ".", "kind": "program", "project": "net", "stack": "dev", "resources": 4, "cen": 2, "complete": True}
        ]


class TestConfiguration:
    def test_a_value_goes_over_the_stacks_own(self, project):
        folder = project(dev=ONE)

        assert "CEN201" in codes(report("check", folder, "--config", 'regions=["cn-beijing", "eu-central-1"]'))

    def test_a_key_may_carry_its_namespace_and_a_value_an_equals_sign(self, project):
        program = 'import pulumi\nassert pulumi.Config("other").get("a") == "b=c", pulumi.Config("other").get("a")\n'

        assert report("check", project(program), "--config", "other:a=b=c")["findings"] == []

    def test_several_values(self, project):
        folder = project(dev=TWO)

        assert "CEN206" in codes(report("check", folder, "--config", "mbps=5", "--config", "net:unused=1"))

    def test_a_missing_value_is_the_programs_own_word(self, project):
        done = run("check", project())

        assert done.returncode == 2
        assert b"Missing required configuration variable 'net:regions'" in done.stderr

    def test_explain_takes_them_too(self, project):
        done = run("explain", project(dev=ONE), "--from", "cn-beijing", "--to", "eu-central-1", "--config", "regions=[]")

        assert done.returncode == 2
        assert b"attached are" in done.stderr


class TestPrograms:
    def test_what_it_prints_is_not_in_the_report(self, project):
        done = run("check", project(dev=ONE), "--format", "json")

        assert codes(json.loads(done.stdout)) == {"CEN111"}
        assert b"the program speaks" in done.stderr

    def test_its_lines_are_named(self, project):
        (finding,) = (item for item in report("check", project(dev=TWO))["findings"] if item["rule"] == "CEN201")

        assert finding["location"] == {"path": "__main__.py", "line": 6}

    @pytest.mark.parametrize(
        ("program", "said"),
        [
            ("raise ValueError('no such shop')\n", "ValueError: no such shop"),
            ("import pulumi\npulumi.Output.from_input(1).apply(lambda _: 1 / 0)\n", "ZeroDivisionError"),
            ("def broken(:\n", "SyntaxError"),
            ("import sys\nsys.exit('I give up')\n", "I give up"),
            ("import os\nos._exit(7)\n", "os._exit"),
            ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", "SIGKILL"),
            ("def deeper():\n    deeper()\n\ndeeper()\n", "RecursionError"),
            ("import no_such_package_anywhere\n", "no_such_package_anywhere"),
            ("raise KeyboardInterrupt\n", "KeyboardInterrupt"),
        ],
        ids=[
            "raises",
            "raises later",
            "no Python",
            "leaves",
            "vanishes",
            "is killed",
            "recurses",
            "misses a package",
            "is interrupted",
        ],
    )
    def test_one_that_ends_early_is_status_2_and_nobody_elses_traceback(self, project, program, said):
        done = run("check", project(program))
        errors = done.stderr.decode()

        assert done.returncode == 2
        assert done.stdout == b""
        assert said in errors
        assert str(ROOT / "cenguard") not in errors, "no frame of ours"
        assert "Traceback" not in errors.splitlines()[-1]

    def test_one_that_leaves_with_success_is_no_success(self, project):
        done = run("check", project("import sys\nsys.exit(0)\n"))

        assert (done.returncode, done.stdout) == (2, b"")


class TestEstates:
    def test_a_folder_and_a_document_are_one_estate(self, project):
        document = report("check", project(dev=ONE), BAD)

        assert [source["kind"] for source in document["sources"]] == ["program", "preview"]

    def test_the_same_stack_twice_is_refused(self, project):
        folder = project(dev=ONE)

        assert "is given twice" in refused_whatever_it_printed("check", folder, f"{folder}/.")


def refused_whatever_it_printed(*arguments):
    """Programs that run speak on standard error too."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode().splitlines()[-1]


def test_settings_are_looked_for_from_the_project_upwards(project):
    folder = project(dev=TWO)
    (folder.parent / "cenguard.toml").write_text('[rules.missing-bandwidth-package]\nlevel = "advisory"\n')
    done = run("check", folder, "--select", "CEN201", cwd=ROOT)

    assert done.returncode == 0
    assert b"CEN201 missing-bandwidth-package [advisory]" in done.stdout
