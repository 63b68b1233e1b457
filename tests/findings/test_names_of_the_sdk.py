"""Classes and properties as the printers write them are those of the provider's own SDK."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from cenguard.findings.printers.python import class_of
from cenguard.findings.printers.words import Words
from cenguard.resources.type_table import DECIDES_NOTHING, READ, snake
from tests.findings.placing import carriers, changed, laid_out, report_of

GETTER = re.compile(r'@pulumi\.getter(?:\(name="(\w+)"\))?\s+def (\w+)')
TYPES = sorted({*READ.values(), *DECIDES_NOTHING.values()})
CHECKER = os.environ.get("CENGUARD_NODE")
"""A folder with `node_modules` in which typescript, @pulumi/pulumi and @pulumi/alicloud are installed."""


@pytest.mark.parametrize("token", TYPES)
def test_python_class_and_arguments(token):
    sdk = pytest.importorskip("pulumi_alicloud")
    module, name = class_of(token, Words({}))
    folder = Path(sdk.__file__).parent / module.removeprefix("pulumi_alicloud.")
    text = next(path.read_text("utf-8") for path in folder.glob("*.py") if f"'{token}'" in path.read_text("utf-8"))
    properties = [(camel or plain, plain) for camel, plain in GETTER.findall(text)]

    assert f"class {name}(pulumi.CustomResource)" in text
    assert properties
    assert [plain for camel, plain in properties if snake(camel) != plain] == []


@pytest.mark.skipif(CHECKER is None, reason="CENGUARD_NODE names no folder with typescript and @pulumi/alicloud installed")
@pytest.mark.parametrize("name", ["ts-misarea", "ts-basic-no-package"])
def test_typescript_is_type_checked(name, tmp_path):
    (tmp_path / "node_modules").symlink_to(Path(CHECKER) / "node_modules")
    for number, (_, code) in enumerate(carriers(report_of(laid_out(name, tmp_path)))):
        for text in changed(code).values():
            (tmp_path / f"fixed{number}.ts").write_text(text)
    given = ["--noEmit", "--strict", "--module", "commonjs", "--moduleResolution", "node", "--target", "es2020", "--skipLibCheck"]
    files = sorted(map(str, tmp_path.glob("fixed*.ts")))
    done = subprocess.run(["node_modules/.bin/tsc", *given, *files], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert files
    assert done.returncode == 0, done.stdout
