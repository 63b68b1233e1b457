"""Several steps of one URN, and what a document leaves out: cases that no recording has, made from recorded documents."""

import copy
import json

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check, exit_status
from cenguard.judging.options import Options
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from cenguard.readers.steps import note_left_out
from cenguard.resources import tokens
from cenguard.resources.records import UNKNOWN_TEXT, Records, Resource, SourceKind
from tests.readers.documents import RECORDINGS

STACK = "urn:pulumi:dev::network::"


def recorded(path):
    return json.loads((RECORDINGS / path).read_text())


def partial(path):
    return recorded(f"partial/{path}")


def report(*documents, base=None):
    sources = [read_document(json.dumps(item).encode(), f"{index}.json") for index, item in enumerate(documents)]
    given = (read_document(json.dumps(base).encode(), "base.json"),) if base is not None else None
    return check(merge(sources) if len(sources) > 1 else sources, Options(base=given))


def log(*events):
    lines = [{"sequence": index, "timestamp": 1, **event} for index, event in enumerate(events)]
    return "\n".join(map(json.dumps, lines)).encode()


def said(found):
    return {f"{item.rule} {item.verdict} {item.resource}" for item in found.findings if item.rule not in ("CEN403", "CEN407")}


def pairs(found):
    return [(pair.disposition, pair.mbps, pair.mbps_before) for pair in found.pairs]


def entry(state, name):
    return next(item for item in state["deployment"]["resources"] if item["urn"].endswith(f"::{name}"))


class TestRefreshing:
    def test_without_show_sames_the_refresh_steps_hold_the_rest(self):
        document = partial("preview-refresh-drift/preview.json")
        document["steps"] = [item for item in document["steps"] if item["op"] != "same" or "pulumi:Stack" in item["urn"]]
        found = report(document)

        assert (said(found), pairs(found)) == ({"CEN405 violated package"}, [("funded", 4, None)])
        assert "--show-sames" in found.sources[0].notes[0]

    def test_a_limit_is_no_evidence_of_a_package_that_was_found_gone_and_is_made_again(self):
        document = partial("preview-refresh-drift/preview.json")
        stored = next(
            item["oldState"] for item in document["steps"] if item["op"] == "refresh" and item["urn"].endswith("::limit")
        )
        for step in document["steps"]:
            name = step["urn"].rpartition("::")[2]
            if step["op"] != "refresh" and name in ("package", "bound"):
                step["op"], step["oldState"] = "create", None
                step["newState"].pop("id", None)
                step["newState"].pop("outputs", None)
                if name == "bound":
                    step["newState"]["inputs"]["bandwidthPackageId"] = UNKNOWN_TEXT
            elif step["op"] == "create" and name == "limit":
                step.update(op="same", oldState=stored, newState=stored)
        document["changeSummary"] = {"create": 2, "same": 9}
        found = report(document)

        assert (said(found), pairs(found)) == (set(), [("funded", 4, None)])

    def test_the_program_may_run_beside_it(self):
        document = partial("refresh-drift/preview.json")
        for step in document["steps"]:
            step["op"] = "same" if "pulumi:Stack" in step["urn"] else step["op"]
        found = report(document)

        assert (said(found), pairs(found)) == ({"CEN206 violated package", "CEN408 violated core"}, [("unallocated", None, 4)])

    def test_as_events_what_it_found_counts(self):
        events = [{"preludeEvent": {"config": {}}}]
        for step in partial("refresh-drift/preview.json")["steps"]:
            old, new = step["oldState"], step.get("newState")
            events.append({"resourcePreEvent": {"metadata": {"op": "refresh", "urn": step["urn"], "old": old, "new": old}}})
            events.append({"resOutputsEvent": {"metadata": {"op": step["op"], "urn": step["urn"], "old": old, "new": new}}})
        records = read_document(log(*events, {"summaryEvent": {"result": "succeeded"}}), "events")
        found = check([records], Options())

        assert (said(found), pairs(found)) == ({"CEN206 violated package", "CEN408 violated core"}, [("unallocated", None, 4)])
        assert found.purchases == ()

    def test_expiry_does_not_rest_on_it(self):
        document = partial("refresh-drift/preview.json")
        for step in document["steps"]:
            if step["urn"].endswith("::package"):  # nothing of its inputs has drifted
                step["oldState"]["outputs"]["expiredTime"] = "2020-01-01T16:00:00Z"
                step["op"], step["newState"] = "refresh", step["oldState"]

        assert not any(item.rule == "CEN412" for item in report(document).findings)


