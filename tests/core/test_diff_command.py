"""`iop-tui diff`: directories and revisions, what is printed, and with which status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from iop_tui.platform.git_revision import NoRevision, directory_at, is_revision
from tests import program
from tests.core.authored import spoil, write

WITHOUT_Z3 = """
import importlib.util, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "z3" else find(name, *more)
sys.modules["z3"] = None
from iop_tui.__main__ import main
main()
"""
FEW = ("--sheets", "500")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return write(tmp_path / "new")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one revision, the current directory; `clinic` is the screening. Temporary files go beside."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    top = tmp_path / "top"
    write(top / "clinic")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(top)
    git("init", "-q", "-b", "main")
    commit()
    return top


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)  # noqa: S607  # the git that is installed


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "A change")


def weaken(directory: Path) -> None:
    spoil(directory, "mind.yaml", "{id: dark, at_least: php", "{id: dark, at_least: iop")


# ---- what is printed -------------------------------------------------------------------------------------------------


def test_equal_screenings_end_with_status_0(old: Path, new: Path) -> None:
    done = program.run("diff", old, new, *FEW)
    assert (done.returncode, done.stderr) == (0, "")
    assert "equal in everything that the program reads" in " ".join(done.stdout.split())


def test_the_first_line_says_who_gets_more_and_less_and_then_who_that_is(old: Path, new: Path) -> None:
    weaken(new)
    done = program.run("diff", old, new, *FEW)
    assert (done.returncode, done.stderr) == (1, "")
    first, text = done.stdout.splitlines()[0], " ".join(done.stdout.split())
    assert first.startswith("Of 100 random answer sheets, none get more care, ")
    assert "Of 6 example people, 0 get more care, 1 get less, and 0 keep their level" in text
    assert "php or more care Someone like this no longer gets it" in text
    assert "(mood): Very dark" in text
    assert "need dark: changed in at_least at_least: - php + iop" in text
    assert "dark_not_alone: less care, from php to iop" in text
    assert "seed 2026" in text


def test_json_has_every_entry_with_kind_and_id(old: Path, new: Path) -> None:
    weaken(new)
    done = program.run("diff", old, new, "--json", *FEW)
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert (document["equal"], document["solved"], document["sheets"]["count"]) == (False, True, 500)
    [change] = document["changes"]
    assert (change["kind"], change["id"], change["how"]) == ("need", "dark", "changed")
    assert change["fields"] == [{"name": "at_least", "aspect": "rule", "old": "php", "new": "iop", "pieces": []}]
    [reach] = document["reaches"]
    assert (reach["id"], reach["lost"]["example"]["old"]) == ("php", {"mood": "dark"})


def test_markdown_shows_texts_literally(old: Path, new: Path) -> None:
    spoil(new, "mind.yaml", "because: Your mood is low.", 'because: "Your <b>mood</b> is *low*, ``` so."')
    done = program.run("diff", old, new, "--markdown", *FEW)
    assert done.returncode == 1
    assert "No level, alarm, stop or first step changes for anybody: that is proved" in done.stdout
    assert "\n### Needs: how much care\n\n- need low: changed in because\n" in done.stdout
    assert (
        "  ````diff\n  # because\n  - Your mood is low.\n  + Your <b>mood</b> is *low*, ``` so.\n  ````\n"
        in done.stdout
    )


def test_json_and_markdown_are_two_things(old: Path, new: Path) -> None:
    done = program.run("diff", old, new, "--json", "--markdown")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ask for one" in done.stderr


def test_screenings_with_other_names_are_compared_and_said_to_be_so(old: Path, new: Path) -> None:
    spoil(new, "screening.yaml", "id: sound", "id: my-clinic")
    done = program.run("diff", old, new, *FEW)
    assert done.returncode == 1
    assert "They have different names, 'sound' and 'my-clinic'" in " ".join(done.stdout.split())


def test_without_the_solver_one_line_says_what_is_not_proved(old: Path, new: Path) -> None:
    weaken(new)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_Z3, "diff", old, new, *FEW],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    text = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (1, "")
    assert text.count("The solver is not installed (pip install 'iop-tui[prove]')") == 1
    assert "php or more care Someone like this no longer gets it" in text


# ---- bad input -------------------------------------------------------------------------------------------------------


def test_faults_are_named_in_the_words_of_check_and_of_both_versions(old: Path, new: Path) -> None:
    spoil(old, "mind.yaml", "when: {mood: dark}", "when: {mood: drak}")
    spoil(new, "mind.yaml", "{mood: dark}, {nights: alone}", "{mood: dark}, {mood: low}")
    checked = [program.run("check", directory).stdout.splitlines() for directory in (old, new)]
    done = program.run("diff", old, new)
    assert (done.returncode, done.stdout) == (2, "")
    told = done.stderr.splitlines()
    assert len(told) >= 2
    assert set(told) <= {line for lines in checked for line in lines}


def test_example_people_that_cannot_be_read_are_left_out_and_named(old: Path, new: Path) -> None:
    weaken(new)
    spoil(new, "cases/people.yaml", "answers: {mood: low, nights: alone}", "answers: {mood: lower, nights: alone}")
    done = program.run("diff", old, new, *FEW)
    assert done.returncode == 1
    assert "lower" in done.stderr
    assert f"these example people of {new} are left out" in done.stderr


def test_a_directory_that_is_not_there(old: Path, tmp_path: Path) -> None:
    done = program.run("diff", old, tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stderr.endswith("nowhere:1: error: there is no such directory\n")


# ---- revisions -------------------------------------------------------------------------------------------------------


def test_a_revision_is_compared_with_the_files_of_today_and_nothing_is_left_behind(
    repository: Path, tmp_path: Path
) -> None:
    assert program.run("diff", "HEAD:clinic", "clinic", *FEW).returncode == 0
    weaken(repository / "clinic")
    done = program.run("diff", "HEAD:clinic", "clinic", *FEW)
    assert done.returncode == 1
    assert "Compared: HEAD:clinic (sound 1) and clinic (sound 1)." in done.stdout
    commit()
    assert program.run("diff", "main~1:clinic", "main:clinic/", *FEW).stdout.count("php or more care") == 1
    assert list((tmp_path / "temporary").iterdir()) == []


def test_faults_of_a_revision_are_named_with_it(repository: Path, tmp_path: Path) -> None:
    spoil(repository / "clinic", "mind.yaml", "when: {mood: dark}", "when: {mood: drak}")
    commit()
    done = program.run("diff", "HEAD:clinic", "HEAD~1:clinic")
    assert done.returncode == 2
    assert done.stderr.startswith("HEAD:clinic/mind.yaml:")
    assert str(tmp_path) not in done.stderr
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_directory_counts_from_where_one_stands(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "clinic")
    with directory_at("HEAD:.") as here:
        assert {path.name for path in here.iterdir()} == {path.name for path in (repository / "clinic").iterdir()}
    with directory_at("HEAD:cases") as here:
        assert [path.name for path in here.iterdir()] == ["people.yaml"]


def test_odd_names_are_kept_and_links_are_not_followed(repository: Path) -> None:
    (repository / "clinic" / "a b\n\"ü'.yaml").write_text("x")
    (repository / "clinic" / "link.yaml").symlink_to("/etc/hostname")
    commit()
    with directory_at("HEAD:clinic") as here:
        names = {path.name for path in here.iterdir()}
    assert "a b\n\"ü'.yaml" in names
    assert "link.yaml" not in names


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("nothing:clinic", "there is no revision 'nothing' here; 'git log --oneline' lists them"),
        ("--output=x:clinic", "there is no revision '--output=x' here"),
        ("HEAD:surgery", "the revision 'HEAD' has no directory 'surgery'; 'git ls-tree"),
        ("HEAD:clinic/mind.yaml", "the revision 'HEAD' has no directory 'clinic/mind.yaml'"),
        ("HEAD:..", "is outside of the repository"),
        (":clinic", "write it as REVISION:DIR"),
        ("HEAD:", "write it as REVISION:DIR"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_a_revision_that_cannot_be_read(said: str, told: str) -> None:
    done = program.run("diff", "--", said, "clinic")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert told in done.stderr


@pytest.mark.usefixtures("repository")
def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path / "temporary")
    assert "is in no git repository" in program.run("diff", "HEAD:clinic", "clinic").stderr
    monkeypatch.setenv("PATH", str(tmp_path / "temporary"))
    with (
        pytest.raises(NoRevision, match="needs git, which is not installed; install it, or name two directories"),
        directory_at("HEAD:clinic"),
    ):
        pass


def test_a_path_with_a_colon_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "my:clinic")
    assert not is_revision("my:clinic")
    assert program.run("diff", "my:clinic", "my:clinic", *FEW).returncode == 0
