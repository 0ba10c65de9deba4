"""The cases of tests/cases/structure.md: what the lines of a plain document become, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile import Case, cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_encode import check
from test_encoding_cases import hold


@pytest.mark.parametrize("case", cases("structure"), ids=str)
def test_case(case: Case, tmp_path: Path, update: bool) -> None:
    hold(case, tmp_path, update, "body", 4)


_LINES = """
12. Memorandum of Conversation[1]|Letter From the Miller to the Baker1|Mr. Harper to Mr. Lane.|No. 117.|
415.2/33: Telegram|
Riverton, May 3, 1921.²|Office of the Mill,|[Received May 4.]|secret|[Extract]|Dear Henry:|SUBJECT|PARTICIPANTS|
Present:|Members of the Committee:|Mr. John Harper, Engineer[2]|Baker, Cook, Miller|Town—|
Harper: It stands still.[1]|Lane: Why?|
1. It leaks.|2. It is mended.1|a. A wheel|b. An axle|c.|We asked:|Harper|Lane|Cook|[Enclosure 1]|Attachment|Tab A|
[Page 12]|Yours, truly,|W. Q. Harper.|HARPER[3]|¹|[1]|[1] Source: the mill.|
[2] Not found.|[3] [sic] x|¹ A note.|² Two|
1. Printed.|2. Not printed.2|DATE: May 3, 1921|PLACE: The Mill|
The wheel stood still for a long time, and nobody knew why|
and so it went on. [Omitted here is more.]|THE MILL|RIVERTON|[handwritten: yes]|(He laughs)|“Dear Sir,|Ended.”|
A.B. Lane. It leaks.|MR. HALE: [Rising] Why?|It leaks. MR. LANE: No. MR. MOSS: [Nods]|-FFF-|FLASH|ON/26/27/X/62|
12 – MONDAY – 0900hs – All is quiet here.|From Hilltown. Sent 31.8.50 11:32|Received 31.8 17:27|24.III.50 Lane|
17.XII.1947|S M I T H|Yours sincerely, (Sd).|/s/ John Harper|signed: A. Baker|510599|fb|Typed by Moss|
Copies: 1 - Mr. Lane 2 - Mr. Hale|Distribution list - 3 copies: Lane - 2, Hale - 1|a) Wheels|b) Axles|(1) Mills|
North Side\tSouth Side|Mr. Lane\tMr. Hale|Dr. Moss   Mr. Miller|Hill Mill Water Mill|Mr. Lane Dr. Moss"""
_BREAKS = ["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", " \n", "\n \n", " "]
PAGES = st.lists(
    st.tuples(st.sampled_from(_LINES.replace("\n", "").split("|")), st.sampled_from(_BREAKS)), max_size=25
).map(lambda pairs: "".join(line + end for line, end in pairs))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_any_order_of_such_lines_is_valid_and_comes_back(text: str) -> None:
    check(text, with_register=False)
