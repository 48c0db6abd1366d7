"""What a terminal says of itself is no key, however it is cut; every key is one, once."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from iop_tui.tui.compat_input import Input, is_key
from iop_tui.tui.sequences import ESCAPE_DELAY, GIVE_UP, PASTE_PAUSE

REPLIES = {
    "DA1 of foot": "\x1b[?62;22;52c",
    "DA1 of Windows Terminal": "\x1b[?61;6;7;21;22;23;24;28;32;42c",
    "DA1 of a VT100": "\x1b[?1;2c",
    "DA2": "\x1b[>1;10;0c",
    "DA3": "\x1bP!|7E565445\x1b\\",
    "XTVERSION": "\x1bP>|tmux 3.3a\x1b\\",
    "colours became dark": "\x1b[?997;1n",
    "colours became light": "\x1b[?997;2n",
    "background colour": "\x1b]11;rgb:1111/2222/2222\x1b\\",
    "a colour of the palette": "\x1b]4;1;rgb:1111/2222/2222\x07",
    "clipboard": "\x1b]52;c;MTIz\x07",
    "DECRQSS": "\x1bP1$r0m\x1b\\",
    "XTGETTCAP": "\x1bP1+r524742=38\x1b\\",
    "kitty graphics": "\x1b_Gi=1;OK\x1b\\",
    "size in cells": "\x1b[8;24;80t",
    "size of a cell": "\x1b[6;16;8t",
    "size, unasked (mode 2048)": "\x1b[48;24;80;384;640t",
    "CPR": "\x1b[1;1R"[:-1] + "n",
    "DECXCPR": "\x1b[?1;1R",
    "kitty keyboard flags": "\x1b[?1u",
    "mode report": "\x1b[?1016;2$y",
    "modifyOtherKeys, Control and 1": "\x1b[27;5;49~",
    "F1 of a Sun": "\x1b[224z",
    "DA1 in eight bits": "\x9b?62;22c",
    "OSC in eight bits": "\x9d11;rgb:1/2/3\x9c",
    "mouse of X10": "\x1b[M !1",
    "mouse of urxvt": "\x1b[32;12;12M",
    "a string of the kernel's": "\x1b]R\x1b\\",
}


class Typist:
    """Types into an Input, and keeps what it passes on."""

    def __init__(self) -> None:
        self.input, self.now, self.got = Input(), 0.0, list[Message]()

    def send(self, data: bytes, then: float = 0.0) -> None:
        """Bytes in one piece, and a silence in seconds."""
        self.got += self.input.feed(data, self.now)
        end = self.now + then
        while (waits := self.input.waits(self.now)) is not None and self.now + waits <= end:
            self.now += waits
            self.got += self.input.tick(self.now)
        self.now = end

    def said(self) -> list[tuple[str, str | None]]:
        """The keys, each with its character; other events by their names."""
        return [
            (event.key, event.character) if isinstance(event, events.Key) else (type(event).__name__, None)
            for event in self.got
        ]


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES.keys())
@pytest.mark.parametrize("eight_bits", [False, True], ids=["UTF-8", "bytes"])
def test_what_a_terminal_says_of_itself_is_no_key(reply: str, eight_bits: bool) -> None:
    data = reply.encode("latin-1" if eight_bits else "utf-8")
    whole, slow = Typist(), Typist()
    whole.send(data + b"1", 1.0)
    for at in range(len(data)):
        # Its first byte alone is the Escape key, if nothing follows in time.
        slow.send(data[at : at + 1], ESCAPE_DELAY / 2 if at == 0 else 0.2)
    slow.send(b"1", 1.0)
    assert whole.said() == slow.said() == [("1", "1")]


def _some(choose: random.Random, low: int, high: int, most: int, least: int = 0) -> str:
    return "".join(chr(choose.randint(low, high)) for _ in range(choose.randint(least, most)))


def _any_sequence(choose: random.Random) -> str:
    """A sequence by the grammar of ECMA-48, sections 5.3 to 5.6, that is no key."""
    while True:
        kind = choose.choice("[[[[]P_^XON")
        if kind == "[":
            made = (
                "\x1b[" + _some(choose, 0x30, 0x3F, 12) + _some(choose, 0x20, 0x2F, 2) + _some(choose, 0x40, 0x7E, 1, 1)
            )
        elif kind in "ON":
            made = f"\x1b{kind}" + choose.choice("!\"#%&'()*+,-./:<=>?@[]^_`{|}~GIJKLN")
        else:
            # Command strings take 0x08 to 0x0D and 0x20 to 0x7E; a character string (SOS) takes all but its own ends.
            letters = _some(choose, 0x20, 0x7E, 40) + choose.choice(["", "\r", "\t", "\n1"])
            made = f"\x1b{kind}{letters}" + choose.choice(["\x1b\\", "\x9c"])
        # What rxvt sends for Shift and Delete, among others, is the beginning of a longer sequence, which nobody sends.
        known = is_key(made) or any(made.startswith(f"\x1b[{number}$") for number in (3, 7, 8, 23, 24))
        open_ended = made in ("\x1b[M", "\x1b[[", "\x1b[I", "\x1b[O", "\x1b[200~")
        if (
            not known
            and not open_ended
            and not (made.startswith("\x1b[<") and made[-1] in "mM")
            and "\x1b[?2026" not in made
        ):
            return made


def _cuts(choose: random.Random, data: bytes) -> Iterator[tuple[bytes, float]]:
    """The sequence in pieces, each with the silence after it; together less than what is given up."""
    pieces, left = sorted(choose.sample(range(1, len(data)), choose.randint(0, len(data) - 1))), GIVE_UP * 0.9
    for begin, end in itertools.pairwise([0, *pieces, len(data)]):
        pause = choose.choice([0.0, 0.01, choose.uniform(0, left)])
        left -= pause
        # After the first byte alone no more than makes it the Escape key: what is later is tested by itself.
        yield data[begin:end], min(pause, ESCAPE_DELAY * 0.9) if end == 1 else pause


def _no_events_and_then_one(seeds: Sequence[int]) -> None:
    wrong = []
    for seed in seeds:
        choose = random.Random(seed)  # noqa: S311  # the same in every run, not a secret
        sequence, typist = _any_sequence(choose), Typist()
        for piece, silence in _cuts(choose, sequence.encode()):
            typist.send(piece, silence)
        typist.send(b"7", 1.0)
        if typist.said() != [("7", "7")]:
            wrong.append((seed, sequence, typist.said()))
    assert not wrong, wrong[:5]


def test_no_sequence_of_the_grammar_is_a_key_however_it_is_cut() -> None:
    _no_events_and_then_one(range(3_000))


@pytest.mark.thorough
def test_no_sequence_of_the_grammar_is_a_key_in_100_000() -> None:
    _no_events_and_then_one(range(3_000, 103_000))


@pytest.mark.parametrize("reply", ["\x1b[?62;22;52c", "\x1b]52;c;MTIz\x07", "\x1bP1$r0m\x1b\\", "\x1b_Gi=1;OK\x1b\\"])
def test_a_report_cut_after_its_first_byte_for_seconds_is_the_escape_key_and_no_more(reply: str) -> None:
    typist = Typist()
    typist.send(b"\x1b", 5.0)
    typist.send(reply[1:].encode(), 1.0)
    typist.send(b"1", 1.0)
    assert typist.said() == [("escape", "\x1b"), ("1", "1")]


def test_who_presses_escape_and_then_a_letter_presses_both() -> None:
    typist = Typist()
    for letter in "xoXOPN":
        typist.send(b"\x1b", 0.5)
        typist.send(letter.encode(), 0.5)
    keys = [key for key, _character in typist.said()]
    assert keys == ["escape", "x", "escape", "o", "escape", "X", "escape", "O", "escape", "P", "escape", "N"]


@pytest.mark.parametrize("begun", ["\x1b[?62;2", "\x1b]11;rgb:1", "\x1bP1$r", "\x1bO"])
def test_the_keyboard_does_not_stay_dead_where_the_end_was_lost(begun: str) -> None:
    typist = Typist()
    typist.send(begun.encode(), GIVE_UP + 1)
    typist.send(b"1", 1.0)
    arrow = Typist()
    arrow.send(begun.encode(), 1.0)
    arrow.send(b"\x1b[A", 1.0)
    arrow.send(b"1", 1.0)
    assert typist.said() == [("1", "1")]
    assert arrow.said() == [("up", None), ("1", "1")]


def _by_textual(sequence: str) -> list[tuple[str, str | None]]:
    """What Textual's own parser makes of a whole sequence."""
    parser = XTermParser()
    found = list(parser.feed(sequence))
    if parser._timeout_time is not None:
        parser._timeout_time = 0.0
        found += parser.tick()
    return [(event.key, event.character) for event in found if isinstance(event, events.Key)]


