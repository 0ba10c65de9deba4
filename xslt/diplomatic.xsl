<?xml version="1.0" encoding="UTF-8"?>
<!-- The diplomatic view: what the source page shows, in its order, with brackets, notes and lines where they stand. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="base.xsl"/>

  <xsl:variable name="view" as="xs:string" select="'diplomatic'"/>

  <!-- ## Brackets as the source page sets them -->

  <xsl:template match="unclear" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="unclear">[{v:say('word')}?]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The reading is not certain.'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Quotation marks as the source has them. -->
  <xsl:function name="v:quotation-marks" as="xs:string*">
    <xsl:param name="quotation" as="element()"/>
    <xsl:variable name="rend" as="xs:string*" select="tokenize($quotation/@rend)"/>
    <xsl:if test="not($marks-in-text) and ($quotation[self::q or self::quote] or $rend = ('straight', 'single', 'double'))">
      <xsl:sequence select="
        if ($rend = 'single' and $rend = 'straight') then ('''', '''') else if ($rend = 'single') then ('‘', '’')
        else if ($rend = 'straight') then ('&quot;', '&quot;') else ('“', '”')"/>
    </xsl:if>
  </xsl:function>

  <!-- An enclosed text stands in quotation marks, which the element represents. -->
  <xsl:key name="opening" match="floatingText" use="generate-id((.//text()[normalize-space()])[1])"/>
  <xsl:key name="closing" match="floatingText" use="generate-id((.//text()[normalize-space()])[last()])"/>

  <xsl:template match="text()[$marks-represented and $has-inset][key('opening', generate-id()) or key('closing', generate-id())]" priority="2">
    <xsl:variable name="closing" as="xs:string?" select="if (key('closing', generate-id())) then '”' else ()"/>
    <xsl:variable name="alone" as="xs:boolean" select="matches(., '^[.,;]\s*$')"/>
    <xsl:call-template name="ed">
      <xsl:with-param name="words" select="if (key('opening', generate-id())) then '“' else $closing[$alone]"/>
    </xsl:call-template>
    <xsl:next-match/>
    <xsl:call-template name="ed">
      <xsl:with-param name="words" select="$closing[not($alone)]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:variable name="has-inset" as="xs:boolean" select="exists(//floatingText)"/>
  <xsl:variable name="marks-represented" as="xs:boolean" select="$header/encodingDesc/editorialDecl/quotation/@marks = 'none'"/>

  <!-- ## Lists and figures as the page has them -->

  <!-- Delegations stood side by side: the rows of the page. The names of the sides are the editor's and not shown. -->
  <xsl:template match="list[item/list[@type = 'delegation']]" as="element()" priority="2">
    <xsl:variable name="columns" as="element(list)+" select="item/list[@type = 'delegation']"/>
    <div>
      <xsl:sequence select="v:attributes(., 'list')"/>
      <xsl:apply-templates select="head"/>
      <xsl:for-each select="1 to max($columns ! count(item))">
        <xsl:variable name="row" as="xs:integer" select="."/>
        <p class="row">
          <xsl:for-each select="$columns/item[$row]">
            <xsl:if test="position() gt 1">
              <xsl:text> </xsl:text>
            </xsl:if>
            <span>
              <xsl:sequence select="v:identity(.)"/>
              <xsl:apply-templates/>
            </span>
          </xsl:for-each>
        </p>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- What the page says of an image stands in round brackets, which the element represents. -->
  <xsl:template match="figure[not(graphic)]/figDesc" as="element()" priority="2">
    <div class="figure-words">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:call-template name="ed">
        <xsl:with-param name="words" select="'('"/>
      </xsl:call-template>
      <xsl:apply-templates/>
      <xsl:call-template name="ed">
        <xsl:with-param name="words" select="')'"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <!-- ## What editors put in the place of the source's words stands in the textual notes -->

  <xsl:function name="v:is-textual" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      exists($element[self::app[rdg][lem or count(.//rdg) gt 1][not(parent::listApp)]
        or self::choice[sic][corr[not(@cert = 'low')]] or self::choice[orig][reg][not(v:is-name(.))] or self::choice[sic][reg] or self::choice[abbr][expan/ex]])
      and not(v:is-noted($element))"/>
  </xsl:function>

  <xsl:template match="choice[v:is-textual(.)]" priority="2">
    <xsl:apply-templates select="(sic | orig | abbr)[1]"/>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="choice" mode="textual">
    <xsl:variable name="shown" as="element()" select="(sic, orig, abbr)[1]"/>
    <xsl:variable name="other" as="element()" select="(corr, reg, expan)[1]"/>
    <xsl:sequence select="v:lemma($shown)"/>
    <span class="ed"> {v:say(if ($other/self::corr) then 'corrected:' else if ($other/self::reg) then 'regularised:' else 'written out:')} </span>
    <xsl:sequence select="v:apart($other)"/>
    <xsl:sequence select="v:by($other)"/>
  </xsl:template>

  <!-- ## Notes where they stand -->

  <!-- Only what the source itself has as a footnote is one; every other note stands in brackets at its place. -->
  <xsl:function name="v:note-kind" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="
      if ($note[parent::noteGrp or parent::bibl or parent::app or ancestor::back or ancestor::standOff or ancestor::teiHeader or parent::list]) then 'end'
      else if ($note/ancestor::note or $note[not(@type = ('footnote', 'source')) and not(@n)] and v:in-line($note)) then 'line'
      else if (v:in-line($note) or $note[@place = ('foot', 'bottom', 'end')]) then 'foot'
      else 'box'"/>
  </xsl:function>

  <xsl:template name="note-label" as="element()?"/>

  <!-- A note on its own is a paragraph in brackets, with the words that introduce it. -->
  <xsl:template match="note[v:note-kind(.) = 'box']" as="element()">
    <aside class="{'note', v:tokens('note-', @type)}">
      <xsl:choose>
        <xsl:when test="v:holds-block(.)">
          <xsl:sequence select="v:identity(.)"/>
          <xsl:apply-templates/>
        </xsl:when>
        <xsl:when test="@type = ('abstract', 'footnote', 'distribution', 'source')">
          <p>
            <xsl:sequence select="v:identity(.)"/>
            <xsl:apply-templates/>
          </p>
        </xsl:when>
        <xsl:otherwise>
          <p>
            <xsl:call-template name="note-in-line"/>
          </p>
        </xsl:otherwise>
      </xsl:choose>
    </aside>
  </xsl:template>

</xsl:stylesheet>
