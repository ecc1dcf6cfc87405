"""The command as a person runs it, in a process of its own."""

import importlib.metadata
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.earlier import make_earlier

PROGRAM = (sys.executable, "-c", "from ui.cli import main; main()")


class Command:
    """Runs `footnoted` with a home and a library of its own."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.library = folder / "library"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOOTNOTED_", "OPENAI_"))}
        self.environment = {
            **kept,
            "FOOTNOTED_LIBRARY": str(self.library),
            "PYTHONPATH": str(repository),
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        self.folder = folder

    def __call__(self, *arguments: object, given: str | None = None) -> "subprocess.CompletedProcess[str]":
        command = [*PROGRAM, *map(str, arguments)]
        return subprocess.run(
            command,
            capture_output=True,
            input=given,
            text=True,
            encoding="utf-8",
            env=self.environment,
            cwd=self.folder,
            timeout=120,
        )

    def json(self, *arguments: object) -> Any:
        done = self(*arguments, "--json")
        assert done.returncode in (0, 1, 3), done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def command(tmp_path: Path, repository: Path) -> Command:
    return Command(tmp_path, repository)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Command:
    """A command whose library holds the sample corpus."""
    command = Command(tmp_path_factory.mktemp("filled"), repository)
    assert command("ingest", repository / "examples").returncode == 0
    return command


def fails_in_one_line(done: "subprocess.CompletedProcess[str]", code: int, words: str) -> None:
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


# -- what goes right ---------------------------------------------------------------------------------------------------


def test_every_quote_equals_the_file_at_its_span(filled: Command, repository: Path) -> None:
    answer = filled.json("ask", "How long is the Ketteral Canal?")
    texts = [citation for citation in answer["citations"] if citation["path"].endswith((".txt", ".md"))]
    assert texts
    for citation in texts:
        text = (repository / citation["path"]).read_bytes().decode("utf-8-sig")
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_answer_reads_well_in_the_terminal(filled: Command) -> None:
    done = filled("ask", "When did Corravia dig the canal?")
    assert "between 1927 and 1931" in " ".join(done.stdout.split())
    assert "[1] " in done.stdout


def test_a_question_about_something_else_is_not_answered(filled: Command) -> None:
    answer = filled.json("ask", "How many moons does the planet Neptune have?")
    assert (answer["outcome"], answer["citations"], answer["claims"]) == ("abstained", [], [])


def test_a_list_of_questions_gives_one_answer_a_line(filled: Command) -> None:
    path = filled.folder / "questions.txt"
    path.write_text('How long is the canal?\n\n{"id": "q2", "question": "Who is Petra Lindow?"}\n' + "x" * 3000 + "\n")
    done = filled("ask", "--questions", path, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("id") for line in lines] == [None, "q2", None]
    assert "error" in lines[2]
    assert done.returncode == 2


def test_answers_to_a_list_of_questions_stand_apart(filled: Command) -> None:
    path = filled.folder / "two.txt"
    path.write_text("How long is the canal?\nWho is Petra Lindow?\n")
    done = filled("ask", "--questions", path)
    assert "\n\nWho is Petra Lindow?\n" in done.stdout


def test_a_question_is_read_from_standard_input(filled: Command) -> None:
    done = filled("ask", "-", "--json", given="How long is the\nKetteral Canal?\n")
    assert json.loads(done.stdout)["question"] == "How long is the Ketteral Canal?"


def test_nothing_on_standard_input_is_no_question(filled: Command) -> None:
    fails_in_one_line(filled("ask", given=""), 2, "Give either a question or --questions FILE.")


def test_questions_with_turns_are_asked_after_them(filled: Command) -> None:
    path = filled.folder / "turns.jsonl"
    turns = ["How long is the Ketteral Canal?", {"question": "Thanks"}, {"question": "Is it deep?", "answer": "No."}]
    path.write_text(json.dumps({"id": "t1", "question": "When did Corravia dig it?", "turns": turns[:1]}) + "\n")
    with path.open("a") as file:
        file.write(json.dumps({"id": "t2", "question": "and now?", "turns": turns}) + "\n")
    lines = [json.loads(line) for line in filled("ask", "--questions", path, "--json").stdout.splitlines()]
    assert [line["id"] for line in lines] == ["t1", "t2"]
    assert "between 1927 and 1931" in lines[0]["answer"]


def test_turns_that_are_none_are_told_with_their_line(filled: Command) -> None:
    path = filled.folder / "bad.jsonl"
    path.write_text('{"question": "How long is the canal?", "turns": [7]}\n')
    fails_in_one_line(filled("ask", "--questions", path), 2, "bad.jsonl, line 1: 'turns' is not a list")


def test_a_conversation_is_read_from_a_pipe(filled: Command) -> None:
    done = filled("chat", "--json", given="How long is the Ketteral Canal?\nWho dug it?\n")
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["value", "value"]


def test_only_what_is_named_is_asked(filled: Command, repository: Path) -> None:
    name = sorted(path.name for path in (repository / "examples").iterdir() if path.suffix == ".txt")[0]
    answer = filled.json("ask", "How long is the Ketteral Canal?", "--only", name)
    assert {citation["path"].rsplit("/", 1)[1] for citation in answer["citations"]} <= {name}


def test_a_name_that_fits_no_document_is_told(filled: Command) -> None:
    fails_in_one_line(filled("check", "It rains.", "--only", "no such thing"), 2, "No document fits 'no such thing'.")


def test_a_claim_that_a_document_makes_is_supported(filled: Command) -> None:
    assert filled.json("check", "It is 61 kilometres long and has three locks.")["verdict"] == "supported"


def test_a_claim_with_another_number_exits_1(filled: Command) -> None:
    assert filled("check", "It is 62 kilometres long and has three locks.").returncode == 1


def test_a_claim_is_checked_against_a_file_outside_the_library(command: Command) -> None:
    (command.folder / "note.txt").write_text("The mill at Oster burned down on 3 May 2024.")
    judged = command.json("check", "The mill at Oster burned down.", "--document", command.folder / "note.txt")
    assert (judged["verdict"], judged["citations"][0]["path"]) == ("supported", "note.txt")
    assert not command.library.exists()


def test_a_list_of_claims_gives_one_verdict_a_line(filled: Command) -> None:
    path = filled.folder / "claims.txt"
    path.write_text("It is 61 kilometres long and has three locks.\nIt is made of cheese.\n")
    done = filled("check", "--claims", path, "--json")
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["supported", "unsupported"]
    assert done.returncode == 1


def test_doctor_finds_a_sound_library_well(filled: Command) -> None:
    report = filled.json("doctor")
    assert report["problems"] == []
    assert report["library"]["documents"] == 35
    assert all(model["state"] == "sound" for model in report["models"])


def test_doctor_says_that_a_file_is_no_library(command: Command) -> None:
    command.library.write_text("words")
    done = command("doctor")
    assert (done.returncode, "is no folder. Choose another --library." in done.stdout) == (4, True)


def test_the_version_is_told(command: Command) -> None:
    assert command("--version").stdout == f"footnoted {importlib.metadata.version('footnoted')}\n"


def test_doctor_hides_the_key_and_the_password(filled: Command) -> None:
    filled.environment |= {"OPENAI_API_KEY": "topsecret", "FOOTNOTED_BASE_URL": "http://me:hunter2@127.0.0.1:9/v1"}
    done = filled("doctor", "--json")
    for name in ("OPENAI_API_KEY", "FOOTNOTED_BASE_URL"):
        del filled.environment[name]
    assert "topsecret" not in done.stdout
    assert "hunter2" not in done.stdout


def test_a_language_model_that_is_down_still_gives_an_answer(filled: Command) -> None:
    done = filled("ask", "How long is the Ketteral Canal?", "--base-url", "http://127.0.0.1:9/v1", "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["mode"], answer["outcome"], len(answer["notices"])) == (
        0,
        "extractive",
        "answered",
        1,
    )


def test_watching_reads_what_comes_until_it_is_interrupted(command: Command) -> None:
    documents = command.folder / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("The mill at Oster burned down on 3 May 2024.")
    with subprocess.Popen(
        [*PROGRAM, "ingest", "--watch", "--json", str(documents)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=command.environment,
    ) as watching:
        assert watching.stdout is not None
        first = json.loads(watching.stdout.readline())
        (documents / "b.txt").write_text("The barge has three masts.")
        second = json.loads(watching.stdout.readline())
        watching.send_signal(signal.SIGINT)
        _, told = watching.communicate(timeout=60)
    assert (first["added"], second["added"]) == (["documents/a.txt"], ["documents/b.txt"])
    assert "Traceback" not in told


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_without_a_library_ask_says_how_to_make_one(command: Command) -> None:
    fails_in_one_line(command("ask", "Anything?"), 4, "footnoted ingest PATH")


@pytest.mark.parametrize("options", [[], ["--watch"]])
def test_a_missing_path_is_named(command: Command, options: list[str]) -> None:
    fails_in_one_line(command("ingest", *options, command.folder / "nowhere"), 2, "nowhere")


def test_an_empty_folder_is_named(command: Command) -> None:
    (command.folder / "void").mkdir()
    fails_in_one_line(command("ingest", command.folder / "void"), 2, "holds no documents")


def test_each_bad_document_is_one_line_and_the_others_go_in(command: Command) -> None:
    documents = command.folder / "documents"
    documents.mkdir()
    bad = {
        "report.xyz": (b"words", "no reader for '.xyz'"),
        "zero.pdf": (b"", "zero.pdf"),
        "broken.pdf": (b"%PDF-1.7 and then nothing", "broken.pdf"),
        "broken.docx": (b"not a zip", "broken.docx"),
        "binary.txt": (bytes(range(256)) * 20, "binary.txt"),
    }
    for name, (content, _) in bad.items():
        (documents / name).write_bytes(content)
    (documents / "good.txt").write_text("The mill at Oster burned down on 3 May 2024.")
    done = command("ingest", documents)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines), done.stdout.startswith("1 added, 5 failed")) == (3, 5, True), done
    assert {name: sum(words in line for line in lines) for name, (_, words) in bad.items()} == dict.fromkeys(bad, 1)


def test_a_file_that_is_not_utf_8_is_read(command: Command) -> None:
    text = "Der Müller sagte: „Die Mühle in Öster brannte am 3. Mai 2024 völlig nieder, und niemand löschte.“ " * 5
    (command.folder / "alt.txt").write_bytes(text.encode("cp1252"))
    assert command("ingest", command.folder / "alt.txt").returncode == 0
    assert "Mühle" in command("ask", "Wann brannte die Mühle in Öster?").stdout


def test_a_library_of_another_embedder_is_refused(command: Command) -> None:
    script = (
        "import sys; from pathlib import Path; from rag.library.library import DiskLibrary;"
        "DiskLibrary(Path(sys.argv[1]), embedder='other', dimension=3, create=True)"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(command.library)], check=True, env=command.environment, timeout=60
    )
    fails_in_one_line(command("ask", "Anything?"), 4, "made by the embedder other")


def test_a_second_process_that_writes_is_told_to_wait(filled: Command) -> None:
    script = (
        "import sys, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire();"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(filled.library / "writer.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        (filled.folder / "more.txt").write_text("Another report.")
        fails_in_one_line(filled("ingest", filled.folder / "more.txt"), 4, "being written by another process")
        assert filled("ask", "How long is the Ketteral Canal?").returncode == 0
        other.communicate(timeout=30)


@pytest.mark.parametrize("arguments", [["ask"], ["check"], ["ask", "--passages"], ["nonsense"], ["ask", " "]])
def test_wrong_usage_exits_2(filled: Command, arguments: list[str]) -> None:
    done = filled(*arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_a_wrong_setting_exits_2(command: Command) -> None:
    (command.folder / "mine.toml").write_text("passages = 'many'")
    fails_in_one_line(command("ask", "Anything?", "--config", "mine.toml"), 2, "passages")


def test_settings_that_lie_in_the_current_folder_are_told_of_and_not_used(command: Command) -> None:
    (command.folder / "footnoted.toml").write_text("base_url = 'http://127.0.0.1:9/v1'")
    done = command("doctor", "--json")
    assert json.loads(done.stdout)["settings"]["base_url"] is None
    assert done.stderr.count("./footnoted.toml is not read") == 1


def test_escape_sequences_of_a_document_do_not_reach_the_terminal(command: Command) -> None:
    (command.folder / "evil.txt").write_text("The mill at Oster \x1b[2Jburned down \u202eon 3 May 2024.")
    command("ingest", command.folder / "evil.txt")
    out = command("ask", "When did the mill at Oster burn down?").stdout
    assert "burned down" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_doctor_finds_lost_vectors_and_repairs_them(command: Command, repository: Path) -> None:
    command("ingest", repository / "examples/horn-at-dunmar.md")
    shutil.rmtree(command.library / "chroma")
    assert command("doctor").returncode == 4
    assert command("doctor", "--repair").returncode == 0


def test_doctor_tells_of_documents_of_an_earlier_version_and_reads_them_again(
    command: Command, repository: Path
) -> None:
    command("ingest", repository / "examples/horn-at-dunmar.md")
    make_earlier(command.library)
    before, repaired, after = command.json("doctor"), command.json("doctor", "--repair"), command.json("doctor")
    assert [report["library"]["outdated"] for report in (before, repaired, after)] == [1, 0, 0]
    assert [report["warnings"] for report in (before, repaired, after)] == [
        ["1 document was read by an earlier version: run `footnoted ingest` or `footnoted doctor --repair`."],
        ["1 document of an earlier version was read again."],
        [],
    ]


def test_an_eval_run_that_is_worse_than_its_baseline_exits_1(filled: Command, repository: Path) -> None:
    cases = filled.folder / "cases.jsonl"
    lines = (repository / "eval/datasets/sample/cases.jsonl").read_text().splitlines()[:12]
    cases.write_text("\n".join(lines))
    baseline = filled.folder / "baseline.json"
    assert filled("eval", "sample", "--data", cases, "--baseline", baseline, "--accept").returncode == 0
    assert filled("eval", "sample", "--data", cases, "--baseline", baseline).returncode == 0
    filled.environment["FOOTNOTED_ANSWERABLE_AT"] = "1"  # declines everything
    worse = filled("eval", "sample", "--data", cases, "--baseline", baseline)
    del filled.environment["FOOTNOTED_ANSWERABLE_AT"]
    assert worse.returncode == 1


def test_predictions_hold_the_ask_object_of_every_case(filled: Command, repository: Path) -> None:
    cases, out = filled.folder / "two.jsonl", filled.folder / "out.jsonl"
    cases.write_text("\n".join((repository / "eval/datasets/sample/cases.jsonl").read_text().splitlines()[:2]))
    assert filled("eval", "sample", "--data", cases, "--predictions", out).returncode == 0
    predicted = [json.loads(line) for line in out.read_text().splitlines()]
    assert [list(line)[:2] for line in predicted] == [["id", "question"]] * 2
