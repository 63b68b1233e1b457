"""The new network as a program of single resources, in every language of the printers."""

from collections.abc import Callable, Mapping

from cenguard.findings.printers import hcl, yaml
from cenguard.findings.printers.words import quoted
from cenguard.sources.project import Language
from cenguard.upgrade.planning import UpgradePlan
from cenguard.upgrade.program_text import Statements, statements_of
from cenguard.upgrade.project_files import Texts, opening, pulumi_yaml, python_project, regions_of

GO_SDK = "github.com/pulumi/pulumi-alicloud/sdk/v3"
_PACKAGE_JSON = """{
  "name": %s,
  "main": "index.ts",
  "devDependencies": {
    "@types/node": "^20"
  },
  "dependencies": {
    "@pulumi/pulumi": "^3.200.0",
    "@pulumi/alicloud": "^3.100.0",
    "typescript": "^5"
  }
}
"""
_TSCONFIG = """{
  "compilerOptions": {
    "strict": true,
    "outDir": "bin",
    "target": "es2020",
    "module": "commonjs",
    "moduleResolution": "node"
  },
  "files": ["index.ts"]
}
"""


def single_program(plan: UpgradePlan, name: str, language: Language, package: str | None) -> Texts:
    """A project of single resources.

    Args:
        plan: what the Basic network becomes, with an id for everything that it names.
        name: the project's name.
        language: its language.
        package: what pip installs cenguard from; None where only this machine has it.
    """
    said = statements_of(plan.new.edits, language, regions_of(plan))
    if language is Language.PYTHON:
        return {**python_project(name, package), "__main__.py": _python(plan, said)}
    return _PROJECTS[language](plan, name, said)


def _python(plan: UpgradePlan, said: Statements) -> str:
    providers = "".join(
        f"{item.variable} = alicloud.Provider({quoted(item.name)}, region={quoted(item.region)})\n" for item in said.providers
    )
    head = f'"""{opening(plan)}"""\n\nimport pulumi\nimport pulumi_alicloud as alicloud\n\n'
    return head + providers + "".join(f"\n{text}\n" for text in said.texts)


def _yaml(plan: UpgradePlan, name: str, said: Statements) -> Texts:
    providers = "".join(
        f"  {item.variable}:\n    type: pulumi:providers:alicloud\n    name: {yaml.string(item.name)}\n"
        f"    properties:\n      region: {yaml.string(item.region)}\n"
        for item in said.providers
    )
    text = "".join(f"{item}\n" for item in said.texts)
    return {"Pulumi.yaml": f"{pulumi_yaml(name, 'yaml', opening(plan))}resources:\n{providers}{text}"}


def _typescript(plan: UpgradePlan, name: str, said: Statements) -> Texts:
    providers = "".join(
        f"const {item.variable} = new alicloud.Provider({quoted(item.name)}, {{ region: {quoted(item.region)} }});\n"
        for item in said.providers
    )
    head = f'// {opening(plan)}\nimport * as alicloud from "@pulumi/alicloud";\n\n'
    return {
        "Pulumi.yaml": pulumi_yaml(name, "nodejs", opening(plan)),
        "package.json": _PACKAGE_JSON % quoted(name),
        "tsconfig.json": _TSCONFIG,
        "index.ts": head + providers + "".join(f"\n{text}\n" for text in said.texts),
    }


def _go(plan: UpgradePlan, name: str, said: Statements) -> Texts:
    providers = [
        f"{item.variable}, err := alicloud.NewProvider(ctx, {quoted(item.name)}, &alicloud.ProviderArgs{{\n"
        f"\tRegion: pulumi.String({quoted(item.region)}),\n}})\nif err != nil {{\n\treturn err\n}}"
        for item in said.providers
    ]
    body = "\n".join(f"\t\t{row}".rstrip() for text in [*providers, *said.texts] for row in text.splitlines())
    imports = [f"{GO_SDK}/go/alicloud", f"{GO_SDK}/go/alicloud/cen", "github.com/pulumi/pulumi/sdk/v3/go/pulumi"]
    head = f"// {opening(plan)}\npackage main\n\nimport (\n" + "".join(f'\t"{item}"\n' for item in imports) + ")\n\n"
    text = f"{head}func main() {{\n\tpulumi.Run(func(ctx *pulumi.Context) error {{\n{body}\n\t\treturn nil\n\t}})\n}}\n"
    module = f"module {name}\n\ngo 1.24\n\nrequire (\n\t{GO_SDK} v3.106.0\n\tgithub.com/pulumi/pulumi/sdk/v3 v3.259.0\n)\n"
    return {"Pulumi.yaml": pulumi_yaml(name, "go", opening(plan)), "go.mod": module, "main.go": text}


def _blocks(plan: UpgradePlan, said: Statements) -> str:
    source = '\n    alicloud = {\n      source = "aliyun/alicloud"\n      version = ">= 1.285"\n    }\n'
    head = f"# {opening(plan)}\nterraform {{\n  required_providers {{{source.replace('source =', 'source  =')}  }}\n}}\n"
    providers = [
        f'provider "alicloud" {{\n  alias  = {quoted(item.variable)}\n  region = {hcl.string(item.region)}\n}}'
        for item in said.providers
    ]
    return head + "".join(f"\n{text}\n" for text in [*providers, *said.texts])


def _hcl(plan: UpgradePlan, name: str, said: Statements) -> Texts:
    return {"Pulumi.yaml": pulumi_yaml(name, "hcl", opening(plan)), "main.tf": _blocks(plan, said)}


def _terraform(plan: UpgradePlan, name: str, said: Statements) -> Texts:  # noqa: ARG001 - a root module has no name
    return {"main.tf": _blocks(plan, said)}


_PROJECTS: Mapping[Language, Callable[[UpgradePlan, str, Statements], Texts]] = {
    Language.YAML: _yaml,
    Language.TYPESCRIPT: _typescript,
    Language.GO: _go,
    Language.HCL: _hcl,
    Language.TERRAFORM: _terraform,
}
