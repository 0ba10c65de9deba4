<?xml version="1.0" encoding="UTF-8"?>
<!-- What few editions have: dictionaries, feature structures, documentation of TEI, elements that others have added. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view" xmlns:xi="http://www.w3.org/2001/XInclude"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- An enclosed paper is a division, whatever the namespace that a project has put it into. -->
  <xsl:template match="*:attachment" as="element()">
    <xsl:element name="{if (head) then 'section' else 'div'}">
      <xsl:sequence select="v:attributes(., 'div')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- What another file holds is not here. -->
  <xsl:template match="xi:include" as="element()">
    <xsl:element name="{if (v:in-line(.)) then 'span' else 'div'}">
      <xsl:attribute name="class" select="'ed include'"/>
      <xsl:text>[</xsl:text>
      <xsl:text>{v:say('in another file: %', string((@href, @xpointer)[1]))}]</xsl:text>
    </xsl:element>
  </xsl:template>

  <!-- ## Dictionaries -->

  <xsl:template match="entry | entryFree | superEntry | hom | sense | dictScrap | re" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="form | orth | pron | hyph | syll | stress | gram | gramGrp | gen | number | case | per | tns | mood | iType | pos
    | subc | colloc | def | etym | lang | usg | lbl | xr | def | oRef | pRef | oVar | pVar" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- ## Feature structures: a name and its value -->

  <xsl:template match="fs | fLib | fvLib | vColl" as="element()">
    <span>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:for-each select="*">
        <xsl:if test="position() gt 1">
          <span class="ed">; </span>
        </xsl:if>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
    </span>
  </xsl:template>

  <xsl:template match="f" as="element()">
    <span>
      <xsl:sequence select="v:attributes(., 'f')"/>
      <span class="ed">{@name}: </span>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="symbol | numeric | binary | default | vAlt | vNot | vMerge | vLabel | string" as="element()">
    <span>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
      <xsl:if test="not(normalize-space())">
        <span class="ed">{@value}</span>
      </xsl:if>
    </span>
  </xsl:template>

  <!-- ## Documentation: shown as it is written -->

  <xsl:template match="schemaSpec | elementSpec | classSpec | macroSpec | dataSpec | specGrp | moduleSpec | constraintSpec" as="element()">
    <pre>
      <xsl:sequence select="v:identity(.)"/>
      <code>{serialize(., map {'method': 'xml', 'omit-xml-declaration': true()})}</code>
    </pre>
  </xsl:template>

  <xsl:template match="specList | specDesc | specGrpRef | moduleRef | elementRef | classRef | macroRef | dataRef" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="before" select="(@key, @name, @target)[1] ! string()"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
