"""What the program of a plan refers to: from the expressions to the addresses of the resources they name.

References are texts, the most precise first and then its prefixes. They lead through variables up to the calls of a
module, and through outputs down into it; `each` and `count` lead to what the instances are made from. Locals are not in
a plan: what goes through one ends there, unless the files that say what it is made of lie beside the plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.readers.terraform.documents import (
    ConfiguredModule,
    ConfiguredResource,
    Expression,
    ModuleCall,
    Variable,
)
from cenguard.readers.terraform.files import Files
from cenguard.readers.terraform.modules import MOST_STEPS, Module, Repetition
from cenguard.readers.terraform.references import as_a_step, inside, precise, references_in, same_references, steps_of
from cenguard.resources.addresses import DATA, MODULE, apart, segments
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.values import SECRET

MOST_TARGETS = 64
"""Instances of one resource that a property may mean at the most; one that means more means no certain one."""
MISSING: Any = msgspec.UNSET
_IN_MODULE = f"{MODULE}."
_OWN = frozenset({"each", "count", "path", "terraform", "self", "ephemeral"})
"""First words of references to no resource."""
_KEYED = frozenset({"each", "count"})
OURS = f"{ALICLOUD}_"
_OUTPUT_OF = ("terraform_data", "output")
"""Source: https://developer.hashicorp.com/terraform/language/resources/terraform-data."""


