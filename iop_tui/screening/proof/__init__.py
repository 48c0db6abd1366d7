"""Proofs over every answer sheet of a screening, complete or not: `iop-tui check --prove`. See docs/proof.md."""
