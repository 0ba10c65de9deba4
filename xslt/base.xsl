<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI in, one HTML page out: the frame of every view. The views import this file and override it.

     One template an element, in the files included here, in the order of the TEI modules. Words that the edition
     sets and the document does not hold (brackets, labels, quotation marks) are in elements of the class “ed”.
     An element without a template keeps its words, and a comment names it for the program. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:include href="base-phrases.xsl"/>
  <xsl:include href="base-safe.xsl"/>
  <xsl:include href="base-rendition.xsl"/>
  <xsl:include href="base-header.xsl"/>
  <xsl:include href="base-core.xsl"/>
  <xsl:include href="base-editing.xsl"/>
  <xsl:include href="base-lists.xsl"/>
  <xsl:include href="base-text.xsl"/>
  <xsl:include href="base-breaks.xsl"/>
  <xsl:include href="base-speech.xsl"/>
  <xsl:include href="base-manuscripts.xsl"/>
  <xsl:include href="base-sources.xsl"/>
  <xsl:include href="base-notes.xsl"/>
  <xsl:include href="base-textual.xsl"/>
  <xsl:include href="base-legend.xsl"/>
  <xsl:include href="base-rare.xsl"/>
  <xsl:include href="base-sides.xsl"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no"/>

  <!-- Words; card is the card before them, sign the legend, textual a textual note. -->
  <xsl:mode on-no-match="text-only-copy"/>
  <xsl:mode name="card" on-no-match="deep-skip"/>
  <xsl:mode name="sign" on-no-match="deep-skip"/>
  <xsl:mode name="textual" on-no-match="deep-skip"/>

  <xsl:param name="fragment" as="xs:boolean" select="false()"/>
  <xsl:param name="toggles" as="xs:boolean" select="not($fragment)"/>
  <xsl:param name="css" as="xs:string" select="''"/>
  <xsl:param name="style" as="xs:string" select="''"/>
  <xsl:param name="policy" as="xs:string" select="''"/>
  <xsl:param name="tei" as="xs:string" select="''"/>
  <xsl:param name="pdf" as="xs:string" select="''"/>
  <xsl:param name="register" as="xs:string" select="''"/>
  <!-- JSON: lists of objects with href, label and (nav) rel, (views) name. -->
  <xsl:param name="nav" as="xs:string" select="'[]'"/>
  <xsl:param name="views" as="xs:string" select="'[]'"/>

  <!-- Each view says its name and which words its reader needs. -->
  <xsl:variable name="view" as="xs:string" select="'base'"/>
  <xsl:variable name="lines-shown" as="xs:boolean" select="true()"/>

  <xsl:variable name="document" as="document-node()" select="/"/>
  <xsl:variable name="header" as="element(teiHeader)?" select="(//teiHeader)[1]"/>
  <!-- What several questions are asked of; to look for a name takes long, in every document. -->
  <xsl:variable name="choices" as="element(choice)*" select="//choice"/>
  <xsl:variable name="breaks" as="element(lb)*" select="//lb"/>
  <xsl:variable name="title" as="xs:string" select="
    string-join((($header/fileDesc/titleStmt/title[not(@type = ('sub', 'alt', 'short'))][not(@level = 's')], $header/fileDesc/titleStmt/title, //head)[v:words(.)])[1] ! v:words(.))"/>
  <xsl:variable name="lang" as="xs:string" select="
    (v:language((/*/@xml:lang, //text/@xml:lang)[1]), v:language(($header//langUsage/language/@ident)[1]), 'en')[1]"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="$both-ways">
        <xsl:variable name="made" as="document-node()">
          <xsl:document>
            <xsl:call-template name="whole"/>
          </xsl:document>
        </xsl:variable>
        <xsl:apply-templates select="$made" mode="sides"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="whole"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="whole">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:choose>
      <xsl:when test="$fragment">
        <xsl:call-template name="article"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="page"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="page" as="element()">
    <xsl:context-item as="document-node()" use="required"/>
    <html lang="{$lang}">
      <head>
        <meta charset="utf-8"/>
        <xsl:if test="$policy">
          <meta http-equiv="Content-Security-Policy" content="{$policy}"/>
        </xsl:if>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{($title[.], v:say('Untitled document'))[1]}</title>
        <xsl:call-template name="metadata"/>
        <xsl:choose>
          <xsl:when test="$style">
            <style>{$style}</style>
          </xsl:when>
          <xsl:otherwise>
            <link rel="stylesheet" href="{$css}"/>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:if test="$tei">
          <link rel="alternate" type="application/tei+xml" href="{$tei}" title="TEI"/>
        </xsl:if>
        <xsl:for-each select="parse-json($nav)?*[?rel = ('prev', 'next')]">
          <link rel="{?rel}" href="{?href}"/>
        </xsl:for-each>
      </head>
      <body>
        <a class="skip" href="#text">
          <xsl:call-template name="spoken"/>
          <xsl:value-of select="v:say('Go to the text')"/>
        </a>
        <xsl:call-template name="nav"/>
        <main>
          <xsl:call-template name="article"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="nav" as="element()?">
    <xsl:variable name="links" as="map(*)*" select="parse-json($nav)?*"/>
    <xsl:if test="exists($links)">
      <nav class="site" aria-label="{v:say('Edition')}">
        <xsl:for-each select="$links">
          <a class="{?rel}" href="{?href}">
            <xsl:if test="?rel = ('prev', 'next')">
              <xsl:attribute name="rel" select="?rel"/>
            </xsl:if>
            <xsl:value-of select="?label"/>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="article" as="element()">
    <xsl:context-item as="document-node()" use="required"/>
    <article class="document {$view}" lang="{$lang}">
      <header class="card">
        <xsl:call-template name="card"/>
      </header>
      <xsl:call-template name="choices"/>
      <xsl:call-template name="toggles"/>
      <div class="text" id="text">
        <xsl:variable name="own" as="xs:string" select="(/*/text/@xml:lang ! v:language(.), $lang)[1]"/>
        <xsl:if test="$own ne $lang">
          <xsl:attribute name="lang" select="$own"/>
        </xsl:if>
        <xsl:if test="v:leftwards($own)">
          <xsl:attribute name="dir" select="'rtl'"/>
        </xsl:if>
        <xsl:apply-templates select="node()"/>
      </div>
      <xsl:call-template name="notes"/>
      <xsl:call-template name="textual-notes"/>
      <xsl:call-template name="legend"/>
      <xsl:call-template name="about"/>
    </article>
  </xsl:template>

  <!-- The other views of this document, and what can be downloaded. -->
  <xsl:template name="choices" as="element()?">
    <xsl:variable name="others" as="map(*)*" select="parse-json($views)?*"/>
    <xsl:if test="exists($others) or $tei or $pdf">
      <nav class="views" aria-label="{v:say('Views and downloads')}">
        <xsl:call-template name="spoken"/>
        <xsl:for-each select="$others">
          <a href="{?href}">
            <xsl:if test="?name = $view">
              <xsl:attribute name="aria-current" select="'page'"/>
            </xsl:if>
            <xsl:value-of select="?label"/>
          </a>
        </xsl:for-each>
        <xsl:if test="$pdf">
          <a class="download" href="{$pdf}" type="application/pdf">PDF</a>
        </xsl:if>
        <xsl:if test="$tei">
          <a class="download" href="{$tei}" type="application/tei+xml">TEI</a>
        </xsl:if>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- What a reader can have shown or not, where the text has any of it: done by the style sheet alone. -->
  <xsl:template name="toggles" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:variable name="kinds" as="xs:string*" select="if (not($toggles)) then () else (
      if (exists(//ex[ancestor::text]) or exists($choices[ancestor::text]/abbr[following-sibling::expan])) then 'expansions' else (),
      if (exists($breaks[ancestor::text][v:runs-on(.)])) then 'lines' else (),
      if ($register and exists(//text//*[@ref][v:register(.)])) then 'names' else ())"/>
    <xsl:if test="exists($kinds)">
      <fieldset class="toggles">
        <xsl:call-template name="spoken"/>
        <legend class="unseen">{v:say('Show in the text')}</legend>
        <xsl:for-each select="$kinds">
          <label>
            <input type="checkbox" class="{.}">
              <xsl:if test=". ne 'lines' or $lines-shown">
                <xsl:attribute name="checked" select="'checked'"/>
              </xsl:if>
            </input>
            <xsl:text> {v:say($toggle-labels(.))}</xsl:text>
          </label>
        </xsl:for-each>
      </fieldset>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="toggle-labels" static="yes" as="map(xs:string, xs:string)" select="map {
    'expansions': 'Abbreviations written out', 'lines': 'Lines of the source', 'names': 'Names marked'}"/>

  <!-- ## What every element and every text has in common -->

  <xsl:template match="teiHeader" as="empty-sequence()"/>

  <xsl:template match="*" as="element()" priority="-5">
    <xsl:element name="{v:tag(., 'span')}">
      <xsl:attribute name="class" select="'other'"/>
      <xsl:sequence select="v:identity(.)"/>
      <xsl:comment>without-template {path()}</xsl:comment>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The words of a heading or title without its notes, on one line. -->
  <xsl:function name="v:words" as="xs:string">
    <xsl:param name="element" as="node()?"/>
    <xsl:sequence select="normalize-space(
      if (empty($element/*)) then string($element) else string-join($element/node() ! v:word(.)))"/>
  </xsl:function>

  <xsl:function name="v:word" as="xs:string?">
    <xsl:param name="node" as="node()"/>
    <xsl:choose>
      <xsl:when test="$node/self::text()">
        <xsl:sequence select="string($node)"/>
      </xsl:when>
      <xsl:when test="$node/self::*[not(self::note or self::sic[../corr] or self::orig[../reg] or self::del or self::idno)]">
        <xsl:sequence select="string-join($node/node() ! v:word(.))"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <!-- Words that the edition sets, in the class “ed”. -->
  <xsl:template name="ed" as="element()?">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:if test="$words">
      <span class="ed">{$words}</span>
    </xsl:if>
  </xsl:template>

  <!-- Most inline elements: a span (or another element) with the class of what it is. -->
  <xsl:template name="line" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="as" as="xs:string" select="'span'"/>
    <xsl:param name="class" as="xs:string*" select="local-name()"/>
    <xsl:param name="title" as="xs:string?" select="()"/>
    <xsl:param name="before" as="xs:string?" select="()"/>
    <xsl:param name="after" as="xs:string?" select="()"/>
    <xsl:element name="{if (*) then v:tag(., $as) else $as}">
      <xsl:choose>
        <xsl:when test="@xml:id or @xml:lang or @rend or @rendition or @style">
          <xsl:sequence select="v:attributes(., $class)"/>
        </xsl:when>
        <xsl:when test="exists($class)">
          <xsl:attribute name="class" select="$class"/>
        </xsl:when>
      </xsl:choose>
      <xsl:if test="$title">
        <xsl:attribute name="title" select="$title"/>
      </xsl:if>
      <xsl:if test="$before">
        <span class="ed">{$before}</span>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="$after">
        <span class="ed">{$after}</span>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- Most blocks: a p, or a div when it holds blocks. -->
  <xsl:template name="block" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="as" as="xs:string" select="'p'"/>
    <xsl:param name="class" as="xs:string*" select="local-name()"/>
    <xsl:element name="{if (*) then v:tag(., $as) else $as}">
      <xsl:if test="@* or exists($class)">
        <xsl:sequence select="v:attributes(., $class)"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Who answers for a bracket or note, as the header names them. -->
  <xsl:function name="v:responsible" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@resp ! v:names(.)"/>
  </xsl:function>

  <xsl:function name="v:names" as="xs:string?" cache="yes">
    <xsl:param name="pointers" as="xs:string"/>
    <xsl:variable name="names" as="xs:string*" select="
      for $token in tokenize($pointers), $statement in key('id', v:token(substring-after($token, '#')), $document)[1]
      return v:words(($statement/(persName | name | orgName), $statement[not(*)])[1])[.]"/>
    <xsl:sequence select="string-join($names, ', ')[.]"/>
  </xsl:function>

</xsl:stylesheet>
