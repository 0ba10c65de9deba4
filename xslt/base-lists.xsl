<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists, titles and bibliography, tables, figures. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">


  <!-- ## Lists -->

  <xsl:template match="list" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., ('list', v:tokens('list-', @type)))"/>
      <xsl:variable name="ordered" as="xs:boolean" select="
        (tokenize(@rend), string(@type)) = ('numbered', 'ordered', 'decimal') and not(label)"/>
      <xsl:apply-templates select="node()[. &lt;&lt; (../label | ../item)[1]]"/>
      <xsl:choose>
        <xsl:when test="label">
          <dl>
            <xsl:for-each-group select="label[1], label[1]/following-sibling::node()" group-starting-with="label">
              <div>
                <xsl:for-each select="current-group()">
                  <xsl:call-template name="in-list">
                    <xsl:with-param name="between" select="'dd'[not(current()[self::label or self::item])]"/>
                  </xsl:call-template>
                </xsl:for-each>
              </div>
            </xsl:for-each-group>
          </dl>
        </xsl:when>
        <xsl:when test="item">
          <xsl:element name="{if ($ordered) then 'ol' else 'ul'}">
            <xsl:if test="item/list[@type = 'delegation']">
              <xsl:attribute name="class" select="'delegations'"/>
            </xsl:if>
            <xsl:for-each select="item[1], item[1]/following-sibling::node()">
              <xsl:call-template name="in-list">
                <xsl:with-param name="between" select="'li'[not(current()/self::item)]"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:element>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates/>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- A run-in list: (1) one; (2) two. -->
  <xsl:template match="list[v:is-inline(.)]" as="element()" priority="0.6">
    <span>
      <xsl:sequence select="v:attributes(., 'list-inline')"/>
      <xsl:for-each select="* | text()">
        <xsl:if test="self::* and preceding-sibling::node()[1][self::*]">
          <span class="ed">
            <xsl:text> </xsl:text>
          </span>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="self::head or self::label or self::item">
            <xsl:call-template name="line"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="."/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </span>
  </xsl:template>

  <xsl:template match="head[parent::list or parent::table or parent::figure or parent::listPerson or parent::listPlace or parent::listOrg
    or parent::castList or parent::castGroup or parent::lg]" as="element()" priority="1">
    <xsl:call-template name="block">
      <xsl:with-param name="class" select="'list-head'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- In a list with labels: a name and its description. -->
  <xsl:template match="list[label]/label" as="element()" priority="1">
    <dt>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
    </dt>
  </xsl:template>

  <xsl:template match="list[label]/item" as="element()" priority="1">
    <dd>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
    </dd>
  </xsl:template>

  <!-- What stands between the items of a list: HTML wants it in an item. -->
  <xsl:template name="in-list">
    <xsl:param name="between" as="xs:string?"/>
    <xsl:choose>
      <xsl:when test="$between and (self::* or self::text()[normalize-space()])">
        <xsl:element name="{$between}">
          <xsl:attribute name="class" select="'between'"/>
          <xsl:apply-templates select="."/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="."/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="item" as="element()">
    <xsl:element name="{if (parent::list) then 'li' else 'div'}">
      <xsl:sequence select="v:attributes(., ())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="headLabel | headItem" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- ## Titles and bibliography -->

  <xsl:template match="title" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="if (@level = ('a', 'u')) then 'span' else 'cite'"/>
      <xsl:with-param name="class" select="'title', v:tokens('level-', @level)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="bibl | biblStruct | biblFull" as="element()">
    <xsl:element name="{if (v:in-line(.) or not(parent::listBibl or v:holds-block(.))) then v:tag(., 'span') else 'div'}">
      <xsl:sequence select="v:attributes(., 'bibl')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- A reference that holds elements only: commas between them, a full stop before a note. -->
  <xsl:template match="bibl[*][not(text()[normalize-space()])][not(parent::listBibl)]" as="element()" priority="0.5">
    <xsl:call-template name="reference"/>
  </xsl:template>

  <xsl:template match="imprint | monogr | analytic" as="element()">
    <xsl:call-template name="reference"/>
  </xsl:template>

  <xsl:template name="reference" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:element name="{if (v:holds-block(.)) then 'div' else 'span'}">
      <xsl:sequence select="v:attributes(., 'bibl')"/>
      <xsl:call-template name="parted"/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="parted">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="parts" as="element()*" select="*[not(self::availability or self::note[@type = ('rights', 'capture')])][normalize-space() or @*]"/>
    <xsl:for-each select="$parts">
      <xsl:apply-templates select="."/>
      <xsl:variable name="words" as="xs:string" select="normalize-space()"/>
      <xsl:if test="position() ne last() and not(substring($words, string-length($words)) = ('.', ',', ';', ':'))">
        <span class="ed">{if (self::note or $parts[. >> current()][1]/self::note) then '. ' else ', '}</span>
      </xsl:if>
      <xsl:text> </xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="author | editor | respStmt | resp | publisher | pubPlace | biblScope | series
    | edition | extent | meeting | citedRange | textLang | availability | distributor | authority | sponsor | funder | principal
    | licence | relatedItem | titleStmt | editionStmt | publicationStmt | notesStmt | seriesStmt | fileDesc | sourceDesc" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="if (v:holds-block(.)) then 'div' else 'span'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="listBibl" as="element()">
    <section>
      <xsl:sequence select="v:attributes(., 'list-bibl')"/>
      <xsl:apply-templates select="* except (bibl | biblStruct | biblFull | listBibl | msDesc)"/>
      <ol class="entries">
        <xsl:for-each select="bibl | biblStruct | biblFull | listBibl | msDesc">
          <li>
            <xsl:apply-templates select="."/>
          </li>
        </xsl:for-each>
      </ol>
    </section>
  </xsl:template>

  <!-- An entry of a list of documents: date, title, abstract. -->
  <xsl:template match="listBibl/bibl[date and title][note/@type = 'abstract']" as="element()" priority="1">
    <div>
      <xsl:sequence select="v:attributes(., 'entry')"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="analytic/title" as="element()" priority="1">
    <xsl:call-template name="line">
      <xsl:with-param name="class" select="'title', 'level-a'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ## Tables, figures, formulae -->

  <xsl:template match="table" as="element()">
    <div class="scroll" role="region" tabindex="0" aria-label="{(head[1] ! v:words(.), v:say('Table'))[.][1]}">
      <xsl:apply-templates select="head, *[not(self::head or self::row)][. &lt;&lt; ../row[1]]"/>
      <table>
        <xsl:sequence select="v:attributes(., ())"/>
        <xsl:apply-templates select="row"/>
      </table>
      <xsl:apply-templates select="*[not(self::head or self::row)][empty(../row) or . >> ../row[1]]"/>
    </div>
  </xsl:template>

  <xsl:template match="row" as="element()">
    <tr>
      <xsl:sequence select="v:attributes(., ())"/>
      <xsl:apply-templates select="cell | table/row"/>
    </tr>
  </xsl:template>

  <xsl:template match="cell" as="element()">
    <xsl:variable name="names-column" as="xs:boolean" select="parent::row/@role = 'label'"/>
    <xsl:element name="{if (@role = 'label' or $names-column) then 'th' else 'td'}">
      <xsl:sequence select="v:attributes(., ())"/>
      <xsl:if test="@role = 'label' or $names-column">
        <xsl:attribute name="scope" select="if ($names-column) then 'col' else 'row'"/>
      </xsl:if>
      <xsl:for-each select="v:span(@cols)">
        <xsl:attribute name="colspan" select="."/>
      </xsl:for-each>
      <xsl:for-each select="v:span(@rows)">
        <xsl:attribute name="rowspan" select="."/>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="figure" as="element()">
    <figure>
      <xsl:sequence select="v:attributes(., ())"/>
      <xsl:apply-templates/>
    </figure>
  </xsl:template>

  <xsl:template match="figDesc" as="element()">
    <div class="figure-words">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="formula | notatedMusic" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="graphic | media | binaryObject" as="element()?">
    <xsl:variable name="href" as="xs:string?" select="v:href(@url)"/>
    <xsl:variable name="words" as="xs:string" select="v:words((desc, ../figDesc, ../head)[1])"/>
    <xsl:choose>
      <xsl:when test="self::graphic and $href[v:is-relative(.)]">
        <img src="{normalize-space(@url)}" alt="{$words}"/>
      </xsl:when>
      <xsl:when test="$href and v:may-link(.)">
        <a class="ref ed" href="{$href}">{v:say('Image')}</a>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