def test_every_key_that_textual_names_comes_once() -> None:
    wrong = []
    for sequence in ANSI_SEQUENCES_KEYS:
        if sequence == "\x9b":
            continue  # By ECMA-48 it begins a control sequence. Shift and Escape have a sequence in kitty's protocol.
        if len(sequence) == 2 and sequence[1].isprintable():
            continue  # Alt and a character: the next test.
        typist = Typist()
        typist.send(sequence.encode(), 1.0)
        if typist.said() != _by_textual(sequence):
            wrong.append((sequence, typist.said(), _by_textual(sequence)))
    assert not wrong


def test_a_key_that_comes_in_one_piece_with_escape_counts() -> None:
    """GNU screen 4.9.0 holds Escape back while the mouse is in use, until the next key."""
    typist = Typist()
    typist.send(b"\x1b1", 1.0)
    typist.send(b"\x1bx\x1bf\x1bB", 1.0)
    assert typist.said() == [("1", "1"), ("x", "x"), ("f", "f"), ("B", "B")]


def test_every_key_of_the_kitty_protocol_comes_once() -> None:
    wrong = []
    functional = [(key[:-1], key[-1]) for key in FUNCTIONAL_KEYS]
    letters = [(str(ord(letter)), "u") for letter in "a1zñÑß漢 /;"]
    for (number, end), modifiers in itertools.product([*functional, *letters], ["", ";1", ";2", ";5", ";9", ";65"]):
        texts = ["", f";{number}"] if modifiers and end == "u" and (number, end) in letters else [""]
        for text in texts:
            sequence = f"\x1b[{number}{modifiers}{text}{end}"
            if modifiers and end == "R":
                continue  # F3 with a modifier reads as a report of the cursor, which Textual takes it for.
            typist = Typist()
            for byte in sequence.encode():
                typist.send(bytes([byte]), 0.05)
            typist.send(b"", 1.0)
            if typist.said() != _by_textual(sequence):
                wrong.append((sequence, typist.said(), _by_textual(sequence)))
    assert not wrong


