"""Takes an ODD, the TEI's customization of itself, and gives RELAX NG, Schematron, XML Schema and a reference in HTML.

The language of ODD is chapter 22 of the TEI Guidelines. What a compiled schema accepts agrees with the TEI's own
stylesheets; its text does not: no description is copied, what cannot be reached is left out, the order is fixed.
"""

from __future__ import annotations

from tei_edition.odd.compiling import Compiled, compile_odd
from tei_edition.odd.writing import write_schemas

__all__ = ["Compiled", "compile_odd", "write_schemas"]