class TestPlans:
    def test_what_the_state_does_not_have_is_left_out(self):
        plan = recorded("basic-unchanged/plan.json")
        kind = "alicloud:cen/instanceAttachment:InstanceAttachment"
        goal = {"type": kind, "name": "new", "custom": True, "inputDiff": {}, "outputDiff": {}, "protect": False}
        plan["resourcePlans"][f"{STACK}{kind}::new"] = {"goal": goal, "steps": ["same"], "state": None}
        found = report(plan, recorded("basic-unchanged/export.json"))

        assert (pairs(found), found.sources[0].complete, found.summary.new) == ([("funded", 4, 4)], False, None)
        assert "1 resource of the program is left out by --target or --exclude" in found.sources[0].notes[0]

    def test_a_move_with_an_alias_fits(self):
        plan = recorded("basic-unchanged/plan.json")
        old = next(urn for urn in plan["resourcePlans"] if urn.endswith("::limit"))
        moved = plan["resourcePlans"].pop(old)
        moved["goal"]["aliases"] = [old]
        plan["resourcePlans"][old.replace("alicloud:cen/bandwidthLimit", "example:net:Hub$alicloud:cen/bandwidthLimit")] = moved

        assert pairs(report(plan, recorded("basic-unchanged/export.json"))) == [("funded", 4, 4)]


class TestMovingAnAttachment:
    @pytest.mark.parametrize(("resized", "expected"), [("package", {"CEN405 violated package"}), ("second", set())])
    def test_only_the_package_that_it_leaves_was_attached(self, resized, expected):
        document = recorded("basic-unchanged/preview.json")
        steps = {item["urn"].rpartition("::")[2]: item for item in document["steps"]}

        def of_the_second(text):
            return json.loads(json.dumps(text).replace("::package", "::second").replace("cenbwp-", "cenbwp-2"))

        bought = of_the_second(steps["package"])
        document["steps"].insert(document["steps"].index(steps["package"]) + 1, bought)
        steps["second"], moved = bought, steps["bound"]
        moved["op"], moved["newState"] = "replace", of_the_second(moved["oldState"])
        grown = steps[resized]
        grown["op"], grown["newState"] = "update", copy.deepcopy(grown["newState"])
        grown["newState"]["inputs"]["bandwidth"] += 2
        document["changeSummary"] = {"same": 10, "update": 1, "replace": 1}
        found = report(document)

        assert {text for text in said(found) if "CEN405" in text} == expected


class TestOldOnes:
    """What an earlier run could not delete, where `--show-replacement-steps` or a log shows that this one does."""

    FOLDER = "replace-old-not-deleted"

    def test_the_living_one_is_not_deleted_with_it(self):
        document = partial(f"{self.FOLDER}/preview-steps.json")
        document["steps"] = [item for item in document["steps"] if item["op"] != "same" or "pulumi:Stack" in item["urn"]]
        found = report(document, partial(f"{self.FOLDER}/export.json"))

        assert (said(found), pairs(found)) == (set(), [("funded", 4, 4)])
        assert found.sources[0].complete

    def test_a_prepaid_one_stays_billed(self):
        document = partial(f"{self.FOLDER}/preview-steps.json")
        (old,) = [item["oldState"] for item in document["steps"] if item["op"] == "delete-replaced"]
        old["inputs"]["paymentType"] = "PrePaid"
        found = report(document)

        assert (said(found), pairs(found)) == ({"CEN411 violated package"}, [("funded", 4, 4)])

    def test_so_does_one_of_any_terraform_provider(self):
        document = partial(f"{self.FOLDER}/preview-steps.json")
        (old,) = [item["oldState"] for item in document["steps"] if item["op"] == "delete-replaced"]
        old["inputs"]["paymentType"] = "PrePaid"
        bridged = json.dumps(document).replace("alicloud:cen/bandwidthPackage:B", "alicloud:index/cenBandwidthPackage:CenB")

        assert said(report(json.loads(bridged))) == {"CEN411 violated package"}

    @pytest.mark.parametrize("first", [True, False])
    def test_both_of_one_name_are_deleted(self, first):
        document = partial(f"{self.FOLDER}/preview-steps.json")
        leaving = ("package", "bound", "limit")
        old = document["steps"].pop()
        for step in document["steps"]:
            if step["urn"].endswith(tuple(f"::{name}" for name in leaving)):
                step["op"] = "delete"
                del step["newState"]
        document["steps"].insert(0 if first else len(document["steps"]), old)
        document["changeSummary"] = {"same": 8, "delete": 3}
        found = report(document)

        assert said(found) == {"CEN201 violated core", "CEN408 violated core"}


