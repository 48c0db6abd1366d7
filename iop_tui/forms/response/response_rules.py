"""What is to be said of a response that does not fit its form: the rules, each with its sentences."""

from __future__ import annotations

from iop_tui.forms.reading.rules import Rule

_ASK = "Ask whoever sent it for a corrected file"
_SEE = "Look at it in the file, and answer the question again if it counts"

# ---- the file ----

EMPTY = Rule("empty-file", "The file is empty", "Give the file of a QuestionnaireResponse in JSON")
TOO_BIG = Rule("file-too-big", "The file is too big for a response: more than 8 million bytes", _ASK)
NOT_A_RESPONSE = Rule(
    "not-a-response",
    "The file holds {given}, and not a QuestionnaireResponse",
    "Give the file of a QuestionnaireResponse",
)
MODIFIED = Rule(
    "modifier-extension",
    "A modifierExtension changes what the response means, in a way that isn't known here",
    "Ask whoever sent it for a response without it",
)
VOID = Rule(
    "entered-in-error",
    "The response is marked as entered in error: its answers do not count",
    "Begin a new response, or ask whoever sent it for the right one",
)
STATUS = Rule("no-status", "The response has no known status; it is taken for one in progress", "", "note")
OTHER_FORM = Rule(
    "other-questionnaire",
    "The response names another form: {theirs}",
    "Make sure that it belongs to this form before you go on",
    "suspicious",
)
OTHER_VERSION = Rule(
    "other-version",
    "The response was made with another version of this form: {theirs}",
    "Check that the questions still ask the same",
    "suspicious",
)
NO_FORM = Rule("no-questionnaire", "The response does not name its form", "", "note")

# ---- where it stands ----

NOT_AN_ITEM = Rule("not-an-item", "{path} is no item: it has no linkId", _ASK, "suspicious")
UNKNOWN = Rule(
    "unknown-link", "{path}: the form has no such item", "Check that the response is of this form", "suspicious"
)
REFUSED = Rule(
    "refused-item",
    "{path}: the form's item cannot be asked here, so its answer cannot be kept",
    "Keep the file; another program made this answer",
    "suspicious",
)
ELSEWHERE = Rule(
    "wrong-level", "{path} stands where the form does not have it; it was put in its place", "", "suspicious"
)
NO_PLACE = Rule(
    "wrong-level",
    "{path} stands where the form does not have it, and where it belongs is not certain",
    _SEE,
    "suspicious",
)
GROUP_ANSWERED = Rule("group-answered", "{path}: a group or a text cannot have an answer", _ASK, "suspicious")
TWICE = Rule("group-twice", "{path}: the form has this group only once", _SEE, "suspicious")
ITEM_TWICE = Rule(
    "item-twice", "{path}: the question is there more than once; its answers were put together", "", "note"
)
EXTENSION = Rule("extension", "{path} has extensions, which a saved response will not have", "", "note")

# ---- the answer ----

UNREADABLE = Rule("unreadable-answer", "{path} cannot be read: it {why}", _SEE, "suspicious")
REASON = Rule(
    "no-value-and-why", "{path} has no value, and says why; this is kept while the question has no answer", "", "note"
)
NO_VALUE = Rule("no-value", "{path} has no value", _SEE, "suspicious")
WRONG_KIND = Rule("wrong-kind", "{path} is of kind {kind}, and the question asks for {type}", _SEE, "suspicious")
SEVERAL = Rule(
    "several-answers",
    "{path} has more than one answer ({count}), and the question takes one",
    "Answer the question again: which one counts is not certain",
    "suspicious",
)
SAME_TWICE = Rule("same-answer-twice", "{path} has the same answer twice; it is kept once", "", "note")
OTHER_LABEL = Rule(
    "other-label", "{path} has another label than the form's option of the same code; the form's is shown", "", "note"
)
NO_SYSTEM = Rule(
    "no-system",
    "{path} has a code without a system; it is taken for the one option that has this code",
    "Check that this is what was meant",
    "suspicious",
)
NO_OPTION = Rule(
    "no-option",
    "{path} is none of the options of the question; it is kept as it is",
    "Answer the question again if one of the options is meant",
    "suspicious",
)
OUT_OF_BOUNDS = Rule(
    "out-of-bounds", "{path} is beyond what the question allows; it is kept as it is", "Check the answer", "suspicious"
)
DISABLED = Rule(
    "disabled",
    "The question is not asked with these answers, and a saved response will not have its answer",
    "Check the answers that it depends on",
    "suspicious",
)
CALCULATED = Rule(
    "calculated-differs",
    "The saved value of a calculated item is not what the answers give; it was calculated again",
    "",
    "note",
)
