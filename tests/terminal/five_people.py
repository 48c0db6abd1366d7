"""Five people, each walked through all pages in a real terminal: `python -m tests.terminal.five_people DIR`.

Every page that they see is written as text, `DIR/<person>-<language>-<size>/<number>-<page>.txt`, and so is the file
that they save: for whoever wants to look at the product as a person meets it, in every size and language.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.engine.interview import (
    Alarmed,
    Asking,
    Interview,
    NotAnswered,
    Reviewing,
    ShowingResult,
    begin,
)
from iop_tui.screening.i18n.language import _, use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.answers import Answer, Unknown
from tests.bounded import rounds
from tests.harness.keys import keys_for
from tests.shipped import CASES, SHIPPED
from tests.terminal.conftest import USUAL, WIZARD
from tests.terminal.terminal import ENTER_KEY, LEFT, RIGHT, Terminal

SIZES = ((60, 20), (80, 24), (120, 40), (200, 50))
LANGUAGES = ("en", "es")


class Person(Struct, frozen=True):
    """Somebody: the example person whose answers they give, and those that are different."""

    like: str
    but: Mapping[str, Answer] = {}

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What they answer; they skip what it does not name."""
        case = next(case for case in CASES if case.id == self.like)
        return {**case.answers, **self.but}


PEOPLE: Mapping[str, Person] = {
    "mild-anxiety": Person("student_with_panic"),
    "wine-every-night": Person("nurse_with_wine"),
    "fentanyl-and-meth": Person(
        "fentanyl_without_a_home",
        {"help_with": ("opioids", "stimulants"), "daily_use": ("stimulants", "opioids")},
    ),
    "parent-of-a-girl-of-16": Person(
        "student_with_panic",
        {
            "who_for": "someone_else",
            "age_group": "teen",
            "help_with": ("mood",),
            "suicide_thoughts": "passing",
            "suicide_plan": "none",
            "suicide_safety": "safe",
            "suicide_trend": "same",
            "self_harm": ("hurt_self",),
            "troubles": ("low", "worry", "eating"),
            "eating_danger": ("none",),
            "eating_signs": ("little",),
            "daily_life": "most",
        },
    ),
    "a-plan": Person("plan_to_end_life"),
}


class Walk:
    """One person in front of one terminal."""

    def __init__(self, terminal: Terminal, into: Path) -> None:
        self.terminal = terminal
        self._into = into
        self._numbers = itertools.count()
        into.mkdir(parents=True)

    def keep(self, name: str) -> None:
        """Write down what is on the screen, once nothing moves."""
        self.terminal.until_idle()
        text = "\n".join(map(_line, self.terminal.cells)) + "\n"
        (self._into / f"{next(self._numbers):02}-{name}.txt").write_text(text, encoding="utf-8")

    def look(self, key: str, name: str) -> None:
        """A page that lies over another, and back."""
        self.press(key)
        self.keep(name)
        self.press(LEFT)

    def press(self, keys: str) -> None:
        """Keys, and until all that they bring is drawn."""
        self.terminal.press(keys)
        self.terminal.until_idle()

    def to_the_end(self, interview: Interview, answers: Mapping[str, Answer]) -> None:
        """Every page from the welcome page on."""
        self.terminal.wait(_("Start the questions"))
        self.terminal.wait_running()
        self.keep("welcome")
        for key, name in (("a", "about"), ("2", "compare"), ("h", "help"), ("d", "display")):
            self.look(key, name)
        self.press("1")
        reached = self._asked(interview, answers)
        if not isinstance(reached.step, Reviewing):
            return
        self.terminal.wait(_("Check your answers"))
        self.keep("review")
        self.press(ENTER_KEY)
        shown = reached.confirmed()
        self.result()
        if isinstance(shown.step, ShowingResult) and shown.step.more.most:
            self.press("a")
            self._asked(shown.continued(), answers)
            self.result()
        for key, name in (("m", "contents"), ("c", "compare-all"), ("g", "words")):
            self.look(key, name)
        self.press("s")
        self.keep("save")
        self.press(ENTER_KEY)
        self.keep("saved")

    def _asked(self, interview: Interview, answers: Mapping[str, Answer]) -> Interview:
        """Every question up to the review, the result, or a danger that stops them; where the interview then is."""
        for _round in rounds("the review or the result"):
            step = interview.step
            if isinstance(step, Asking):
                if _("Good to know") in self.terminal.text:
                    self.keep("notice")
                    self.press(ENTER_KEY)
                question = interview.wording.question(step.question.id)
                self.terminal.wait(" ".join(question.ask.split()))
                self.keep(question.id)
                given = answers.get(question.id, Unknown.SKIPPED)
                self.press(keys_for(question, given))
                interview = interview.answer(given)
            elif isinstance(step, (Alarmed, NotAnswered)):
                page = step.alarm.page if isinstance(step, Alarmed) else step.page
                self.terminal.wait(interview.wording.pages[page].title)
                self.keep(f"danger-{page}")
                if isinstance(step, Alarmed) and step.alarm.urgency == "now":
                    self.look("1", "with-someone")
                    self.look("w", "the-call")
                    break
                self.press("1")
                interview = interview.acknowledged()
            else:
                break
        return interview

    def result(self) -> None:
        """The card, and every page behind it."""
        self.terminal.wait(_("Your result"))
        self.press("\x1b[H")
        self.keep("card")
        head = self.terminal.lines[0], self.terminal.lines[1]
        for _round in rounds("the card once more", 60):
            self.press(RIGHT)
            if (self.terminal.lines[0], self.terminal.lines[1]) == head:
                break
            self.keep("chapter")


def _line(cells: Sequence[tuple[object, ...]]) -> str:
    """A line of the screen. A blank in reverse is ink of a large letter; one under the cursor has a ground, too."""
    return "".join("█" if data == " " and more[-1] else str(data) for data, *more in cells).rstrip()


def walk(name: str, language: str, size: tuple[int, int], top: Path) -> Path:
    """Walk one person in one window; where their pages are."""
    into = top / f"{name}-{language}-{size[0]}x{size[1]}"
    use(language)
    try:
        screening = in_language(SHIPPED, language) if language != "en" else SHIPPED
        with tempfile.TemporaryDirectory(prefix="iop-") as home:
            env = {**USUAL, "HOME": home, "COLORTERM": "truecolor"}
            terminal = Terminal([*WIZARD, "--language", language], cwd=Path(home), env=env, size=size)
            try:
                Walk(terminal, into).to_the_end(begin(screening), PEOPLE[name].answers)
            finally:
                terminal.close()
            for saved in Path(home).glob("*.txt"):
                (into / "saved-file.txt").write_text(saved.read_text(encoding="utf-8"), encoding="utf-8")
    finally:
        use("en")
    return into


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk them all, or those that are named; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.terminal.five_people", description=__doc__)
    parser.add_argument("directory", type=Path, help="where the pages are written; must not exist yet")
    parser.add_argument("--person", choices=PEOPLE, action="append", help="only this one; may be repeated")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--size", choices=[f"{c}x{r}" for c, r in SIZES], action="append")
    wished = parser.parse_args(arguments)
    if wished.directory.exists():
        parser.error(f"{wished.directory} exists already: name a directory that does not")
    sizes: Iterable[tuple[int, int]] = [s for s in SIZES if not wished.size or f"{s[0]}x{s[1]}" in wished.size]
    for name, language, size in itertools.product(wished.person or PEOPLE, wished.language or LANGUAGES, sizes):
        print(walk(name, language, size, wished.directory), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