class TestStates:
    def resizing(self):
        state = partial("killed-while-resizing/export.json")
        state["deployment"]["pending_operations"] = []
        return state

    def interrupted(self, name, kind, **inputs):
        state = self.resizing()
        begun = copy.deepcopy(entry(state, name))
        begun["inputs"].update(inputs)
        state["deployment"]["pending_operations"] = [{"resource": begun, "type": kind}]
        if kind in ("creating", "importing", "reading"):
            state["deployment"]["resources"].remove(entry(state, name))
        return state

    @pytest.mark.parametrize("kind", ["importing", "reading"])
    def test_what_a_killed_run_was_reading_may_be_there(self, kind):
        found = report(self.interrupted("bound", kind))

        assert {item.verdict for item in found.findings if item.rule not in ("CEN403", "CEN407")} == {"undetermined"}
        assert [disposition for disposition, *_ in pairs(found)] == ["undetermined"]
        assert "A run was killed while it read bound" in found.sources[0].notes[0]

    def test_what_was_refused_is_open_though_an_update_of_it_was_interrupted(self):
        state = self.interrupted("limit", "updating")
        entry(state, "limit")["initErrors"] = ["refused"]
        found = report(state)

        assert (said(found), pairs(found)) == ({"CEN206 undetermined package"}, [("undetermined", None, None)])

    def test_the_areas_of_an_old_package_stand_in_the_deprecated_list(self):
        state = partial("replace-old-not-deleted/export.json")
        old = state["deployment"]["resources"][-1]
        for key in ("geographicRegionAId", "geographicRegionBId"):
            del old["inputs"][key]
        old["inputs"]["geographicRegionIds"] = ["China"]
        (finding,) = [item for item in report(state).findings if item.rule == "CEN203"]

        assert "China/China" in finding.message

    @pytest.mark.parametrize(
        ("name", "kind", "inputs", "expected", "rules"),
        [
            ("limit", "updating", {"bandwidthLimit": 5}, ("funded", None), set()),
            ("limit", "updating", {"bandwidthLimit": 8}, ("undetermined", None), {"CEN208 undetermined package"}),
            ("limit", "deleting", {}, ("undetermined", None), {"CEN206 undetermined package"}),
            ("limit", "creating", {}, ("undetermined", None), {"CEN206 undetermined package"}),
        ],
    )
    def test_what_holds_both_ways_is_certain(self, name, kind, inputs, expected, rules):
        found = report(self.interrupted(name, kind, **inputs))

        assert [item[:2] for item in pairs(found)] == [expected]
        assert said(found) == rules

    def test_a_size_that_is_wrong_both_ways_is_certain(self):
        state = self.interrupted("limit", "updating", bandwidthLimit=9)
        entry(state, "limit")["inputs"]["bandwidthLimit"] = 8

        assert "CEN208 violated package" in said(report(state))

    def refused(self, *names):
        state = self.resizing()
        for name in names:
            entry(state, name)["initErrors"] = ["\x1b[31mcreating urn:x: refused\x1b[0m\n  by the service"]
        return report(state)

    def test_a_limit_that_was_refused_may_draw_or_not(self):
        found = self.refused("limit")

        assert (pairs(found), said(found)) == ([("undetermined", None, None)], {"CEN206 undetermined package"})
        assert "(creating urn:x: refused by the service)" in found.findings[0].message
        assert "pulumi refresh" in found.findings[0].fix.summary

    def test_a_limit_that_was_accepted_proves_the_attachment_of_its_package(self):
        found = self.refused("bound")

        assert (pairs(found), said(found)) == ([("funded", 4, None)], set())

    def test_a_package_is_bought_whatever_the_answer_was(self):
        found = self.refused("package")

        assert (pairs(found), found.findings, found.purchases) == ([("funded", 4, None)], (), ())

    @pytest.mark.parametrize("deployment", [{"manifest": {}}, None])
    def test_an_empty_stack_is_said_as_that(self, deployment):
        found = report({"version": 3, "deployment": deployment})

        assert (exit_status(found, "mandatory"), found.findings) == (0, ())
        assert found.sources[0].notes[0].startswith("An empty stack")


