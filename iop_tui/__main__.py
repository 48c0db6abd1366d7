"""``python -m iop_tui`` is ``iop-tui``."""

from iop_tui.cli import main

if __name__ == "__main__":
    main()
