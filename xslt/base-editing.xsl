<?xml version="1.0" encoding="UTF-8"?>
<!-- What editors and the hands of the source changed: corrections, regularised forms, abbreviations, gaps, doubt, additions. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">


  <!-- ## Editorial interventions -->

  <!-- Of several readings, all of them. -->
  <xsl:template match="choice">
    <xsl:for-each select="*">
      <xsl:if test="position() gt 1">
        <span class="ed">/</span>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- Of two forms, what the source has, and the other one in brackets after it. -->
  <xsl:template match="choice[sic | orig | abbr][corr | reg | expan]">
    <xsl:apply-templates select="sic | orig | abbr"/>
    <xsl:if test="not(v:possessive(.))">
      <xsl:apply-templates select="corr | reg | expan"/>
    </xsl:if>
  </xsl:template>

  <!-- The words in full, with their abbreviation in an editor's brackets. -->
  <xsl:template match="choice[expan[not(ex)]/following-sibling::abbr/@resp]" priority="1">
    <xsl:apply-templates select="expan/node()"/>
    <span class="ed">
      <xsl:text> </xsl:text>
    </span>
    <xsl:for-each select="abbr">
      <xsl:call-template name="line">
        <xsl:with-param name="before" select="'['"/>
        <xsl:with-param name="after" select="']'"/>
        <xsl:with-param name="title" select="v:responsible(.)"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- Whether an edited form stands behind what the source has, in brackets. -->
  <xsl:function name="v:is-other" as="xs:boolean">
    <xsl:param name="form" as="element()"/>
    <xsl:sequence select="exists($form/parent::choice[sic | orig | abbr])"/>
  </xsl:function>

  <xsl:function name="v:scheme" as="xs:string?">
    <xsl:param name="type" as="attribute()?"/>
    <xsl:sequence select="$schemes(string($type)) ! v:say(.)"/>
  </xsl:function>

  <xsl:variable name="schemes" static="yes" as="map(xs:string, xs:string)" select="map {
    'pinyin': 'In Pinyin', 'wade-giles': 'In Wade-Giles', 'romanisation': 'In another romanisation', 'exonym': 'By another name'}"/>

  <xsl:function name="v:is-name" as="xs:boolean">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:sequence select="exists($choice[reg/(@type, @resp) or ancestor::persName or ancestor::placeName or ancestor::orgName or ancestor::rs or ancestor::name])"/>
  </xsl:function>

  <!-- The bracket goes behind a possessive: Chiang Kai-shek's [Jiang Jieshi]. -->
  <xsl:key name="possessive" match="choice[orig][reg][v:is-name(.)]" use="v:possessive(.) ! generate-id()"/>

  <xsl:function name="v:possessive" as="text()?">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:sequence select="$choice[reg]/following::text()[1][substring(., 2, 1) = 's'][matches(., '^[''’]s([^\p{L}]|$)')]"/>
  </xsl:function>

  <xsl:variable name="has-possessive" as="xs:boolean" select="some $choice in $choices[orig][reg] satisfies v:is-name($choice) and exists(v:possessive($choice))"/>

  <xsl:template name="possessive">
    <xsl:value-of select="substring(., 1, 2)"/>
    <xsl:apply-templates select="key('possessive', generate-id())/reg"/>
    <xsl:value-of select="substring(., 3)"/>
  </xsl:template>

  <!-- Standing alone: what the source has is as it is, a mistake of it is called one, what the editors put in its place
       is in brackets. -->
  <xsl:template match="orig | abbr | am" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="sic[parent::choice]" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="expan[.//ex][not(v:is-other(.))]" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="sic" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="v:say('So in the source')"/>
      <xsl:with-param name="after" select="' [sic]'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr | reg | expan" as="element()+">
    <xsl:variable name="other" as="xs:boolean" select="v:is-other(.)"/>
    <xsl:if test="$other">
      <span class="ed">
        <xsl:text> </xsl:text>
      </span>
    </xsl:if>
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join((
        if ($other) then v:scheme(@type) else v:say(if (self::corr) then 'Corrected' else if (self::reg) then 'Regularised' else 'Written out'),
        v:responsible(.)), '; ')[.]"/>
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="if (@cert = 'low') then '?]' else ']'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="']'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="gap" as="element()">
    <span>
      <xsl:sequence select="v:attributes(., 'gap')"/>
      <xsl:attribute name="title" select="v:gap-cause(.)"/>
      <span class="ed">[</span>
      <xsl:choose>
        <xsl:when test="desc">
          <xsl:apply-templates select="desc/node()"/>
        </xsl:when>
        <xsl:otherwise>
          <span class="ed">{v:gap-words(.)}</span>
        </xsl:otherwise>
      </xsl:choose>
      <span class="ed">]</span>
      <xsl:apply-templates select="node()[not(self::desc)]"/>
    </span>
  </xsl:template>

  <!-- What a gap without words of its own says: its extent and its reason. -->
  <xsl:function name="v:gap-words" as="xs:string">
    <xsl:param name="gap" as="element(gap)"/>
    <xsl:variable name="unit" as="xs:string" select="replace(lower-case($gap/@unit), 's$', '')"/>
    <xsl:variable name="count" as="xs:string?" select="
      ($gap/@quantity, $gap/@extent, ($gap/@atLeast || '–' || $gap/@atMost)[$gap/@atLeast and $gap/@atMost],
       $gap/@atMost ! v:say('up to %', .), $gap/@atLeast ! v:say('at least %', .))[1]"/>
    <xsl:variable name="size" as="xs:string" select="string-join(
      ($count, v:say($unit || 's'[not($count = '1')])[$unit][not(matches($gap/@extent, '\p{L}{3}'))][$count or not($unit = 'unknown')]), ' ')"/>
    <xsl:sequence select="
      if ($size = '' and not($gap/@reason[normalize-space()])) then '…'
      else string-join(($size[.], v:said($gap/@reason)), ' ')"/>
  </xsl:function>

  <xsl:variable name="causes" static="yes" as="map(xs:string, xs:string)" select="map {
    'lost': 'Lost in the source', 'illegible': 'Illegible in the source', 'inaudible': 'Inaudible in the recording',
    'redacted': 'Withheld by those who released the document', 'editorial': 'Left out by the editors of the source',
    'sampling': 'Outside the part that was transcribed', 'garbled': 'Garbled in transmission',
    'unrecovered': 'Not recovered in decoding', 'unrecoverable': 'Cannot be recovered', 'deleted': 'Deleted in the source',
    'cancelled': 'Cancelled in the source', 'irrelevant': 'Left out as irrelevant'}"/>

  <xsl:function name="v:gap-cause" as="xs:string">
    <xsl:param name="gap" as="element(gap)"/>
    <xsl:sequence select="
      string-join((v:say(($causes(lower-case($gap/@reason)), 'Missing here')[1]), v:responsible($gap) ! v:say('noted by %', .)), '; ')"/>
  </xsl:function>

  <xsl:template match="unclear" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join((v:say('Uncertain reading'), v:responsible(.)), '; ')"/>
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="'?]'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Changes on the source itself, with the hand that made them. -->
  <xsl:template match="add" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'ins'"/>
      <xsl:with-param name="title" select="string-join((v:say('Added'), v:said(@place)), ', ')"/>
      <xsl:with-param name="before" select="'\'"/>
      <xsl:with-param name="after" select="'/' || v:by-hand(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="del" as="element()?">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'del'"/>
      <xsl:with-param name="class" select="()"/>
      <xsl:with-param name="before" select="'⟦' || '…'[not(current()/node())]"/>
      <xsl:with-param name="after" select="'⟧' || v:by-hand(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Whose hand an element is in, in brackets. -->
  <xsl:function name="v:by-hand" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string-join($element/@hand ! v:hand(.)[.] ! (' [' || . || ']'))"/>
  </xsl:function>

  <!-- The name of a hand: as the header describes it, or else what the pointer says. -->
  <xsl:function name="v:hand" as="xs:string">
    <xsl:param name="hand" as="attribute()"/>
    <xsl:variable name="names" as="xs:string*">
      <xsl:for-each select="tokenize($hand)">
        <xsl:variable name="note" as="element()?" select="key('id', v:token(replace(., '^.*#', '')), root($hand))[1]"/>
        <xsl:variable name="words" as="xs:string" select="replace(v:words(($note/(persName | name), $note)[1]), '\s*\(.*\)\.?$|\.$', '')"/>
        <xsl:sequence select="($words[. ne ''][string-length(.) le 60], $note/@scribe/string(), replace(., '^.*[#:]', ''))[1]"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="string-join($names, ', ')"/>
  </xsl:function>

</xsl:stylesheet>