class TestReplacedUnderWhatStays:
    @pytest.mark.parametrize("name", ["core", "package"])
    def test_a_state_that_is_out_of_date_is_a_question(self, name):
        state = partial("target-replace-instance/export.json")
        entry(state, name)["id"] = entry(state, name)["outputs"]["id"] = "new-id"
        found = report(state)

        assert pairs(found) == [("undetermined", None, None)]
        assert {item.verdict for item in found.findings} == {"undetermined"}
        assert any("pulumi refresh" in item.fix.summary for item in found.findings if item.rule == "CEN201")

    def test_a_replacement_that_stopped_half_way_has_to_be_ended(self):
        found = report(partial("replacement-failed-half-way/export.json"))

        assert pairs(found) == [("undetermined", None, None)]
        assert {"the update that ends it" in item.fix.summary for item in found.findings if item.verdict == "undetermined"} == {
            True
        }

    def test_an_instance_that_is_replaced_with_all_that_hangs_on_it(self):
        document = recorded("basic-unchanged/preview.json")
        kinds = ("cen/instance:", "InstanceAttachment::", "PackageAttachment::", "BandwidthLimit::")
        for step in document["steps"]:
            if any(kind in step["urn"] for kind in kinds):
                step["op"] = "replace"
                if "cen/instance:" not in step["urn"]:
                    step["newState"]["inputs"]["instanceId"] = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
        count = sum(step["op"] == "replace" for step in document["steps"])
        document["changeSummary"] = {"same": len(document["steps"]) - count, "replace": count}
        found = report(document)

        assert said(found) == {"CEN205 violated package", "CEN111 violated core"}
        (moved,) = [item for item in found.findings if item.rule == "CEN205"]
        assert "from the old core" in moved.message


class TestComparing:
    def test_a_base_tells_of_an_interrupted_purchase(self):
        folder = "killed-while-buying"
        found = report(partial(f"{folder}/preview.json"), base=partial(f"{folder}/export.json"))

        assert [item.level for item in found.findings if item.rule == "CEN415"] == ["mandatory"]

    def test_a_base_that_hides_something_is_refused(self):
        with pytest.raises(UnreadableInput, match="--show-sames"):
            report(recorded("basic-unchanged/export.json"), base=recorded("basic-unchanged/preview-default.json"))

    def test_a_targeted_preview_is_a_base_as_the_state_it_leaves(self):
        folder = "target-package-new-region-left-out"
        found = report(partial(f"{folder}/export.json"), base=partial(f"{folder}/preview.json"))

        assert pairs(found) == [("funded", 4, 4)]
        assert found.sources[0].complete

    def test_the_events_after_a_document_are_not_read(self):
        text = (RECORDINGS / "partial" / "up-json" / "up.json").read_bytes()
        found = check([read_document(text, "up.json")], Options())

        assert exit_status(found, "mandatory") == 2
        assert "--skip-preview" in found.findings[-1].message
        assert "--show-sames" not in found.findings[-1].message


def test_what_is_left_out_is_told_apart_from_what_has_its_name():
    """As a component calls a package and its attachment; the head said that the package is left out, and bought."""

    def resource(token, name):
        return Resource(urn=f"urn:pulumi:dev::net::{token}::{name}", type=token)

    package, attachment = resource(tokens.PACKAGE, "a"), resource(tokens.PACKAGE_ATTACHMENT, "a")
    records = Records(
        path="p.json", kind=SourceKind.PREVIEW, resources=[package], left_out=[attachment, resource(tokens.LIMIT, "b")]
    )
    note_left_out(records)

    assert "not made: b and package attachment a." in records.notes[0]
