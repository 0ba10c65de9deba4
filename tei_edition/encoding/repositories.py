"""Says of well-known archives where they are and what their short name stands for; nothing else is known here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repository:
    """One archive: the short name or the names it goes by, where it is, and the body it belongs to."""

    names: tuple[str, ...]
    """As references write it; the first is a short name where there is one."""
    full: str
    settlement: str
    country: str
    institution: str = ""


_ROWS = """
RGASPI | Russian State Archive of Socio-Political History | Moscow | Russia
RTsKhIDNI | Russian Center for the Preservation and Study of Documents of Contemporary History | Moscow | Russia
AVPRF = AVP RF = AVP | Foreign Policy Archive of the Russian Federation | Moscow | Russia
APRF = AP RF | Archive of the President of the Russian Federation | Moscow | Russia
GARF | State Archive of the Russian Federation | Moscow | Russia
RGANI | Russian State Archive of Contemporary History | Moscow | Russia
TsKhSD | Center for the Storage of Contemporary Documentation | Moscow | Russia
RGAE | Russian State Archive of the Economy | Moscow | Russia
RGVA | Russian State Military Archive | Moscow | Russia
TsAMO = TsAMO RF | Central Archive of the Ministry of Defense of the Russian Federation | Podolsk | Russia
TsGASPb | Central State Archive of Saint Petersburg | Saint Petersburg | Russia
TsDAHO = TsDAHOU | Central State Archive of Public Organizations of Ukraine | Kyiv | Ukraine
TsDAVO = TsDAVOU | Central State Archives of Supreme Bodies of Power and Government of Ukraine | Kyiv | Ukraine
CDA = TsDA | Central State Archive | Sofia | Bulgaria
MOL = MNL = MNL OL | National Archives of Hungary | Budapest | Hungary
PRC FMA = PRCFMA = CFMA = PRC Foreign Ministry Archive = Chinese Foreign Ministry Archive | Archive of the Ministry \
of Foreign Affairs of the People's Republic of China | Beijing \
| China
AQSH | Central State Archive of Albania | Tirana | Albania
AMPJ = AMFA | Archive of the Ministry of Foreign Affairs of Albania | Tirana | Albania
AAN | Central Archives of Modern Records | Warsaw | Poland
AMSZ | Archive of the Ministry of Foreign Affairs of Poland | Warsaw | Poland
ANIC | Central National Historical Archives | Bucharest | Romania
SUA | State Central Archive | Prague | Czech Republic
PA AA = PAAA = PA/AA = Politisches Archiv des Auswärtigen Amts | Political Archive of the Federal Foreign Office | \
Berlin | Germany | Federal Foreign Office
SAPMO-BArch = SAPMO = SAPMO-BA | Foundation Archives of Parties and Mass Organisations of the GDR in the Federal \
Archives | Berlin | Germany | Bundesarchiv
BStU | Federal Commissioner for the Records of the State Security Service | Berlin | Germany
AMAE = MAE = AMAEF = Archives du Ministère des Affaires étrangères = Archives du Ministère des Affaires Étrangères \
| Archives of the Ministry of Foreign Affairs | La Courneuve | France
CADN | Diplomatic Archives Centre of Nantes | Nantes | France
AN = Archives nationales | National Archives of France | Pierrefitte-sur-Seine | France
SHD = SHAT | Defence Historical Service | Vincennes | France
ÖStA = OeStA = Österreichisches Staatsarchiv | Austrian State Archives | Vienna | Austria
BAR = Schweizerisches Bundesarchiv | Swiss Federal Archives | Bern | Switzerland
BArch = Bundesarchiv | Federal Archives | Koblenz | Germany
ASMAE | Historical Diplomatic Archive of the Ministry of Foreign Affairs | Rome | Italy
ACS = Archivio Centrale dello Stato | Central State Archive of Italy | Rome | Italy
AMZV = AMZV ČR | Archive of the Ministry of Foreign Affairs of the Czech Republic | Prague | Czech Republic
NA = Národní archiv | National Archives of the Czech Republic | Prague | Czech Republic
AMAE Romania = AMAER | Archive of the Ministry of Foreign Affairs of Romania | Bucharest | Romania
AJ = Arhiv Jugoslavije | Archives of Yugoslavia | Belgrade | Serbia
DASMIP | Diplomatic Archives of the Ministry of Foreign Affairs of Serbia | Belgrade | Serbia
HDA | Croatian State Archives | Zagreb | Croatia
Riksarkivet | National Archives of Sweden | Stockholm | Sweden
NAI DFA = NAI | National Archives of Ireland | Dublin | Ireland
LAC = Library and Archives Canada | Library and Archives Canada | Ottawa | Canada
NAA | National Archives of Australia | Canberra | Australia
National Archives of India | National Archives of India | New Delhi | India
ISA = Israel State Archives | Israel State Archives | Jerusalem | Israel
DRO = DAMFAJ = Diplomatic Archives of the Ministry of Foreign Affairs of Japan | Diplomatic Archives of the Ministry \
of Foreign Affairs of Japan | Tokyo | Japan
Academia Historica = AH | Academia Historica | Taipei | Taiwan
IMH Archives = IMHA | Archives of the Institute of Modern History | Taipei | Taiwan | Academia Sinica
SHAC = Second Historical Archives of China | Second Historical Archives of China | Nanjing | China
AGA | General Archive of the Administration | Alcalá de Henares | Spain
Nationaal Archief | National Archives of the Netherlands | The Hague | Netherlands
UN Archives = UNARMS | United Nations Archives | New York | United States | United Nations
NATO Archives | NATO Archives | Brussels | Belgium | NATO
TNA = The National Archives (TNA) = The National Archives of the United Kingdom | The National Archives | Kew \
| United Kingdom
PRO = Public Record Office | Public Record Office | Kew | United Kingdom
NARA = National Archives and Records Administration = U.S. National Archives | National Archives and Records \
Administration | College Park | United States
National Security Archive | National Security Archive | Washington | United States | George Washington University
Hoover Institution Archives = Hoover Institution Library & Archives = Hoover Institution Library and Archives = HIA \
| Hoover Institution Archives | Stanford | United States | Hoover Institution
Library of Congress | Library of Congress | Washington | United States
Harry S. Truman Library = Truman Library | Harry S. Truman Library | Independence | United States
Dwight D. Eisenhower Library = Eisenhower Library | Dwight D. Eisenhower Library | Abilene | United States
John F. Kennedy Library = Kennedy Library | John F. Kennedy Library | Boston | United States
Lyndon B. Johnson Library = Lyndon Baines Johnson Library = Johnson Library | Lyndon B. Johnson Library | Austin \
| United States
Gerald R. Ford Library = Ford Library | Gerald R. Ford Library | Ann Arbor | United States
Jimmy Carter Library = Carter Library | Jimmy Carter Library | Atlanta | United States
Conflict Records Research Center | Conflict Records Research Center | Washington | United States \
| National Defense University
Archivo Histórico Diplomático Genaro Estrada | Archivo Histórico Diplomático Genaro Estrada | Mexico City | Mexico \
| Secretaría de Relaciones Exteriores
"""


def _table() -> dict[str, Repository]:
    table: dict[str, Repository] = {}
    for row in _ROWS.strip().splitlines():
        names, full, settlement, country, *institution = (cell.strip() for cell in row.split("|"))
        known = tuple(name.strip() for name in names.split("="))
        entry = Repository(known, full, settlement, country, institution[0] if institution else "")
        table |= dict.fromkeys((*known, full), entry)
    return table


REPOSITORIES = _table()
"""Archives by each name that they go by, short or long."""
