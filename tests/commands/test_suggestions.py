"""`cenguard comment` suggests fixes on the lines of a change."""

import pytest

from tests.commands.platforms import TOKEN
from tests.commands.test_cli import run
from tests.findings.placing import carriers, changed, laid_out, report_of


class TestSuggestions:
    """A fix on the lines that a change adds, from a program, its preview and the diff of the change, as a job has them."""

    PROGRAM = "ts-basic-no-package"

    @pytest.fixture
    def checked(self, tmp_path):
        document = laid_out(self.PROGRAM, tmp_path)
        done = run("check", "preview.json", "--format", "json", cwd=document.parent)
        (tmp_path / "r.json").write_bytes(done.stdout)
        return document.parent

    @staticmethod
    def diff(path, first, last):
        """What a server says of a file some lines of which are new."""
        lines = path.read_text().split("\n")
        rows = [f"{'+' if first <= number <= last else ' '}{line}" for number, line in enumerate(lines, 1)]
        return "\n".join([f"@@ -1,{len(lines) - (last - first + 1)} +1,{len(lines)} @@", *rows])

    def posted(self, server):
        return sorted(server.suggested.values(), key=lambda item: item["body"])

    @staticmethod
    def place(item):
        position = item.get("position", item)
        return position.get("new_path", position.get("path")), position.get("new_line", position.get("line"))

    def applied(self, text, item):
        """The file after a click."""
        _, _, rest = item["body"].partition("```suggestion")
        form, _, rest = rest.partition("\n")
        new = rest.rpartition("\n```")[0]
        last = self.place(item)[1]
        first = last - int(form[2:].partition("+")[0]) if form else item.get("start_line", last)
        lines = text.split("\n")
        return "\n".join([*lines[: first - 1], new, *lines[last:]])

    def test_a_click_mends_the_program(self, tmp_path, server, job, checked):
        program = checked / "index.ts"
        server.patches = {"net/index.ts": self.diff(program, 1, 200)}
        done = run("comment", tmp_path / "r.json", env=job)

        assert done.stdout.decode() == "comment: posted\nsuggestions: 2 on lines of the change\n"
        said = {item["body"].partition("**")[2][:6]: item for item in self.posted(server)}
        assert set(said) == {"CEN201", "CEN403"}
        assert {self.place(item)[0] for item in said.values()} == {"net/index.ts"}
        report = report_of(checked / "preview.json")
        for finding, code in carriers(report):
            if finding.rule in said and code.bound:
                (expected,) = changed(code).values()
                assert self.applied(program.read_text(), said[finding.rule]) == expected
        assert "it buys" in said["CEN201"]["body"]
        assert said["CEN201"].get("commit_id", said["CEN201"].get("position", {}).get("head_sha")) == "h" * 40

    def test_it_is_said_once_and_taken_away_when_it_is_over(self, tmp_path, server, job, checked):
        server.patches = {"index.ts": self.diff(checked / "index.ts", 1, 200)}
        run("comment", tmp_path / "r.json", env=job)
        first = dict(server.suggested)
        run("comment", tmp_path / "r.json", env=job)
        assert server.suggested == first

        whose = {"id": 9, "type": "User"}
        persons = {
            1: {"body": "a person's", "path": "index.ts", "line": 3},
            2: {
                "body": next(iter(first.values()))["body"] + "\nWhy?",
                "path": "index.ts",
                "line": 3,
                "user": whose,
                "author": whose,
            },
        }
        server.suggested |= persons
        server.patches = {}
        done = run("comment", tmp_path / "r.json", env=job)
        assert done.stderr == b""
        assert server.suggested == persons

    @pytest.mark.parametrize(
        ("lines", "rules"),
        [((38, 38), ["CEN201"]), ((39, 39), ["CEN201"]), ((43, 46), ["CEN403"]), ((43, 45), []), ((1, 30), [])],
        ids=["the line above", "the line below", "all of its places", "some of its places", "elsewhere"],
    )
    def test_only_lines_that_the_change_adds(self, tmp_path, server, github, checked, lines, rules):
        server.patches = {"index.ts": self.diff(checked / "index.ts", *lines)}
        run("comment", tmp_path / "r.json", env=github)

        assert [item["body"].partition("**")[2][:6] for item in self.posted(server)] == rules

    def test_not_where_the_check_saw_other_lines(self, tmp_path, server, job, checked):
        program = checked / "index.ts"
        program.write_text("\n" + program.read_text())
        server.patches = {"index.ts": self.diff(program, 1, 200)}
        done = run("comment", tmp_path / "r.json", env=job)

        assert done.stdout == b"comment: posted\n"
        assert server.suggested == {}

    def test_a_server_that_does_not_take_them_costs_no_comment(self, tmp_path, server, job, checked):
        server.patches = {"index.ts": self.diff(checked / "index.ts", 1, 200)}
        server.suggest = lambda *_: 1 / 0
        done = run("comment", tmp_path / "r.json", env=job)

        assert (done.returncode, done.stdout) == (0, b"comment: posted\n")
        assert done.stderr.startswith(b"cenguard: no suggestions: http://127.0.0.1")
        assert TOKEN.encode() not in done.stderr
