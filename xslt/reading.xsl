<?xml version="1.0" encoding="UTF-8"?>
<!-- The reading view: the edited text. Corrections stand in the text, what the source has instead in the textual
     notes; deletions are left out and noted; broken paragraphs are joined; lines of the source run on in prose. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="base.xsl"/>

  <xsl:variable name="view" as="xs:string" select="'reading'"/>

  <!-- ## Paragraphs that the source broke -->

  <xsl:template match="p[@part = ('I', 'M')][v:rest(.)]" as="element()" priority="2">
    <xsl:element name="{if (some $part in v:parts(.) satisfies v:holds-block($part)) then 'div' else 'p'}">
      <xsl:sequence select="v:attributes(., 'turn'[v:leads(current())])"/>
      <xsl:call-template name="leads"/>
      <xsl:for-each select="v:parts(.)">
        <xsl:if test="position() gt 1">
          <xsl:text> </xsl:text>
          <span class="ed part-mark" title="The source begins a new paragraph here">¦</span>
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

  <xsl:template match="p[@part = 'I'][v:rest(.)]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="part-mark">¦</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The source breaks the paragraph here, in the middle of a sentence.'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A line of the source ends: in prose a blank, unless the word goes on. -->
  <xsl:template match="lb[ancestor::p[1][not(ancestor::note[@type] | ancestor::address)]][v:in-line(.)]" as="text()?" priority="1">
    <xsl:if test="not(@break = 'no') and matches(string(preceding::text()[1]), '\S$') and matches(string(following::text()[1]), '^\S')">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- ## Doubt -->

  <xsl:template match="unclear[not(@cert = ('high', 'medium'))][normalize-space()]" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join(('Uncertain reading', v:responsible(.)), '; ')"/>
      <xsl:with-param name="after" select="'[?]'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="unclear" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="unclear">word{'[?]'[not(current()/@cert = ('high', 'medium'))]}</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The reading is not certain.'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ## What the edited text leaves out goes into the textual notes -->

  <xsl:function name="v:is-textual" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      empty($element/ancestor::*[self::del or self::sic[../corr] or self::orig[../reg] or self::rdg])
      and exists($element/(self::choice[sic][corr[not(@cert = 'low')]], self::choice[orig][reg][not(v:is-name(.))],
        self::subst[del][normalize-space(string-join(del))], self::del[not(parent::subst)][normalize-space()],
        self::app[rdg][lem or count(rdg) gt 1]))"/>
  </xsl:function>

  <xsl:template match="choice[sic][corr[not(@cert = 'low')]] | choice[orig][reg][not(v:is-name(.))]" as="node()*">
    <xsl:apply-templates select="(corr | reg)[1]"/>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="choice[abbr][expan/ex]" as="node()*">
    <xsl:apply-templates select="expan"/>
  </xsl:template>

  <xsl:template match="subst" as="node()*">
    <xsl:apply-templates select="* except del"/>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="del" as="element()?">
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="app" as="node()*">
    <xsl:apply-templates select="(lem, rdg, rdgGrp/rdg)[1]"/>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="choice" mode="textual" as="node()+">
    <xsl:variable name="shown" as="element()" select="(corr, reg)[1]"/>
    <xsl:sequence select="v:lemma($shown)"/>
    <span class="ed"> the source has </span>
    <i>
      <xsl:apply-templates select="(sic, orig)[1]/node()"/>
    </i>
    <xsl:sequence select="v:by($shown)"/>
  </xsl:template>

  <xsl:template match="subst" mode="textual" as="node()+">
    <xsl:sequence select="v:lemma(add[1])"/>
    <span class="ed"> replaces </span>
    <i>
      <xsl:apply-templates select="del/node()"/>
    </i>
  </xsl:template>

  <xsl:template match="del" mode="textual" as="node()+">
    <span class="ed">deleted: </span>
    <i>
      <xsl:apply-templates/>
    </i>
  </xsl:template>

  <xsl:template match="app" mode="textual" as="node()+">
    <xsl:variable name="shown" as="element()" select="(lem, rdg)[1]"/>
    <xsl:sequence select="v:lemma($shown)"/>
    <xsl:for-each select="rdg except $shown">
      <xsl:text> </xsl:text>
      <i>
        <xsl:apply-templates/>
      </i>
      <span class="ed"> {replace(@wit, '#', '')}</span>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="v:lemma" as="element()">
    <xsl:param name="element" as="element()?"/>
    <span class="ed lemma">{v:words($element)}]</span>
  </xsl:function>

  <xsl:function name="v:by" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="v:responsible($element)">
      <span class="ed resp"> — {.}</span>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
