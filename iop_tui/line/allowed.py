"""Which commands can be typed at each step."""

from __future__ import annotations

from iop_tui.line.commands import Command
from iop_tui.line.pages import passable
from iop_tui.screening.engine.interview import Asking, Interview, Reviewing, ShowingResult

_READING = (Command.MORE, Command.ALL)
_ON_THE_WAY = (Command.WHERE, Command.ANSWERS, Command.CHANGE, Command.COMPARE, Command.OVER)
_ALWAYS = (Command.AGAIN, Command.WORDS, Command.HELP, Command.COMMANDS, Command.QUIT)
_ANSWERING = (Command.NOT_SURE, Command.SKIP, Command.WHY, Command.BACK, Command.NEXT)


def allowed(interview: Interview | None, *, reading: bool, languages: bool) -> tuple[Command, ...]:
    """What can be asked for: at the interview's step, or before the questions where there is no interview. `reading`
    says that there is more to read, `languages` that there is another language.
    """
    more = _READING if reading else ()
    always = (*_ALWAYS, Command.LANGUAGE) if languages else _ALWAYS
    if interview is None:
        return (Command.NEXT, Command.COMPARE, Command.WHERE, Command.OVER, *more, *always)
    step = interview.step
    if isinstance(step, ShowingResult):
        fit = (Command.FIT,) if step.more.most else ()
        return (Command.SAVE, Command.BACK, Command.SUMMARY, *fit, *more, *_ON_THE_WAY, *always)
    if isinstance(step, Asking):
        shown = (Command.SUMMARY,) if interview.continuing else ()
        return (*_ANSWERING, *shown, *_ON_THE_WAY, *more, *always)
    if isinstance(step, Reviewing):
        return (Command.SUMMARY, Command.NEXT, Command.BACK, *_ON_THE_WAY, *more, *always)
    on = (Command.NEXT,) if passable(step) else ()
    return (*on, Command.BACK, Command.WHERE, Command.ANSWERS, Command.OVER, *more, *always)
