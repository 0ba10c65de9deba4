<?xml version="1.0" encoding="UTF-8"?>
<!-- The header of a document: the card before the text, the particulars after it, and how to cite it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Facts, each as one string or as several -->

  <xsl:variable name="date" as="xs:string" select="string-join((
    for $date in ($header/profileDesc/(creation/date, creation[not(*)][normalize-space()], correspDesc/correspAction[@type = 'sent']/date),
      $header/fileDesc/sourceDesc//origDate)[v:words(.) or @when][1]
    return (v:words($date)[.], v:date($date/@when))[1])[1])"/>

  <xsl:variable name="kinds" as="xs:string*" select="
    $header/profileDesc/textClass/keywords[v:says-kind(string(@scheme))]//term ! v:words(.)[.]"/>

  <xsl:function name="v:says-kind" as="xs:boolean">
    <xsl:param name="scheme" as="xs:string"/>
    <xsl:sequence select="contains(lower-case($scheme), 'type') or contains(lower-case($scheme), 'genre')"/>
  </xsl:function>

  <xsl:variable name="archive" as="xs:string*" select="$header/fileDesc/sourceDesc//msDesc/msIdentifier ! v:shelfmark(.)"/>

  <xsl:function name="v:shelfmark" as="xs:string?">
    <xsl:param name="identifier" as="element(msIdentifier)"/>
    <xsl:variable name="place" as="xs:string" select="string-join($identifier/(settlement, country)[1] ! v:words(.))"/>
    <xsl:variable name="parts" as="xs:string*" select="
      distinct-values($identifier/(institution | repository | collection | idno | msName) ! v:words(.)[.])"/>
    <xsl:sequence select="string-join(($parts[1] || (' (' || $place || ')')[$place], tail($parts)), ', ')[.]"/>
  </xsl:function>

  <xsl:variable name="languages" as="xs:string*" select="
    ($header//msItem/textLang, $header//msContents/textLang)/(v:words(.)[.], v:language-name(@mainLang))[.][1]"/>

  <xsl:function name="v:language-name" as="xs:string">
    <xsl:param name="code" as="xs:string?"/>
    <xsl:variable name="names" as="map(xs:string, xs:string)" select="map {
      'en': 'English', 'ru': 'Russian', 'zh': 'Chinese', 'de': 'German', 'fr': 'French', 'es': 'Spanish', 'pt': 'Portuguese',
      'it': 'Italian', 'pl': 'Polish', 'cs': 'Czech', 'hu': 'Hungarian', 'ro': 'Romanian', 'bg': 'Bulgarian', 'sq': 'Albanian',
      'mn': 'Mongolian', 'ko': 'Korean', 'ja': 'Japanese', 'vi': 'Vietnamese', 'la': 'Latin', 'sr': 'Serbian', 'uk': 'Ukrainian'}"/>
    <xsl:sequence select="($names(tokenize($code, '-')[1]) ! v:say(.), $code, '')[1]"/>
  </xsl:function>

  <xsl:variable name="credits" as="xs:string*" select="
    $header/fileDesc/titleStmt/respStmt[not(.//@type = 'software')] !
      v:credit(.)[.]"/>

  <!-- “Translated by Gary Goldberg”, “Abstract: Digital Archive”. -->
  <xsl:function name="v:credit" as="xs:string">
    <xsl:param name="statement" as="element(respStmt)"/>
    <xsl:variable name="resp" as="xs:string" select="string-join($statement/resp ! v:words(.), ', ')"/>
    <xsl:variable name="names" as="xs:string" select="string-join($statement/(persName | orgName | name) ! v:words(.)[.], ', ')"/>
    <xsl:sequence select="
      v:capital($resp)
      || (if ($resp = '') then '' else if (tokenize(lower-case($resp), ' ')[last()] = ('by', 'of', 'from', 'under') and contains($resp, ' ')
        or ends-with($resp, ':')) then ' ' else ': ') || $names"/>
  </xsl:function>

  <!-- ## The card -->

  <xsl:template name="card" as="element()*">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:variable name="kicker" as="xs:string*" select="$date[.], distinct-values($kinds)"/>
    <xsl:if test="exists($kicker)">
      <p class="kicker">{string-join($kicker, ' · ')}</p>
    </xsl:if>
    <h1>{($title[.], v:say('Untitled document'))[1]}</h1>
    <xsl:for-each select="$header/fileDesc/titleStmt/title[@type = ('sub', 'alt')]">
      <p class="subtitle">{v:words(.)}</p>
    </xsl:for-each>
    <xsl:where-populated>
      <dl class="facts">
        <xsl:call-template name="fact">
          <xsl:with-param name="label" select="'Author'"/>
          <xsl:with-param name="values" select="$header/fileDesc/titleStmt/author ! v:words(.)[.]"/>
        </xsl:call-template>
        <xsl:apply-templates select="$header/profileDesc/correspDesc/correspAction" mode="card"/>
        <xsl:apply-templates select="$header/profileDesc/particDesc" mode="card"/>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" select="'Archive'"/>
          <xsl:with-param name="values" select="$archive"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" select="'Original language'"/>
          <xsl:with-param name="values" select="distinct-values($languages)"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" select="'Credits'"/>
          <xsl:with-param name="values" select="$credits"/>
        </xsl:call-template>
      </dl>
    </xsl:where-populated>
    <xsl:for-each select="$header/profileDesc/abstract[normalize-space()]">
      <section class="abstract" aria-label="{v:say('Summary')}">
        <xsl:sequence select="v:identity(.)"/>
        <xsl:apply-templates/>
      </section>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="fact" as="element()?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:if test="exists($values)">
      <div>
        <dt>{v:say($label)}</dt>
        <xsl:for-each select="$values">
          <dd>{.}</dd>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="correspAction" mode="card" as="element()?">
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="
        if (@subtype = 'cc') then 'Copy to' else if (@type = 'sent') then 'From' else if (@type = 'received') then 'To'
        else (v:said(@type) ! v:capital(.), 'Correspondence')[1]"/>
      <xsl:with-param name="values" select="string-join(
        (string-join((persName | orgName | name | rs) ! v:words(.)[.], ', ')[.],
         string-join((placeName | settlement) ! v:words(.)[.], ', ')[.],
         date ! (v:words(.)[.], v:date((@when, @from, @notBefore)[1])[.])[1]), ', ')[.]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="particDesc" mode="card" as="element()?">
    <xsl:variable name="lists" as="element(listPerson)*" select="
      .//listPerson[@type = ('participants', 'delegation') or not(@type) and not(listPerson)][person | personGrp][count(person) le 40]"/>
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="'Participants'"/>
      <xsl:with-param name="values" select="$lists ! string-join(
        (head ! (v:words(.) || ':'), string-join((person | personGrp) ! v:person(.), '; ')), ' ')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="v:person" as="xs:string">
    <xsl:param name="person" as="element()"/>
    <xsl:variable name="role" as="xs:string?" select="
      $person/@role[not(. = ('participant', 'speaker', 'mentioned'))] ! translate(., '-_', '  ')"/>
    <xsl:variable name="name" as="xs:string" select="
      v:words(($person/persName[@type = 'main'], $person/(persName | name | orgName))[1])"/>
    <xsl:sequence select="($name[.], v:words($person))[1]
      || ($role ! (' (' || . || ')')[not(contains(lower-case($name), lower-case($role)))])"/>
  </xsl:function>

  <!-- ## After the text -->

  <xsl:template name="about" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:if test="$title or normalize-space($header)">
      <section class="about" aria-labelledby="about">
        <h2 id="about">{v:say('About this document')}</h2>
        <dl>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Source'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/sourceDesc/(bibl | biblStruct | listBibl | p | ab)[normalize-space()]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Transcript'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/sourceDesc/bibl/note[@type = 'capture']"/>
          </xsl:call-template>
          <xsl:apply-templates select="$header/fileDesc/sourceDesc//msDesc[not(ancestor::msDesc)]/(* except (msIdentifier, head))" mode="described"/>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Correspondence'"/>
            <xsl:with-param name="nodes" select="$header/profileDesc/correspDesc/correspContext/*[normalize-space()]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Notes on the source'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/notesStmt/note[not(@type = 'related-abstract')]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Related document'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/notesStmt/note[@type = 'related-abstract']"/>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="label" select="'Persons mentioned'"/>
            <xsl:with-param name="values" select="$header/profileDesc/particDesc//listPerson[@type = 'mentioned'][person] !
              string-join(person ! v:person(.), '; ')"/>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="label" select="'Subjects'"/>
            <xsl:with-param name="values" select="string-join(distinct-values(
              $header/profileDesc/textClass/keywords[not(v:says-kind(string(@scheme)))]//term ! v:words(.)[.]), '; ')[.]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Support'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/titleStmt/(funder | sponsor)[normalize-space()]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Terms of the archive'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/sourceDesc/bibl/(note[@type = 'rights'] | availability)"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'Rights'"/>
            <xsl:with-param name="nodes" select="$header/fileDesc/publicationStmt/availability/(p | ab | licence)[normalize-space()]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'How the text was encoded'"/>
            <xsl:with-param name="nodes" select="$header/encodingDesc/editorialDecl//p[normalize-space()]"/>
          </xsl:call-template>
          <xsl:call-template name="particular">
            <xsl:with-param name="label" select="'About the edition'"/>
            <xsl:with-param name="nodes" select="$header/encodingDesc/projectDesc//p[normalize-space()]"/>
          </xsl:call-template>
          <xsl:call-template name="fact">
            <xsl:with-param name="label" select="'Cite as'"/>
            <xsl:with-param name="values" select="$citation[$title]"/>
          </xsl:call-template>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="particular" as="element()?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="nodes" as="element()*"/>
    <xsl:if test="exists($nodes)">
      <div>
        <dt>{v:say($label)}</dt>
        <xsl:for-each select="$nodes">
          <dd>
            <xsl:sequence select="v:identity(.)[name() ne 'id']"/>
            <xsl:choose>
              <xsl:when test="self::licence[v:href(@target)]">
                <a href="{v:href(@target)}" rel="license">{(v:words(.)[.], string(@target))[1]}</a>
              </xsl:when>
              <xsl:when test="self::bibl[*][not(text()[normalize-space()])]">
                <xsl:call-template name="parted"/>
              </xsl:when>
              <xsl:when test="self::listBibl">
                <xsl:apply-templates select="."/>
              </xsl:when>
              <xsl:otherwise>
                <xsl:apply-templates/>
              </xsl:otherwise>
            </xsl:choose>
          </dd>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Author, “Title”, date, archive. Credits. Edition, publisher, year, address. -->
  <xsl:variable name="citation" as="xs:string" select="
    string-join((
      string-join((string-join($header/fileDesc/titleStmt/author ! v:words(.)[.], ', ')[.], '“' || v:unstopped($title) || '”', $date[.], $archive), ', '),
      string-join($credits[not(contains(., ': '))], '; ')[.],
      string-join(($header/fileDesc/seriesStmt/title[1] ! v:words(.)[.],
        $header/fileDesc/publicationStmt/(publisher | authority)[1] ! v:words(.)[.],
        $header/fileDesc/publicationStmt/date[1] ! (v:date(@when)[.], v:words(.)[.])[1],
        $header/fileDesc/publicationStmt/idno[starts-with(normalize-space(), 'http:') or starts-with(normalize-space(), 'https:')][1] ! v:words(.)), ', ')[.]) ! v:unstopped(.), '. ') || '.'"/>

  <xsl:function name="v:unstopped" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if (ends-with($words, '.')) then substring($words, 1, string-length($words) - 1) else $words"/>
  </xsl:function>

  <!-- For machines that read the head of a page. -->
  <xsl:template name="metadata" as="element()*">
    <xsl:variable name="people" as="xs:string*" select="$header/fileDesc/titleStmt/(author | editor) ! v:words(.)[.]"/>
    <xsl:for-each select="$people">
      <meta name="author" content="{.}"/>
    </xsl:for-each>
    <xsl:for-each select="v:words(($header/profileDesc/abstract)[1])[.]">
      <meta name="description" content="{if (string-length(.) gt 300) then replace(substring(., 1, 300), '\s\S*$', ' …') else .}"/>
    </xsl:for-each>
    <xsl:for-each select="($header/profileDesc/creation/date ! v:datetime(.), $date[.])[1]">
      <meta name="dcterms.date" content="{.}"/>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
