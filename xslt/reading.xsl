<?xml version="1.0" encoding="UTF-8"?>
<!-- The reading view: the edited text. Corrections stand in the text, what the source has instead in the textual
     notes; deletions are left out and noted; broken paragraphs are joined; lines of the source run on in prose. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="base.xsl"/>

  <xsl:variable name="view" as="xs:string" select="'reading'"/>
  <xsl:variable name="lines-shown" as="xs:boolean" select="false()"/>

  <!-- ## Paragraphs that the source broke -->

  <xsl:template match="p[@part = ('I', 'M')][v:rest(.)]" as="element()" priority="2">
    <xsl:element name="{if (some $part in v:parts(.) satisfies v:holds-block($part)) then 'div' else 'p'}">
      <xsl:sequence select="v:attributes(., 'turn'[v:leads(current())])"/>
      <xsl:call-template name="leads"/>
      <xsl:for-each select="v:parts(.)">
        <xsl:if test="position() gt 1">
          <xsl:text> </xsl:text>
          <span class="ed part-mark" title="{v:say('The source begins a new paragraph here')}">¦</span>
          <xsl:text> </xsl:text>
          <xsl:for-each select="preceding-sibling::*[1]/self::pb">
            <xsl:call-template name="page-begins"/>
          </xsl:for-each>
        </xsl:if>
        <xsl:apply-templates/>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <xsl:template match="p[@part = ('M', 'F')][preceding-sibling::p[1][v:rest(.) is current()]]" as="empty-sequence()" priority="3"/>
  <xsl:template match="pb[preceding-sibling::*[1][self::p][v:rest(.)]]" as="empty-sequence()" priority="3"/>

  <!-- The part of a broken paragraph that follows at once, or on the next page. -->
  <xsl:function name="v:rest" as="element(p)?">
    <xsl:param name="part" as="element(p)"/>
    <xsl:variable name="next" as="element()*" select="$part[@part = ('I', 'M')]/following-sibling::*[position() le 2]"/>
    <xsl:sequence select="($next[1], $next[2][$next[1]/self::pb])[self::p[@part = ('M', 'F')]][1]"/>
  </xsl:function>

  <xsl:function name="v:parts" as="element(p)+">
    <xsl:param name="part" as="element(p)"/>
    <xsl:sequence select="$part, v:rest($part) ! v:parts(.)"/>
  </xsl:function>

  <xsl:variable name="own-signs" as="element()*" select="v:first(//p[@part = 'I'][v:rest(.)]), v:first($breaks[@break = 'no'][v:divided(preceding::text()[normalize-space()][1])])"/>

  <xsl:template match="p" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="part-mark">¦</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The source breaks the paragraph here, in the middle of a sentence.'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ## Lines of the source -->

  <!-- A line of prose runs on; who wants to see where it ends can have it shown. -->
  <xsl:template match="lb[@break = 'no' or v:runs-on(.)]" priority="1">
    <xsl:call-template name="blank-between"/>
    <span class="lb"/>
  </xsl:template>

  <!-- The word stands whole, with a mark where the source divides it. -->
  <xsl:template name="line-end-hyphen" as="element()">
    <xsl:param name="hyphen" as="xs:string"/>
    <span class="divided" title="{v:say('Divided in the source, with a hyphen')}"/>
  </xsl:template>

  <xsl:template match="lb" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>wo<span class="divided"/>rd</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The source divides the word here at the end of a line, with a hyphen.'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ## Doubt -->

  <xsl:template match="unclear" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join((v:say('Uncertain reading'), v:responsible(.)), '; ')"/>
      <xsl:with-param name="after" select="'[?]'[not(current()/following-sibling::node()[1]/self::metamark[@function = 'doubt'])]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="unclear" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="unclear">{v:say('word')}[?]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The reading is not certain.'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ## What the edited text leaves out goes into the textual notes -->

  <xsl:function name="v:is-textual" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      exists($element[self::choice[sic][corr[not(@cert = 'low')]] or self::choice[orig][reg][not(v:is-name(.))] or self::choice[sic][reg]
        or self::choice[abbr][expan/ex] and not(v:spelt($element)) or self::subst[del]
        or self::del[not(parent::subst)][not(v:holds-block(.))] or self::app[rdg][lem or count(.//rdg) gt 1][not(parent::listApp)]])
      and not(v:is-noted($element))"/>
  </xsl:function>

  <!-- Whether the words in full show the abbreviation: its letters and no others stand outside the added ones. -->
  <xsl:function name="v:spelt" as="xs:boolean">
    <xsl:param name="choice" as="element()"/>
    <xsl:sequence select="
      replace(string-join($choice/expan[1]//text()[not(ancestor::ex)]), '\P{L}', '') = replace(string($choice/abbr[1]), '\P{L}', '')"/>
  </xsl:function>

  <xsl:template match="choice[v:is-textual(.)]" priority="2">
    <xsl:for-each select="(corr, reg, expan)[1]">
      <xsl:call-template name="line"/>
    </xsl:for-each>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="choice[abbr][expan/ex]" priority="1">
    <xsl:for-each select="expan">
      <xsl:call-template name="line"/>
    </xsl:for-each>
    <!-- Where the added letters are not wanted, the full stop of the abbreviation is. -->
    <xsl:for-each select="string(abbr[1])[matches(., '\p{L}[.:]$')][not(matches(current()/expan[1], '[.:]$'))]">
      <span class="abbr-sign" data-sign="{substring(., string-length(.))}"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="subst[v:is-textual(.)]" priority="2">
    <xsl:apply-templates select="*[not(self::del or self::lb)]"/>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="subst[count(add) = 1][v:is-textual(.)]/add" as="element()" priority="2">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'ins'"/>
      <xsl:with-param name="title" select="string-join((v:say('Added'), v:said(@place)), ', ')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="del[v:is-textual(.)]" as="element()?" priority="2">
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="choice" mode="textual">
    <xsl:variable name="shown" as="element()" select="(corr, reg, expan)[1]"/>
    <xsl:sequence select="v:lemma($shown)"/>
    <span class="ed"> {v:say('the source has')} </span>
    <xsl:sequence select="v:apart((sic, orig, abbr)[1])"/>
    <xsl:sequence select="v:by($shown)"/>
  </xsl:template>

  <xsl:template match="subst" mode="textual">
    <xsl:sequence select="v:lemma(add)"/>
    <xsl:for-each select="del">
      <span class="ed">{if (position() = 1) then ' ' || v:say('replaces') || ' ' else ', '}</span>
      <xsl:sequence select="v:apart(.)"/>
    </xsl:for-each>
    <xsl:sequence select="v:in-hand(.)"/>
  </xsl:template>

  <xsl:template match="del" mode="textual">
    <span class="ed">{v:say('deleted:')} </span>
    <xsl:sequence select="v:apart(.)"/>
    <xsl:sequence select="v:in-hand(.)"/>
  </xsl:template>

  <xsl:function name="v:in-hand" as="element()?">
    <xsl:param name="change" as="element()"/>
    <xsl:for-each select="($change/descendant-or-self::*/@hand)[1]">
      <span class="ed hand"> — {v:hand(.)}</span>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
