<?xml version="1.0" encoding="UTF-8"?>
<!-- Textual notes and the apparatus: what the source or another text has where the text shown differs. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Apparatus -->

  <!-- In the text: its lemma or first reading; the others are in the textual notes. -->
  <xsl:template match="app">
    <xsl:apply-templates select="(lem, .//rdg)[1]"/>
    <xsl:call-template name="textual-mark"/>
  </xsl:template>

  <xsl:template match="app[ancestor::app]">
    <xsl:for-each select=".//rdg | lem">
      <xsl:if test="position() gt 1">
        <span class="ed"> / </span>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="lem | rdg" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- Apart from the text: a list, each entry with the place that it speaks of. -->
  <xsl:template match="listApp" as="element()">
    <div>
      <xsl:sequence select="v:attributes(., 'apparatus')"/>
      <xsl:apply-templates select="*"/>
    </div>
  </xsl:template>

  <xsl:template match="app[@from or @loc or parent::listApp or parent::div or parent::body]" as="element()" priority="2">
    <p>
      <xsl:sequence select="v:attributes(., 'app')"/>
      <xsl:variable name="place" as="xs:string?" select="v:href(@from)"/>
      <xsl:choose>
        <xsl:when test="$place">
          <a class="ed" href="{$place}">{(@loc ! translate(., '_', ' '), '→')[1]}</a>
        </xsl:when>
        <xsl:otherwise>
          <span class="ed">{@loc ! translate(., '_', ' ')}</span>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
      <xsl:for-each select="lem | .//rdg | note">
        <xsl:if test="position() gt 1">
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="self::note">
            <span class="note-here">
              <xsl:apply-templates/>
            </span>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="line">
              <xsl:with-param name="after" select="']'[current()/self::lem]"/>
            </xsl:call-template>
            <xsl:sequence select="v:witnesses(.)"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </p>
  </xsl:template>

  <xsl:template match="listWit" as="element()">
    <ul>
      <xsl:sequence select="v:attributes(., 'witnesses')"/>
      <xsl:for-each select="witness | listWit">
        <li>
          <xsl:apply-templates select="."/>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="witness" as="element()">
    <xsl:element name="{v:tag(., 'span')}">
      <xsl:sequence select="v:attributes(., 'witness')"/>
      <span class="ed">{(@n, @xml:id)[1]}: </span>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="rdgGrp | wit | witDetail | listPrefixDef">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="witStart | witEnd | lacunaStart | lacunaEnd" as="empty-sequence()"/>

  <!-- ## Textual notes: what the source reads where the text differs. A view says which elements need one. -->

  <xsl:function name="v:is-textual" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="false()"/>
  </xsl:function>

  <!-- Whether the element stands in something that a textual note shows already. -->
  <xsl:function name="v:is-noted" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/ancestor::*[self::del or self::sic or self::orig or self::abbr or self::corr or self::reg
      or self::expan or self::rdg or self::lem][not(self::del) or not(v:holds-block(.))])"/>
  </xsl:function>

  <xsl:function name="v:lemma" as="element()">
    <xsl:param name="elements" as="element()*"/>
    <span class="ed lemma">{string-join($elements ! v:words(.), ' ')}]</span>
  </xsl:function>

  <!-- The words of an element by themselves, with the class of what they are. -->
  <xsl:function name="v:apart" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element">
      <xsl:element name="{v:tag(., 'i')}">
        <xsl:sequence select="v:attributes(., local-name())"/>
        <xsl:apply-templates/>
        <xsl:if test="not(node())">
          <span class="ed">…</span>
        </xsl:if>
      </xsl:element>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="v:by" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="v:responsible($element)">
      <span class="ed resp"> — {.}</span>
    </xsl:for-each>
  </xsl:function>

  <!-- What stands in the text, then each other reading with its witnesses. -->
  <xsl:template match="app" mode="textual">
    <xsl:variable name="shown" as="element()?" select="(lem, .//rdg)[1]"/>
    <xsl:sequence select="v:lemma($shown)"/>
    <xsl:sequence select="v:witnesses($shown)"/>
    <xsl:for-each select=".//rdg except $shown">
      <xsl:text> </xsl:text>
      <xsl:sequence select="v:apart(.)"/>
      <xsl:sequence select="v:witnesses(.)"/>
    </xsl:for-each>
    <xsl:for-each select="note | witDetail">
      <xsl:text> </xsl:text>
      <span class="note-here">
        <xsl:apply-templates/>
      </span>
    </xsl:for-each>
  </xsl:template>

  <!-- The witnesses or scholars who have a reading, by the names that the document gives them. -->
  <xsl:function name="v:witnesses" as="element()?">
    <xsl:param name="reading" as="element()?"/>
    <xsl:variable name="names" as="xs:string*" select="
      for $pointer in ($reading/@wit, $reading/@resp, $reading/@source) ! tokenize(.)
      return (key('id', v:token(replace($pointer, '^.*#', '')), root($reading))[1]/(@n, abbr[1], siglum[1], persName[1], name[1]) ! normalize-space(.),
        replace($pointer, '^.*[#/:]', ''))[. ne ''][1]"/>
    <xsl:if test="exists($names)">
      <span class="ed wit"> {$names}</span>
    </xsl:if>
  </xsl:function>

  <xsl:variable name="textual" as="element()*" select="($choices, //subst, //del, //app)[v:is-textual(.)][not(ancestor::teiHeader or ancestor::facsimile)]/."/>
  <xsl:variable name="textual-order" as="map(xs:string, xs:integer)" select="
    map:merge(for $index in 1 to count($textual) return map {generate-id($textual[$index]): $index})"/>

  <xsl:template name="textual-mark" as="element()?">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="index" as="xs:integer?" select="$textual-order(generate-id())"/>
    <xsl:if test="exists($index)">
      <xsl:variable name="letter" as="xs:string" select="format-integer($index, 'a')"/>
      <xsl:call-template name="mark">
        <xsl:with-param name="id" select="'reading-mark-' || $index"/>
        <xsl:with-param name="class" select="'textual'"/>
        <xsl:with-param name="href" select="'#reading-' || $index"/>
        <xsl:with-param name="label" select="v:say('Textual note %', $letter)"/>
        <xsl:with-param name="sign" select="$letter"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="textual-notes" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:if test="exists($textual)">
      <section class="notes textual" role="doc-endnotes" aria-labelledby="readings">
        <h2 id="readings">{v:say('Textual notes')}</h2>
        <ol>
          <xsl:for-each select="$textual">
            <xsl:variable name="letter" as="xs:string" select="format-integer(position(), 'a')"/>
            <li id="reading-{position()}">
              <a class="ed mark" href="#reading-mark-{position()}" role="doc-backlink" aria-label="{v:say('Back to the text at textual note %', $letter)}">{$letter}</a>
              <div class="note-body">
                <xsl:apply-templates select="." mode="textual"/>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
