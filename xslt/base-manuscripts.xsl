<?xml version="1.0" encoding="UTF-8"?>
<!-- Descriptions of manuscripts: in full as nested lists of labels and words, or as a few words in a line. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:mode name="described" on-no-match="deep-skip"/>

  <!-- ## In full -->

  <xsl:template match="msDesc | msFrag | msPart" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates select="head"/>
      <xsl:where-populated>
        <dl class="facts">
          <xsl:apply-templates select="* except head" mode="described"/>
        </dl>
      </xsl:where-populated>
    </div>
  </xsl:template>

  <!-- A part of the description with its label; what holds parts is a list of them. -->
  <xsl:template match="*[normalize-space() or .//@quantity or .//@n]" mode="described" as="element()">
    <div>
      <dt>{v:ms-label(.)}</dt>
      <dd>
        <xsl:choose>
          <xsl:when test="local-name() = $ms-holders and not(text()[normalize-space()] or p or ab)">
            <xsl:sequence select="v:identity(.)"/>
            <dl>
              <xsl:apply-templates select="*" mode="described"/>
            </dl>
          </xsl:when>
          <xsl:when test="*/self::p or */self::ab">
            <xsl:sequence select="v:identity(.)"/>
            <xsl:apply-templates/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="."/>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </div>
  </xsl:template>

  <xsl:template match="objectDesc[not(p or ab)] | supportDesc[not(p or ab)] | layoutDesc[not(p or ab)] | handDesc[not(p or ab)] | bindingDesc[not(p or ab)]"
      mode="described" as="element()*" priority="1">
    <xsl:apply-templates select="*" mode="described"/>
  </xsl:template>

  <xsl:variable name="ms-holders" static="yes" as="xs:string+" select="tokenize('msContents msItem msItemStruct physDesc typeDesc scriptDesc
    decoDesc additions sealDesc history additional adminInfo msPart msFrag')"/>

  <xsl:template match="msIdentifier" mode="described" as="element()">
    <div>
      <dt>{v:ms-label(.)}</dt>
      <dd>
        <xsl:call-template name="in-a-line"/>
      </dd>
    </div>
  </xsl:template>

  <!-- What a part is called: as cataloguers say, or else as TEI does. -->
  <xsl:function name="v:ms-label" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($part)"/>
    <xsl:variable name="number" as="xs:string" select="normalize-space($part/@n)"/>
    <xsl:variable name="words" as="xs:string" select="
      v:say(v:capital(($ms-labels($name), lower-case(replace(replace($name, '^ms', ''), '([a-z])([A-Z])', '$1 $2')))[1]))"/>
    <xsl:sequence select="string-join(($words, $number[.]), ' ')"/>
  </xsl:function>

  <xsl:variable name="ms-labels" static="yes" as="map(xs:string, xs:string)" select="map {
    'msIdentifier': 'Shelfmark', 'altIdentifier': 'Other shelfmark', 'msItem': 'Item', 'msItemStruct': 'Item', 'physDesc': 'Physical description',
    'objectDesc': 'Object', 'supportDesc': 'Support', 'layoutDesc': 'Layout', 'handDesc': 'Hands', 'handNote': 'Hand', 'typeDesc': 'Type',
    'scriptDesc': 'Script', 'scriptNote': 'Script', 'decoDesc': 'Decoration', 'decoNote': 'Decoration', 'bindingDesc': 'Binding',
    'sealDesc': 'Seals', 'accMat': 'Accompanying material', 'adminInfo': 'Administration', 'recordHist': 'History of the record',
    'custodialHist': 'Custody', 'textLang': 'Language', 'locus': 'Place', 'finalRubric': 'Final rubric', 'surrogates': 'Reproductions',
    'listBibl': 'Literature', 'bibl': 'Literature', 'p': 'Description', 'ab': 'Description', 'secFol': 'Second folio', 'msName': 'Name',
    'filiation': 'Filiation', 'msPart': 'Part', 'msFrag': 'Fragment', 'musicNotation': 'Musical notation', 'origDate': 'Date', 'origPlace': 'Place'}"/>

  <!-- ## In a line -->

  <xsl:template match="stamp | watermark | heraldry | locus | locusGrp | material | objectType | origDate | origPlace | catchwords | signatures
    | secFol | msName | collection | repository | institution | rubric | incipit | explicit | finalRubric | colophon | foliation | collation
    | filiation | decoNote | typeNote | scriptNote | accMat | seal | binding | musicNotation | decoDesc | bindingDesc | sealDesc | typeDesc
    | scriptDesc | additions | adminInfo | recordHist | source | custodialHist | custEvent | surrogates" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="msIdentifier | altIdentifier | msContents | msItem | msItemStruct | physDesc | handDesc | handNote | history | origin
    | provenance | acquisition | objectDesc | supportDesc | support | layoutDesc | layout | summary | additional | condition" as="element()">
    <xsl:call-template name="in-a-line"/>
  </xsl:template>

  <xsl:template name="in-a-line" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:element name="{if (v:holds-block(.)) then 'div' else 'span'}">
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:for-each select="node()">
        <xsl:apply-templates select="."/>
        <xsl:if test="self::* and following-sibling::* and not(../text()[normalize-space()])">
          <span class="ed">, </span>
        </xsl:if>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <!-- Sizes may be told by attributes alone. -->
  <xsl:template match="dimensions | height | width | depth | dim" as="element()">
    <span>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:for-each select="self::dimensions[not(text()[normalize-space()])]/*">
        <xsl:if test="position() gt 1">
          <span class="ed"> × </span>
        </xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
      <xsl:apply-templates select="node()[not(parent::dimensions)] | self::dimensions[text()[normalize-space()]]/node()"/>
      <xsl:if test="not(self::dimensions) and not(node()) and (@quantity, @extent)[1]">
        <span class="ed">{(@quantity, @extent)[1]} {(@unit, parent::dimensions/@unit)[1]}</span>
      </xsl:if>
    </span>
  </xsl:template>

</xsl:stylesheet>