def test_words_keys_and_letters_of_any_script_come_as_they_were_typed() -> None:
    typist = Typist()
    typist.send("aZ1 ñ漢\r\t".encode(), 1.0)
    typist.send(b"\xc3", 1.0)
    typist.send(b"\xb1", 1.0)
    assert [character for _key, character in typist.said()] == [*"aZ1 ñ漢\r\t", "ñ"]


def test_a_paste_comes_whole_and_is_given_up_where_its_end_is_lost() -> None:
    typist = Typist()
    typist.send(b"\x1b[200~1\x1b[A2", 0.1)
    typist.send(b"3\x1b[201~", 0.1)
    [paste] = typist.got
    assert isinstance(paste, events.Paste)
    assert paste.text == "1\x1b[A23"
    typist.send(b"\x1b[200~111", PASTE_PAUSE + 0.01)
    typist.send(b"2", 0.1)
    assert typist.said()[1:] == [("2", "2")]


def test_only_the_left_button_is_a_click() -> None:
    left, others, move, wheel = Typist(), Typist(), Typist(), Typist()
    left.send(b"\x1b[<0;8;19M\x1b[<0;8;19m")
    for code in (1, 2, 4, 8, 16, 128, 129, 130, 131):
        others.send(b"\x1b[<%d;8;19M\x1b[<%d;8;19m" % (code, code))
    move.send(b"\x1b[<35;8;19M\x1b[<34;9;19M")
    wheel.send(b"\x1b[<64;8;19M\x1b[<65;8;19M")
    assert [name for name, _ in left.said()] == ["MouseDown", "MouseUp"]
    assert not others.got
    assert [name for name, _ in move.said()] == ["MouseMove", "MouseMove"]
    assert [name for name, _ in wheel.said()] == ["MouseScrollUp", "MouseScrollDown"]


def test_a_place_of_the_mouse_is_in_cells_whatever_size_a_terminal_claims() -> None:
    typist = Typist()
    typist.send(b"\x1b[48;24;80;384;640t\x1b[?2048;2$y\x1b[<0;8;19M")
    [down] = typist.got
    assert isinstance(down, events.MouseDown)
    assert (down.x, down.y) == (7, 18)
