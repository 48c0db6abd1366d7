"""The problems page: what is wrong with the files of a screening that is being written."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.screening.english import plural
from iop_tui.screening.problems import Problem
from iop_tui.tui.base_screen import HELP, LEAVE, READ_ON, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.text_screen import TextPage


class ProblemsPage(TextPage, Overlay):
    """Every problem, instead of a page of the screening. It closes when the files are fixed, and by no key."""

    HINTS = (READ_ON, HELP, LEAVE)
    GLOSSARY_IN_FOOTER = False

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = tuple(problems)

    def show(self, problems: Sequence[Problem]) -> None:
        """Show other problems."""
        self._problems = tuple(problems)
        self.set_text()

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title("These files cannot be used yet")

    def above(self, width: int) -> Sequence[Block]:
        """What to do."""
        count = len(self._problems)
        said = plural(
            "One problem. Mend it and save the file: this page then goes by itself.",
            "{count} problems. Mend them and save: this page then goes by itself.",
            count,
        )
        return [Paragraph(said.format(count=count), "bold"), GAP]

    def blocks(self, width: int) -> Sequence[Block]:
        """Each with its file and line."""
        blocks: list[Block] = []
        for problem in self._problems:
            blocks += [
                Paragraph(f"{problem.file}:{problem.line}", "bold $key"),
                Paragraph(problem.message, indent=2),
                GAP,
            ]
        return blocks

    def marked(self, *parts: Sequence[Block]) -> Sequence[Sequence[Block]]:
        """Does nothing: this page is about files."""
        return parts

    def action_back(self) -> None:
        """There is nothing to go back to."""
