"""Takes an edition and proposes a register for it, as a sheet; takes the decided sheet and gives the register."""

from tei_edition.register.applying import Applied, apply
from tei_edition.register.proposing import propose
from tei_edition.register.sheet import Row, SheetError, read_sheet, write_sheet

__all__ = ["Applied", "Row", "SheetError", "apply", "propose", "read_sheet", "write_sheet"]
