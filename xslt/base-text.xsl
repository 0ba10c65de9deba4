<?xml version="1.0" encoding="UTF-8"?>
<!-- Text structure, headings and documentation of markup, as every view has them until it says otherwise. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:teix="http://www.tei-c.org/ns/Examples"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">


  <!-- ## The text and its divisions -->

  <xsl:template match="TEI | teiCorpus">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <!-- A document inside a corpus is a section with its own title. -->
  <xsl:template match="teiCorpus//TEI" as="element()" priority="1">
    <section class="member">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:for-each select="teiHeader//titleStmt/title[1]">
        <h2 class="ed">{v:words(.)}</h2>
      </xsl:for-each>
      <xsl:apply-templates select="*"/>
    </section>
  </xsl:template>

  <xsl:template match="text | group | body">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="front | back" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="group/text" as="element()">
    <section class="member">
      <xsl:sequence select="v:identity(.)"/>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template match="div | div0 | div1 | div2 | div3 | div4 | div5 | div6 | div7" as="element()">
    <xsl:element name="{if (head) then 'section' else 'div'}">
      <xsl:sequence select="v:attributes(., ('div', v:tokens('div-', @type)))"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- A document inside the document, set in from the text that carries it. -->
  <xsl:template match="floatingText" as="element()">
    <blockquote>
      <xsl:sequence select="v:attributes(., 'inset')"/>
      <xsl:apply-templates/>
    </blockquote>
  </xsl:template>

  <xsl:template match="ab" as="element()">
    <xsl:call-template name="block">
      <xsl:with-param name="class" select="'ab', v:tokens('ab-', @type)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="opener | closer | postscript | epigraph | argument" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="dateline | salute | signed | byline | trailer" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <xsl:template match="docAuthor | docTitle | titlePart | docDate | docImprint | docEdition | imprimatur" as="element()">
    <xsl:element name="{if (v:in-line(.)) then 'span' else 'div'}">
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="titlePage" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., 'title-page')"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="divGen" as="empty-sequence()"/>

  <xsl:template match="seg" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="class" select="'seg', v:tokens('seg-', @type)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A part of the letter's end that is no sentence of it stands on its own line. -->
  <xsl:template match="seg[parent::opener or parent::closer]" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'div'"/>
      <xsl:with-param name="class" select="'seg', v:tokens('seg-', @type)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A remark that stands where a paragraph would is one. A rule for each: Saxon files a rule under the name that its
       pattern begins with, and tries one that begins with several, in brackets or with predicates, on every element. -->
  <xsl:template match="gap[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="supplied[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="unclear[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="space[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="choice[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="metamark[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="surplus[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="ex[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="add[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>
  <xsl:template match="ptr[v:is-remark(.)]" as="element()" priority="5"><xsl:call-template name="remark"/></xsl:template>

  <xsl:function name="v:is-remark" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[parent::div or parent::body or parent::sp])"/>
  </xsl:function>

  <xsl:template name="remark" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <p class="remark">
      <xsl:next-match/>
    </p>
  </xsl:template>

  <xsl:variable name="headed" static="yes" as="xs:string+" select="'div', (0 to 7) ! ('div' || .), 'listBibl'"/>

  <xsl:template match="head" as="element()">
    <xsl:variable name="level" as="xs:integer" select="min((6, 1 + max((1, count(ancestor::*[head][local-name() = $headed])))))"/>
    <xsl:variable name="heading" as="xs:boolean" select="not(v:holds-block(.)) and empty(ancestor::p | ancestor::list | ancestor::table)"/>
    <xsl:element name="{if ($heading) then 'h' || $level else 'div'}">
      <xsl:sequence select="v:attributes(., ('head', 'head-also'[current()/preceding-sibling::head]))"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- ## Signs, indexes and documentation of markup -->

  <xsl:template match="g" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="index | interp | interpGrp | listChange" as="empty-sequence()"/>

  <xsl:template match="code | gi | att | val | tag | ident" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'code'"/>
      <xsl:with-param name="class" select="()"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="eg | egXML | teix:egXML" as="element()">
    <pre>
      <xsl:sequence select="v:identity(.)"/>
      <code>
        <xsl:value-of select="if (not(*)) then . else serialize(node(), map {'method': 'xml', 'omit-xml-declaration': true()})"/>
      </code>
    </pre>
  </xsl:template>

</xsl:stylesheet>
