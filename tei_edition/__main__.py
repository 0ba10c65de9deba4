"""Runs the command line: ``python -m tei_edition`` is ``tei-edition``."""

from tei_edition.cli import main

raise SystemExit(main())
