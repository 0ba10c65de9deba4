<?xml version="1.0" encoding="UTF-8"?>
<!-- The site in (an element site with the edition, its registers and documents, see tei_edition/site/pages.py), one
     page out. This is what all pages have; each page imports it and says its title and its main. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no"/>

  <!-- Words of a digest, which are HTML already. -->
  <xsl:mode name="words" on-no-match="shallow-copy"/>

  <xsl:param name="policy" as="xs:string" select="''"/>
  <!-- The way from the page up to the root of the site: empty, or ../ -->
  <xsl:param name="up" as="xs:string" select="''"/>

  <xsl:variable name="site" as="element(site)" select="/site"/>
  <xsl:variable name="edition" as="element(edition)" select="$site/edition"/>
  <xsl:variable name="registers" as="element(register)*" select="$site/register[entry]"/>
  <xsl:variable name="documents" as="element(document)*" select="$site/document"/>
  <xsl:variable name="singles" as="element(document)*" select="$documents[not(collection)]"/>
  <xsl:variable name="collections" as="element(document)*" select="$documents[collection]"/>

  <!-- Each page says these. -->
  <xsl:variable name="name" as="xs:string" select="''"/>
  <xsl:variable name="page-title" as="xs:string" select="$edition/@title"/>

  <xsl:template name="main" as="element()*"/>

  <xsl:template match="/" as="element()">
    <html lang="en">
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="{$policy}"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{$page-title}{(' – ' || $edition/@title)[$page-title ne $edition/@title]}</title>
        <xsl:for-each select="$edition/description[normalize-space()][$page-title = $edition/@title]">
          <meta name="description" content="{normalize-space()}"/>
        </xsl:for-each>
        <link rel="stylesheet" href="{$up}site.css"/>
      </head>
      <body class="site-page">
        <a class="skip" href="#main">Go to the text</a>
        <xsl:call-template name="site-nav"/>
        <main id="main">
          <xsl:call-template name="main"/>
        </main>
        <xsl:call-template name="foot"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="site-nav" as="element()">
    <nav class="site" aria-label="Edition">
      <xsl:sequence select="s:link('index.html', string($edition/@title), 'home', $name = 'index')"/>
      <xsl:for-each select="$registers">
        <xsl:sequence select="s:link('register/' || @id || '.html', string(title), 'part', $name = @id)"/>
      </xsl:for-each>
      <xsl:sequence select="s:link('about.html', 'About', 'part', $name = 'about')"/>
    </nav>
  </xsl:template>

  <xsl:function name="s:link" as="element(a)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="here" as="xs:boolean"/>
    <a class="{$class}" href="{$up}{$href}">
      <xsl:if test="$here">
        <xsl:attribute name="aria-current" select="'page'"/>
      </xsl:if>
      <xsl:value-of select="$label"/>
    </a>
  </xsl:function>

  <xsl:template name="foot" as="element()">
    <footer class="site">
      <p>
        <a href="{$up}index.html"><cite>{$edition/@title}</cite></a>
        <xsl:if test="$edition/@publisher ne ''">, {$edition/@publisher}</xsl:if>
        <xsl:if test="$edition/@date ne ''">, {s:date($edition/@date)}</xsl:if>
        <xsl:text>. </xsl:text>
        <a href="{$up}about.html#cite">How to cite</a>
        <xsl:text> · </xsl:text>
        <a href="{$up}about.html#rights">Rights</a>
        <xsl:text> · </xsl:text>
        <a href="{$up}about.html#principles">Editorial principles</a>
      </p>
    </footer>
  </xsl:template>

  <!-- ## What several pages say -->

  <xsl:function name="s:date" as="xs:string">
    <xsl:param name="when" as="xs:string"/>
    <xsl:sequence select="
      if ($when castable as xs:date) then format-date(xs:date($when), '[D] [MNn] [Y]', 'en', (), ())
      else if ($when castable as xs:gYearMonth) then format-date(xs:date($when || '-01'), '[MNn] [Y]', 'en', (), ())
      else $when"/>
  </xsl:function>

  <!-- The date of a document as the list gives it: by the calendar if it is a whole one, otherwise in the words of the header. -->
  <xsl:function name="s:dated" as="xs:string">
    <xsl:param name="document" as="element(document)"/>
    <xsl:variable name="when" as="xs:string" select="string($document/date/@when)"/>
    <xsl:sequence select="if ($when castable as xs:date) then s:date($when) else (string($document/date)[.], s:date($when)[.], 'No date')[1]"/>
  </xsl:function>

  <xsl:function name="s:count" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="thing" as="xs:string"/>
    <xsl:sequence select="$number || '&#xa0;' || $thing || 's'[$number ne 1]"/>
  </xsl:function>

  <xsl:function name="s:capital" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>

  <xsl:variable name="citation" as="item()*">
    <xsl:variable name="by" as="xs:string*" select="
      $edition/responsible ! (s:capital(@resp) || ' ' || @name)"/>
    <cite>{string-join(($edition/@title, $edition/@subtitle[. ne '']), ': ')}</cite>
    <xsl:text>. {string-join((string-join($by, '; ')[.], string-join(($edition/@publisher, $edition/@date ! substring(., 1, 4))[. ne ''], ', ')[.]), '. ')}.</xsl:text>
  </xsl:variable>

  <!-- A text of edition.toml: a blank line ends a paragraph. -->
  <xsl:template name="paragraphs" as="element(p)*">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:for-each select="tokenize(normalize-unicode($text), '\n[ \t]*\n')[normalize-space()]">
      <p lang="{$edition/@lang}">{normalize-space()}</p>
    </xsl:for-each>
  </xsl:template>

  <!-- Words that hold blocks cannot stand in a paragraph. -->
  <xsl:template name="words" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:element name="{if (.//(p | div | ul | ol | dl | table | blockquote | figure | aside)) then 'div' else 'p'}">
      <xsl:apply-templates mode="words"/>
    </xsl:element>
  </xsl:template>

  <!-- The words of a document in its language, without ids and links, which would lead nowhere from here. -->
  <xsl:template match="@id | @href | @class[contains(., 'name')]" mode="words" as="empty-sequence()"/>

  <xsl:template match="a" mode="words" as="element()">
    <span>
      <xsl:apply-templates select="@* | node()" mode="words"/>
    </span>
  </xsl:template>

  <xsl:template match="sup[contains(@class, 'mark')]" mode="words" as="empty-sequence()"/>

</xsl:stylesheet>
