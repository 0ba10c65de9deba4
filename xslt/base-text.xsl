<?xml version="1.0" encoding="UTF-8"?>
<!-- Text structure, verse, drama, speech, tables and figures, as every view has them until it says otherwise. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## The text and its divisions -->

  <xsl:template match="TEI | teiCorpus" as="node()*">
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

  <xsl:template match="text | group | body" as="node()*">
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
  <xsl:template match="opener/seg | closer/seg" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'div'"/>
      <xsl:with-param name="class" select="'seg', v:tokens('seg-', @type)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A remark that stands where a paragraph would is one. -->
  <xsl:template match="div/*[local-name() = $remarks] | body/*[local-name() = $remarks] | sp/*[local-name() = $remarks]" as="element()" priority="5">
    <p class="remark">
      <xsl:next-match/>
    </p>
  </xsl:template>

  <xsl:variable name="remarks" static="yes" as="xs:string+" select="'gap', 'supplied', 'unclear', 'space', 'choice', 'metamark', 'surplus', 'ex', 'add', 'ptr'"/>

  <!-- ## Gaiji, verse -->

  <xsl:template match="caesura | rhyme" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- ## Drama -->

  <xsl:template match="castList | castGroup | set | prologue | epilogue | performance" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="castItem" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <xsl:template match="role | roleDesc | actor | move | view | camera | sound | tech" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="caption" as="element()">
    <xsl:call-template name="block"/>
  </xsl:template>

  <!-- ## Speech -->

  <xsl:template match="u" as="element()">
    <xsl:element name="{v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'turn')"/>
      <xsl:for-each select="(tokenize(@who)[starts-with(., '#')] ! key('id', v:token(substring(., 2)), root(current())))[1][not(current()/@prev)]">
        <span class="ed speaker">{v:words((persName, .)[1])}: </span>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="vocal | kinesic | incident | pause | shift | writing" as="element()">
    <xsl:element name="{if (v:in-line(.)) then v:tag(., 'span') else v:tag(., 'p')}">
      <xsl:sequence select="v:attributes(., 'stage')"/>
      <span class="ed">[</span>
      <xsl:apply-templates/>
      <xsl:if test="not(normalize-space())">
        <span class="ed">{normalize-space((@type, local-name())[1])}</span>
      </xsl:if>
      <span class="ed">]</span>
    </xsl:element>
  </xsl:template>

  <!-- ## Tables, figures, formulae -->

  <xsl:template match="table" as="element()">
    <div class="scroll" role="region" tabindex="0" aria-label="{(head[1] ! v:words(.), 'Table')[.][1]}">
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

  <!-- ## Documentation of markup: shown as text -->

  <xsl:template match="code | gi | att | val | tag | ident" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'code'"/>
      <xsl:with-param name="class" select="()"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="eg | *:egXML" as="element()">
    <pre>
      <xsl:sequence select="v:identity(.)"/>
      <code>
        <xsl:value-of select="if (not(*)) then . else serialize(node(), map {'method': 'xml', 'omit-xml-declaration': true()})"/>
      </code>
    </pre>
  </xsl:template>

</xsl:stylesheet>
