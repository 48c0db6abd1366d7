"""A made-up clinic's year: copy, change, sign, change again, expire, forge, lose a key, disagree."""

from __future__ import annotations

import shutil
from pathlib import Path

from iop_tui.cli_support.exit_status import DONE
from iop_tui.commands.review import run as review
from iop_tui.review.requirement import refusal, unmet
from iop_tui.screening.comparison.diff_screenings import compare
from tests.review.clinic import Clinic, Reviewer

REQUIRED = ("rules", "texts", "es")


def test_a_clinics_year(tmp_path: Path) -> None:  # one story: each step begins where the last one ended
    # December: a copy. Nobody has read it, and the kiosk says so and does not start.
    clinic, ana = Clinic(tmp_path / "our-screening"), Reviewer("Dr. Ana Rivera")
    assert clinic.line() == "No clinician has reviewed this tool yet."
    assert "nobody has reviewed it" in refusal(clinic.screening, REQUIRED, clinic.day)

    # A rule is changed, and the clinical lead signs all of it. Her key is not in the site file yet.
    clinic.rewrites("safety.yaml", "at_least: 3}", "at_least: 2}")
    clinic.signs(ana)
    assert set(clinic.states.values()) == {"signed"}
    assert clinic.line() == "Signed by Dr. Ana Rivera, 2026-12-01. We could not confirm who that is."
    assert "is not among the site file's 'reviewers'" in refusal(clinic.screening, REQUIRED, clinic.day)
    clinic.knows(ana)
    assert clinic.line() == clinic.line("es") == "Reviewed by Dr. Ana Rivera, 2026-12-01."
    assert refusal(clinic.screening, REQUIRED, clinic.day) == ""

    # February: a sentence is reworded. The signature of the texts falls; that of the rules stands, and so does that of
    # the Spanish, which nobody touched.
    clinic.waits(60)
    clinic.rewrites("safety.yaml", "Is someone with you at night?", "Is anybody with you at night?")
    assert clinic.states == {"rules": "reviewed", "texts": "changed", "crisis": "reviewed", "es": "changed"}
    # The Spanish had no words of its own for that sentence, so what is shown in Spanish changed, too.
    assert clinic.line() == "Changed since Dr. Ana Rivera reviewed it, 2026-12-01."
    reasons = unmet(clinic.screening, REQUIRED, clinic.day)
    assert [reason.partition(":")[0] for reason in reasons] == ["texts", "es (Español)"]
    clinic.signs(ana, "texts", "es")
    assert set(clinic.states.values()) == {"reviewed"}
    assert unmet(clinic.screening, REQUIRED, clinic.day) == ()

    # A translated sentence is reworded: its language falls alone.
    clinic.rewrites("locale/es.po", "Unas preguntas.", "Algunas preguntas.")
    assert clinic.states == {"rules": "reviewed", "texts": "reviewed", "crisis": "reviewed", "es": "changed"}
    assert clinic.line().startswith("Reviewed by")
    assert clinic.line("es").startswith("Changed since")
    clinic.signs(ana, "es")

    # May: a rule is changed. The comparison says which, and the packet tells the reviewer. Its signature falls, and no
    # other does.
    clinic.waits(90)
    signed = clinic.version("as signed")
    before = shutil.copytree(clinic.place, tmp_path / "as signed")
    clinic.rewrites(
        "safety.yaml", "when: {thoughts: often}\n    because", "when: {thoughts: [often, plan]}\n    because"
    )
    assert clinic.states == {"rules": "changed", "texts": "reviewed", "crisis": "reviewed", "es": "reviewed"}
    assert refusal(clinic.screening, REQUIRED, clinic.day).count("rules: it was changed since Dr. Ana") == 1
    changed = compare(signed, clinic.version("now"), sheets=500).changes
    assert [(change.kind, change.id) for change in changed] == [("need", "often")]
    packet = tmp_path / "packet.md"
    assert review(clinic.place, str(packet), day=clinic.day) == DONE
    whole_packet = packet.read_text(encoding="utf-8")
    assert "“Often” or “I have a plan”" in whole_packet
    changes = tmp_path / "changes.md"
    assert review(clinic.place, str(changes), since=str(before), day=clinic.day) == DONE
    assert "“Often” or “I have a plan”" in changes.read_text(encoding="utf-8")
    assert len(changes.read_text(encoding="utf-8")) < len(whole_packet)
    clinic.signs(ana, "rules", limits="adults only", opinion="agrees with limits")
    assert clinic.line() == "Reviewed by Dr. Ana Rivera, 2026-12-01, with limits."
    assert any("Limits: adults only." in line for line in clinic.lines)

    # A phone number is changed: the pages for danger fall alone.
    clinic.rewrites("help.yaml", "reach: Call or text 988", "reach: Call 988")
    assert clinic.states == {"rules": "reviewed", "texts": "reviewed", "crisis": "changed", "es": "changed"}
    clinic.signs(ana, "crisis", "es")

    # The year after: what was signed in February and before has run out.
    clinic.waits(300)
    assert clinic.states["texts"] == "expired"
    assert clinic.line() == "The review by Dr. Ana Rivera ran out on 2028-01-30."
    assert "ran out on" in refusal(clinic.screening, REQUIRED, clinic.day)
    whole = clinic.signs(ana)
    assert refusal(clinic.screening, REQUIRED, clinic.day) == ""

    # Somebody changes the review: it counts for nothing, and that is told.
    text = whole.read_text()
    whole.write_text(text.replace("agrees", "disagrees"))
    assert "this is not what Dr. Ana Rivera signed" in refusal(clinic.screening, REQUIRED, clinic.day)
    assert "A review in the name of Dr. Ana Rivera does not count: it is not what was signed." in clinic.lines
    whole.write_text(text)

    # Somebody makes a key and signs in her name: the clinic has another key for her.
    impostor = Reviewer(ana.name)
    forged = clinic.signs(impostor)
    assert "another key for Dr. Ana Rivera" in refusal(clinic.screening, REQUIRED, clinic.day)
    assert set(clinic.states.values()) == {"reviewed"}
    forged.unlink()

    # She loses her key and makes a new one. What the old one signed stands; the new one counts once the clinic has it.
    again = Reviewer(ana.name)
    clinic.rewrites("safety.yaml", "Nights are the hardest.", "Nights are hard.")
    lost = clinic.signs(again, "texts", "es")
    assert "another key for Dr. Ana Rivera" in refusal(clinic.screening, REQUIRED, clinic.day)
    clinic.knows(again)
    assert refusal(clinic.screening, REQUIRED, clinic.day) == ""
    assert lost.exists()

    # A second reviewer reads the rules and has another opinion: both are told, and the kiosk does not start.
    bo = Reviewer("Bo Lee")
    clinic.knows(bo)
    clinic.signs(bo, "rules", opinion="disagrees")
    assert clinic.states["rules"] == "disputed"
    assert clinic.line() == "A reviewer does not agree with all of it: Bo Lee."
    assert [line for line in clinic.lines if "not agreed to by Bo Lee" in line]
    assert [line for line in clinic.lines if line.startswith("Rules: reviewed by Dr. Ana Rivera")]
    assert "Bo Lee reviewed it and disagrees" in refusal(clinic.screening, REQUIRED, clinic.day)

    # They talk, and he signs that he agrees after all: his later review counts.
    clinic.waits(1)
    clinic.signs(bo, "rules")
    assert clinic.line() == "Reviewed by Dr. Ana Rivera and Bo Lee, 2028-02-24."
    assert refusal(clinic.screening, REQUIRED, clinic.day) == ""