class Program:
    """The configuration of a plan, with the instances that the plan has of it."""

    def __init__(
        self,
        root: ConfiguredModule,
        variables: Mapping[str, Variable],
        addresses: Mapping[str, None],
        files: Files,
    ) -> None:
        """Take the root module, the values of its variables, the addresses of all resources, and the program's files."""
        self.files = files
        self._resources: dict[int, dict[str, ConfiguredResource]] = {}
        self.root = Module("", root, self._of(root), None, None, "")
        self._variables = variables
        self._modules: dict[str, Module] = {"": self.root}
        self.addresses = addresses
        """Every instance that exists or is planned."""
        self._behind_locals: dict[tuple[object, ...], list[str]] = {}
        self._given_for: dict[tuple[str, str, bool, bool], list[str]] = {}
        """What calls give for variables, which many resources of a module ask for."""
        self._made_from: dict[tuple[int, str, bool, bool], list[str]] = {}
        self.outputs: dict[str, list[str]] = {}
        """What the outputs of modules with many instances are made of, by the address of the call with the output's name."""
        self._computed: dict[str, frozenset[str]] = {}
        """Arguments of calls of modules whose index is not told, by the names of the modules."""
        self._keyed: dict[tuple[int, str], Any] = {}
        """Values of expressions that give the keys of instances."""
        self._instances: dict[str, list[str]] = {}
        for address in addresses:
            if address.endswith("]") or address.startswith(_IN_MODULE):
                module, _, key = apart(address)
                self.module(module)
                if key:
                    self._instances.setdefault(address[: -len(key)], []).append(address)
        self._complete_modules(self.root, 0)

    def _of(self, module: ConfiguredModule) -> Mapping[str, ConfiguredResource]:
        """What a module's files hold, by address, laid out once for all of its instances."""
        known = self._resources.get(id(module))
        if known is None:
            known = self._resources[id(module)] = {item.address: item for item in module.resources or ()}
        return known

    # ------------------------------------------------------------------ modules

    def module(self, address: str) -> Module | None:
        """The module instance of an address; None where the program has none of it (it was taken out)."""
        if address in self._modules:
            return self._modules[address]
        here = self.root
        parts = segments(address)
        for index in range(0, len(parts) - 1, 2):
            name, key = parts[index + 1]
            call = (here.configured.module_calls or {}).get(name)
            if call is None:
                return None
            here = self._child(here, name, key, call)
        return here

    def _child(self, parent: Module, name: str, key: str, call: ModuleCall) -> Module:
        known = parent.children.setdefault(name, {})
        found = known.get(key)
        if found is None:
            prefix = f"{parent.prefix}{MODULE}.{name}{key}."
            resources = self._of(call.module)
            found = known[key] = Module(prefix, call.module, resources, parent, call, key)
            self._modules[found.address] = found
        return found

    def _complete_modules(self, module: Module, depth: int) -> None:
        """Modules without a resource of their own, which only hand values on."""
        if depth > MOST_STEPS:
            return
        for name, call in (module.configured.module_calls or {}).items():
            if not call.may_be_empty and name not in module.children:
                self._child(module, name, "", call)
            for child in list(module.children.get(name, {}).values()):
                self._complete_modules(child, depth + 1)

    @property
    def modules(self) -> Iterable[Module]:
        """Every module instance."""
        return self._modules.values()

    def instances(self, base: str) -> Sequence[str]:
        """Addresses of the instances of a resource, whose address without key is given."""
        found = self._instances.get(base)
        if found is not None:
            return found
        return (base,) if base in self.addresses else ()

    # ------------------------------------------------------------------ references

    def targets(
        self,
        references: Sequence[str],
        module: Module,
        own: Repetition | None,
        *,
        exact: bool = True,
        whole: bool = False,
        depth: int = 0,
    ) -> list[str]:
        """Addresses that references lead to: of resources, of data sources, and of what cannot be followed (`local.x`).

        `own` is what the resource that refers is made from. Without `exact`, an index is taken to mean any instance. With
        `whole`, a member of a local value means all of it, and an instance of a module all of them: so does what waits for it.
        """
        if 2 <= len(references) <= 3 and references[0].startswith(references[-1]):  # one resource
            plain = module.prefix + references[1]
            if plain in self.addresses and references[-1].startswith(OURS):
                return [plain]
        if depth > MOST_STEPS:
            return []
        hint = self._hint(references, own) if exact and own is not None and own.key else ""
        found: dict[str, None] = {}
        for reference in precise(references):
            head = reference.partition(".")[0].partition("[")[0]
            more: dict[str, Any] = {"exact": exact, "whole": whole, "depth": depth + 1}
            if head == "each" and own is not None and own.made_from is not None and not reference.startswith("each.key"):
                for target in self._behind_each(reference, own, own.made_from, **more):
                    found[self._narrowed(target, own.key) if exact else target] = None
            elif head == "var":
                found.update(dict.fromkeys(self._given(reference, module, **more)))
            elif head == "local" and "." in reference:
                found.update(dict.fromkeys(self._from_local(reference, module, hint, **more)))
            elif head == MODULE:
                found.update(dict.fromkeys(self._handed_out(reference, module, hint, **more)))
            elif head not in _OWN:
                found.update(dict.fromkeys(self._echoed(reference, module, hint, **more) or self._named(reference, module, hint)))
        return list(found)

    def hangs_on_key(self, references: Sequence[str], own: Repetition) -> bool:
        """Whether what references lead to may be another thing for each instance of what `own` is an instance of."""
        heads = {reference.partition(".")[0].partition("[")[0] for reference in references}
        if heads.isdisjoint(_KEYED):
            return False
        if not heads <= _OWN | {"var"}:  # an index of something else
            return True
        behind = [] if own.made_from is None else [*precise(own.made_from.references or ())]
        return "each" in heads and (
            any(item.startswith("local.") for item in behind) or bool(self.targets(behind, own.module, None))
        )

    def _hint(self, references: Sequence[str], own: Repetition) -> str:
        """The key that `x[count.index]`, `x[each.key]` or `x[each.value]` means; empty where that cannot be told."""
        if "count.index" in references or "each.key" in references:
            return own.key
        if "each.value" in references:
            if own.made_from is None:  # a set that is written out
                return own.key
            given = self._keys_of(own.made_from, own.module)
            if isinstance(given, list):
                return own.key
            value = given.get(own.key[2:-2]) if isinstance(given, dict) else None
            return f'["{value}"]' if isinstance(value, str) else f"[{value}]" if isinstance(value, int) else ""
        return ""

    def _keys_of(self, made_from: Expression, module: Module) -> Any:
        """The value that the keys of instances come from, looked up once for all of them."""
        asked = (id(made_from), module.prefix)
        if asked not in self._keyed:
            self._keyed[asked] = self.constant(made_from, module)
        return self._keyed[asked]

    def _behind_each(
        self, reference: str, own: Repetition, made_from: Expression, *, exact: bool, whole: bool, depth: int
    ) -> list[str]:
        """What a reference to `each.value` leads to, by the expression that gives the keys; all but a local value is the same for each."""
        inner = [*precise(made_from.references or ())]
        if exact and len(inner) == 1 and inner[0].startswith("local."):
            inner = [inner[0] + as_a_step(own.key) + reference.removeprefix("each.value")]
            return self.targets(inner, own.module, None, exact=exact, whole=whole, depth=depth)
        asked = (id(made_from), own.module.prefix, exact, whole)
        known = self._made_from.get(asked)
        if known is None:
            self._made_from[asked] = []  # what names itself ends here
            known = self._made_from[asked] = self.targets(inner, own.module, None, exact=exact, whole=whole, depth=depth)
        return known

    def _narrowed(self, target: str, key: str) -> str:
        """The instance of the same key, where a resource stands for all of its instances."""
        base = without_key(target)
        same = base + key
        return same if same in self.addresses else target

    def _from_local(self, reference: str, module: Module, hint: str, *, exact: bool, whole: bool, depth: int) -> list[str]:
        """What a local value is made of, by the files; its own address where they do not tell."""
        name, path = steps_of(reference)
        value = self.files.locals_of(module).get(name)
        if value is None:
            return [f"{module.prefix}local.{name}"]
        if whole or not exact:
            path = []
        elif hint and value.has([*path, as_a_step(hint)]):
            path.append(as_a_step(hint))
        asked = (module.address, name, *path, exact, whole)
        known = self._behind_locals.get(asked)
        if known is None:
            self._behind_locals[asked] = []  # one that is made of itself ends here
            refs = value.made(path).references
            known = self._behind_locals[asked] = self.targets(refs, module, None, exact=exact, whole=whole, depth=depth)
        return known

    def _given(self, reference: str, module: Module, *, exact: bool, whole: bool, depth: int) -> list[str]:
        """What the call of a module gives for a variable."""
        if module.parent is None or module.call is None:
            return []
        name = segments(reference)[1][0] if "." in reference else ""
        exact = exact and name not in self._blurred(module)
        asked = (module.prefix, name, exact, whole)
        known = self._given_for.get(asked)
        if known is None:
            self._given_for[asked] = []  # what names itself ends here
            refs = list(references_in((module.call.expressions or {}).get(name)))
            known = self.targets(refs, module.parent, module.repetition, exact=exact, whole=whole, depth=depth) if refs else []
            self._given_for[asked] = known
        return known

    def _blurred(self, module: Module) -> frozenset[str]:
        """Arguments of a module's call in which some index may be another than the instance's own: `hub[count.index + 1].id`."""
        if module.call is None or module.repetition is None or not module.repetition.key:
            return frozenset()
        asked = ".".join(module.names)
        if asked not in self._computed:
            written = self.files.computed_arguments(module)
            if written is None:  # a number is computed with, a text hardly ever
                written = same_references((module.call.expressions or {}) if module.call.count_expression else {})
            self._computed[asked] = written
        return self._computed[asked]

    def _handed_out(self, reference: str, module: Module, hint: str, *, exact: bool, whole: bool, depth: int) -> list[str]:
        """What the outputs of a module are made of."""
        parts = segments(reference)
        if len(parts) < 2:
            return []
        name, key = parts[1]
        children = module.children.get(name, {})
        wanted = children.values() if whole or not key else [children[key]] if key in children else []
        if not key and hint and hint in children:
            wanted = [children[hint]]
        outputs = [parts[2][0]] if len(parts) > 2 else None
        known = ".".join((f"{module.prefix}{MODULE}.{name}", *(outputs or ())))
        if whole and known in self.outputs:
            return [known]
        found: dict[str, None] = {}
        for child in wanted:
            for output, value in (child.configured.outputs or {}).items():
                if (outputs is None or output in outputs) and value.expression and value.expression.references:
                    refs = value.expression.references
                    found.update(dict.fromkeys(self.targets(refs, child, None, exact=exact, whole=whole, depth=depth)))
        if whole and len(found) > MOST_TARGETS:
            self.outputs[known] = list(found)
            return [known]
        return list(found)

    def _echoed(self, reference: str, module: Module, hint: str, *, exact: bool, whole: bool, depth: int) -> list[str]:
        """What an argument of another provider's resource is made of, where that argument is what a reference names.

        It keeps the value that the program gives, and so hands it on: `terraform_data.hub.output` is its `input`. What
        waits for it waits for that resource all the same.
        """
        kind = reference.partition(".")[0]
        if whole or kind in (DATA, "") or kind.startswith(OURS):
            return []
        (_, _), (name, key), *rest = *segments(reference), ("", "")
        configured = module.resources.get(f"{kind}.{name}")
        if configured is None or not rest[0][0]:
            return []
        attribute = "input" if (kind, rest[0][0]) == _OUTPUT_OF else rest[0][0]
        expression = configured.expressions.get(attribute)
        written = self.files.argument_of(module, kind, name, attribute) if expression is not None else None
        if written is not None:
            path = steps_of(f"x.y{rest[0][1]}" + "".join(f".{word}{more}" for word, more in rest[1:-1]))[1]
            refs = list(written.made(path).references)
        else:
            refs = list(references_in(expression))
        own = Repetition(key or hint, configured.for_each_expression, module)
        return self.targets(refs, module, own, exact=exact, whole=whole, depth=depth)

    def _named(self, reference: str, module: Module, hint: str) -> list[str]:
        """The instances of a resource or data source that is named."""
        parts = segments(reference)
        data = parts[0][0] == DATA
        if len(parts) < 2 + data:
            return []
        start = int(data)
        kind, (name, key) = parts[start][0], parts[start + 1]
        base = f"{module.prefix}{'data.' if data else ''}{kind}.{name}"
        if data:
            return [base + key + _output(kind, parts[3:])]
        if key:
            return [base + key]
        there = self.instances(base)
        if hint and base + hint in self.addresses and there != [base]:
            return [base + hint]
        return list(there) if there and len(there) <= MOST_TARGETS else [base]

    # ------------------------------------------------------------------ constants

    def constant(self, expression: Any, module: Module, depth: int = 0) -> Any:
        """The value of an expression that is a constant, or a variable with a known value; MISSING for any other.

        A text that is built around a variable cannot be told from the variable: whoever asks looks whether it fits.
        """
        if isinstance(expression, Expression):
            constant, references = expression.constant_value, expression.references
        elif isinstance(expression, dict):
            constant, references = expression.get("constant_value", MISSING), expression.get("references")
        else:
            return MISSING
        if constant is not MISSING:
            return constant
        wanted = list(precise(references)) if isinstance(references, list) else []
        if len(wanted) != 1 or depth > MOST_STEPS:
            return MISSING
        if wanted[0].startswith("local."):  # only where an expression is no more than its name
            return self._constant_of_local(wanted[0], module, depth + 1)
        if not wanted[0].startswith("var."):
            return MISSING
        (_, _), (name, key), *path = segments(wanted[0])
        if module.parent is not None and module.call is not None:
            value = self.constant((module.call.expressions or {}).get(name), module.parent, depth + 1)
        else:
            about = (module.configured.variables or {}).get(name)
            if about is not None and about.sensitive:
                return SECRET
            given = self._variables.get(name)
            value = given.value if given is not None else MISSING
        return inside(value, key, path)

    def _constant_of_local(self, reference: str, module: Module, depth: int) -> Any:
        name, path = steps_of(reference)
        value = self.files.locals_of(module).get(name)
        if value is None:
            return MISSING
        made = value.made(path)
        if made.is_alias:
            return self.constant(Expression(references=list(made.references)), module, depth)
        return MISSING if made.references else made.constant


def _output(kind: str, parts: Sequence[tuple[str, str]]) -> str:
    """Of a remote state, the output that is read of it."""
    return f".outputs.{parts[1][0]}" if kind == "terraform_remote_state" and len(parts) > 1 and parts[0][0] == "outputs" else ""


def without_key(address: str) -> str:
    """An address without the instance key at its end.

    >>> without_key('module.a["x"].alicloud_vpc.net["b[c"]'), without_key("alicloud_vpc.net[0]")
    ('module.a["x"].alicloud_vpc.net', 'alicloud_vpc.net')
    """
    return address[: len(address) - len(apart(address)[2])] if address.endswith("]") else address
