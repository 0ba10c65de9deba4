<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI in; out comes the bracketed transcript that it was encoded from, character for character.

     Text stands as it is; brackets and quotation marks follow the table below (tei_edition/encoding/spelling.py
     holds the same one). <?transcript …?> gives characters that the table does not, where they stand;
     <?transcript-as …?> as the first node of an element replaces what the element would print.
     <?transcript-break …?> says what stands between two blocks. Characters that XML cannot hold leave this
     stylesheet as U+FDD0, hexadecimal digits, U+FDD1. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:tei-edition:functions"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- #default walks elements that hold elements only; inline prints everything. -->
  <xsl:mode on-no-match="shallow-skip"/>
  <xsl:mode name="inline" on-no-match="shallow-skip"/>

  <xsl:variable name="break" as="xs:string" select="
    let $said := (//processing-instruction('transcript-break'))[1]
    return if ($said) then f:characters($said) else '&#10;&#10;'"/>

  <xsl:variable name="structure" as="xs:string+" select="'TEI', 'text', 'front', 'body', 'back', 'group', 'div', 'floatingText',
    'sp', 'list', 'table', 'row', 'listBibl', 'lg', 'figure'"/>

  <xsl:template match="/" as="text()*">
    <xsl:apply-templates select="(TEI | teiCorpus/TEI | .)[1]//text[not(ancestor::text)]"/>
  </xsl:template>

  <!-- ## Blocks -->

  <xsl:template match="*" as="text()*">
    <xsl:choose>
      <xsl:when test="local-name() = $structure or self::item[list[@type = 'delegation']]">
        <xsl:apply-templates/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="break"/>
        <xsl:apply-templates select="." mode="inline"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="text()" as="text()*"/>

  <!-- An instruction between blocks is the break before the next one; at the very end it is what follows the last. -->
  <xsl:template match="processing-instruction('transcript')" as="text()*">
    <xsl:if test="not(following-sibling::*)">
      <xsl:value-of select="f:characters(.)"/>
    </xsl:if>
  </xsl:template>

  <!-- Delegations were columns side by side: print the rows again. -->
  <xsl:template match="list[item/list[@type = 'delegation']]" as="text()*">
    <xsl:variable name="columns" as="element(list)+" select="item/list[@type = 'delegation']"/>
    <xsl:apply-templates select="head"/>
    <xsl:for-each select="1 to max($columns ! count(item))">
      <xsl:variable name="row" as="xs:integer" select="."/>
      <xsl:for-each select="$columns/item[$row]">
        <xsl:choose>
          <xsl:when test="position() = 1">
            <xsl:call-template name="break"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="f:before(., ' ')"/>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:apply-templates select="." mode="inline"/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="break" as="text()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="usual" as="xs:string" select="
      if (preceding-sibling::*[1]/self::speaker) then ' '
      else if (. is $first) then ''
      else $break"/>
    <xsl:value-of select="f:before(., $usual)"/>
  </xsl:template>

  <xsl:variable name="first" as="element()?" select="
    (//text[not(ancestor::text)]//*[not(local-name() = $structure or self::item[list[@type = 'delegation']])])[1]"/>

  <!-- What stands before a block: the instruction right before it, or else the usual. -->
  <xsl:function name="f:before" as="xs:string">
    <xsl:param name="block" as="element()"/>
    <xsl:param name="usual" as="xs:string"/>
    <xsl:variable name="said" as="node()?" select="
      ($block/preceding-sibling::node()[not(self::text()) or normalize-space()])[last()]
      /self::processing-instruction('transcript')"/>
    <xsl:sequence select="if ($said) then f:characters($said) else $usual"/>
  </xsl:function>

  <!-- ## Words -->

  <xsl:template match="text()" mode="inline" as="text()">
    <xsl:value-of select="."/>
  </xsl:template>

  <xsl:template match="processing-instruction('transcript')" mode="inline" as="text()">
    <xsl:value-of select="f:characters(.)"/>
  </xsl:template>

  <xsl:template match="*" mode="inline" as="text()*">
    <xsl:variable name="marks" as="array(xs:string)" select="f:marks(.)"/>
    <xsl:value-of select="$marks(1)"/>
    <xsl:apply-templates mode="inline"/>
    <xsl:value-of select="$marks(2)"/>
  </xsl:template>

  <xsl:template match="*[node()[1]/self::processing-instruction('transcript-as')]" mode="inline" as="text()" priority="1">
    <xsl:value-of select="f:characters(processing-instruction()[1])"/>
  </xsl:template>

  <xsl:function name="f:marks" as="array(xs:string)">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="close" as="xs:string" select="if ($element/@cert = 'low') then '?]' else ']'"/>
    <xsl:variable name="in-choice" as="xs:boolean" select="exists($element/parent::choice)"/>
    <xsl:sequence select="
      if ($element[self::gap or self::space or self::ex or self::gloss]) then ['[', ']']
      else if ($element/self::note) then
        if ($element/@type = ('abstract', 'footnote', 'distribution')) then ['', ''] else ['[', ']']
      else if ($element[self::supplied or self::unclear]) then ['[', $close]
      else if ($in-choice and $element[self::reg or self::corr or ((self::expan or self::abbr) and preceding-sibling::*)])
        then [' [', $close]
      else if ($element/self::figure) then ['(', ')']
      else if ($element/self::desc[parent::note]) then ['', ':']
      else if ($element/self::q) then
        if ($element/@rend = 'straight') then ['&quot;', '&quot;']
        else if ($element/@rend = 'single') then ['‘', '’']
        else if ($element/@rend = 'single straight') then ['''', '''']
        else ['“', '”']
      else ['', '']"/>
  </xsl:function>

  <!-- Reads what an instruction holds: \n \r \t, \s for a blank, \xHHHH; for what XML cannot hold, \e for nothing,
       and a backslash before any other character for that character. -->
  <xsl:function name="f:characters" as="xs:string">
    <xsl:param name="instruction" as="processing-instruction()"/>
    <xsl:variable name="plain" as="map(xs:string, xs:string)" select="
      map {'n': '&#10;', 'r': '&#13;', 't': '&#9;', 's': ' ', 'e': ''}"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="string($instruction)" regex="\\(x([0-9A-F]+);|.)" flags="s">
        <xsl:matching-substring>
          <xsl:sequence select="
            if (regex-group(2)) then '&#xFDD0;' || regex-group(2) || '&#xFDD1;'
            else ($plain(regex-group(1)), regex-group(1))[1]"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

</xsl:stylesheet>
