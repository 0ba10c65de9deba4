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
  <!-- The way from the page up to the root of the site: empty, ../ or ../../ -->
  <xsl:param name="up" as="xs:string" select="''"/>
  <!-- The name of the page's file, from the root. -->
  <xsl:param name="page" as="xs:string" select="''"/>
  <!-- JSON: English phrase → phrase of the interface. -->
  <xsl:param name="phrases" as="xs:string" select="'{}'"/>

  <xsl:variable name="site" as="element(site)" select="/site"/>
  <xsl:variable name="edition" as="element(edition)" select="$site/edition"/>
  <xsl:variable name="registers" as="element(register)*" select="$site/register[@entries ne '0']"/>
  <xsl:variable name="documents" as="element(document)*" select="$site/document"/>
  <xsl:variable name="singles" as="element(document)*" select="$documents[not(collection)]"/>
  <xsl:variable name="collections" as="element(document)*" select="$documents[collection]"/>
  <xsl:variable name="ui" as="xs:string" select="string($edition/@ui)"/>
  <xsl:variable name="said" as="map(*)" select="parse-json($phrases)"/>

  <!-- Each page says these. -->
  <xsl:variable name="page-title" as="xs:string" select="$edition/@title"/>
  <xsl:variable name="page-lang" as="xs:string" select="$ui"/>
  <xsl:variable name="kind" as="xs:string" select="'site-page'"/>

  <xsl:template name="main" as="node()*"/>
  <xsl:template name="after" as="node()*"/>
  <xsl:template name="metadata" as="node()*">
    <xsl:for-each select="$edition/description[normalize-space()][$page-title = $edition/@title]">
      <meta name="description" content="{normalize-space()}"/>
    </xsl:for-each>
  </xsl:template>

  <!-- A phrase in the language of the interface. -->
  <xsl:function name="s:w" as="xs:string">
    <xsl:param name="phrase" as="xs:string"/>
    <xsl:sequence select="string(($said($phrase), $phrase)[1])"/>
  </xsl:function>

  <xsl:template match="/" as="element()">
    <html lang="{$ui}">
      <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="{$policy}"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{$page-title}{(', ' || s:w('page') || ' ' || $sheet/@number)[xs:integer($sheet/@number) gt 1]}{(' – ' || $edition/@title)[$page-title ne $edition/@title]}</title>
        <xsl:call-template name="metadata"/>
        <link rel="stylesheet" href="{$up}site.css"/>
        <link rel="icon" href="{$up}icon.svg" type="image/svg+xml"/>
        <link rel="manifest" href="{$up}site.webmanifest"/>
        <xsl:if test="$edition/@address ne ''">
          <link rel="canonical" href="{$edition/@address}{$page[. ne 'index.html']}"/>
          <link rel="alternate" type="application/atom+xml" href="{$up}feed.xml" title="{$edition/@title}"/>
        </xsl:if>
        <script src="{$up}site.js" defer="defer"></script>
      </head>
      <body class="{$kind}">
        <a class="skip" href="#{if ($kind = 'document-page') then 'text' else 'main'}">{s:w('Go to the text')}</a>
        <xsl:call-template name="site-nav"/>
        <main id="main">
          <xsl:call-template name="main"/>
        </main>
        <xsl:call-template name="after"/>
        <xsl:call-template name="foot"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="site-nav" as="element()">
    <header class="site">
      <a class="home" href="{$up}index.html" lang="{$edition/@lang}">
        <xsl:sequence select="s:here('index.html')"/>
        <xsl:value-of select="$edition/@title"/>
      </a>
      <nav class="site" aria-label="{s:w('Edition')}">
        <xsl:if test="$edition/@list eq 'yes'">
          <xsl:sequence select="s:link('documents.html', s:w('Documents'))"/>
        </xsl:if>
        <xsl:for-each select="$registers">
          <xsl:sequence select="s:link('register/' || @id || '.html', string(title))"/>
        </xsl:for-each>
        <xsl:if test="$edition/@speakers eq 'yes'">
          <xsl:sequence select="s:link('speakers.html', s:w('Speakers'))"/>
        </xsl:if>
        <xsl:if test="$edition/@chronology eq 'yes'">
          <xsl:sequence select="s:link('chronology.html', s:w('Chronology'))"/>
        </xsl:if>
        <xsl:if test="$edition/@map eq 'yes'">
          <xsl:sequence select="s:link('map.html', s:w('Map'))"/>
        </xsl:if>
        <xsl:sequence select="s:link('about.html', s:w('About'))"/>
      </nav>
      <xsl:if test="$edition/@search eq 'yes'">
        <form class="search" role="search" action="{$up}search.html" method="get">
          <input type="search" name="q" aria-label="{s:w('Search the edition')}" placeholder="{s:w('Search')}"/>
          <button type="submit">{s:w('Search')}</button>
        </form>
      </xsl:if>
    </header>
  </xsl:template>

  <xsl:function name="s:link" as="element(a)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <a href="{$up}{$href}">
      <xsl:sequence select="s:here($href)"/>
      <xsl:value-of select="$label"/>
    </a>
  </xsl:function>

  <xsl:function name="s:here" as="attribute()?">
    <xsl:param name="href" as="xs:string"/>
    <xsl:if test="$page = $href">
      <xsl:attribute name="aria-current" select="'page'"/>
    </xsl:if>
  </xsl:function>

  <xsl:template name="foot" as="element()">
    <footer class="site">
      <p>
        <a href="{$up}index.html"><cite lang="{$edition/@lang}">{$edition/@title}</cite></a>
        <xsl:if test="$edition/@publisher ne ''">, {$edition/@publisher}</xsl:if>
        <xsl:if test="$edition/@date ne ''">, {s:date($edition/@date)}</xsl:if>
        <xsl:text>. </xsl:text>
        <a href="{$up}about.html#cite">{s:w('How to cite')}</a>
        <xsl:text> · </xsl:text>
        <a href="{$up}about.html#rights">{s:w('Rights')}</a>
        <xsl:text> · </xsl:text>
        <a href="{$up}about.html#principles">{s:w('Editorial principles')}</a>
        <xsl:text> · </xsl:text>
        <a href="{$up}downloads.html">{s:w('Downloads')}</a>
      </p>
    </footer>
  </xsl:template>

  <!-- ## What several pages say -->

  <xsl:variable name="months" as="xs:string+" select="tokenize('January February March April May June July August September October November December') ! s:w(.)"/>

  <!-- A machine's date in words: 10 August 1945, 10. August 1945. -->
  <xsl:function name="s:date" as="xs:string">
    <xsl:param name="when" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($when, '-')"/>
    <xsl:sequence select="
      if ($when castable as xs:date and count($parts) eq 3)
      then xs:integer($parts[3]) || s:w('day-sign') || ' ' || $months[xs:integer($parts[2])] || ' ' || $parts[1]
      else if ($when castable as xs:gYearMonth and count($parts) eq 2) then $months[xs:integer($parts[2])] || ' ' || $parts[1]
      else $when"/>
  </xsl:function>

  <!-- The date of a document as the list gives it: by the calendar if it is a whole one, otherwise in the words of the header. -->
  <xsl:function name="s:dated" as="xs:string">
    <xsl:param name="document" as="element(document)"/>
    <xsl:variable name="when" as="xs:string" select="string($document/date/@when)"/>
    <xsl:sequence select="if ($when castable as xs:date) then s:date($when) else (string($document/date)[.], s:date($when)[.], s:w('No date'))[1]"/>
  </xsl:function>

  <!-- How many of a thing; the phrases are the thing and its plural. -->
  <xsl:function name="s:count" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="one" as="xs:string"/>
    <xsl:param name="many" as="xs:string"/>
    <xsl:sequence select="$number || '&#xa0;' || s:w(if ($number eq 1) then $one else $many)"/>
  </xsl:function>

  <xsl:function name="s:capital" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>

  <!-- How a place of a document is named, by its id: t-turn-12 is turn 12. -->
  <xsl:function name="s:place" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="document" as="element(document)"/>
    <xsl:analyze-string select="$id" regex="^t-([a-z]+)-(.+)$">
      <xsl:matching-substring>
        <xsl:sequence select="
          if (regex-group(1) = 'p') then '¶&#xa0;' || regex-group(2)
          else s:w(regex-group(1)) || ('&#xa0;' || regex-group(2))[regex-group(1) = ('turn', 'page', 'note', 'item', 'entry', 'row')]"/>
      </xsl:matching-substring>
      <xsl:non-matching-substring>
        <xsl:sequence select="s:w('place')"/>
      </xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:function>

  <!-- ## Long lists in pages -->

  <xsl:variable name="sheet" as="element(pages)?" select="($site/pages, $site/register/pages)[1]"/>

  <xsl:function name="s:sheet" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="$up || $sheet/@base || (if ($number eq 1) then '' else '/' || $number) || '.html'"/>
  </xsl:function>

  <!-- The sections of a list, letters or years, each with the way to where it begins. -->
  <xsl:template name="sections" as="element(nav)?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="least" as="xs:integer" select="4"/>
    <xsl:param name="prefix" as="xs:string" select="'s-'"/>
    <xsl:variable name="sections" as="element(section)*" select="$sheet/section[@label ne '']"/>
    <xsl:variable name="links" as="element(a)*">
      <xsl:for-each select="$sections">
        <a href="{if (xs:integer(@page) eq xs:integer($sheet/@number)) then '' else s:sheet(@page)}#{s:anchor(@label)}">{@label}</a>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="count($sections) ge $least">
      <nav class="letters" aria-label="{$label}" lang="{$ui}">
        <xsl:choose>
          <xsl:when test="count($links) gt 40">
            <details>
              <summary>{$label}</summary>
              <div>
                <xsl:sequence select="$links"/>
              </div>
            </details>
          </xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="$links"/>
          </xsl:otherwise>
        </xsl:choose>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- The id of a section: letters of any script become their numbers. -->
  <xsl:function name="s:anchor" as="xs:string">
    <xsl:param name="label" as="xs:string"/>
    <xsl:sequence select="'s-' || (if (matches($label, '^[A-Za-z0-9-]+$')) then lower-case($label) else string-join(string-to-codepoints($label), '-'))"/>
  </xsl:function>

  <xsl:template name="sheets" as="element(nav)?">
    <xsl:variable name="here" as="xs:integer" select="xs:integer(($sheet/@number, 1)[1])"/>
    <xsl:variable name="of" as="xs:integer" select="xs:integer(($sheet/@of, 1)[1])"/>
    <xsl:if test="$of gt 1">
      <nav class="pages" aria-label="{s:w('Pages of the list')}" lang="{$ui}">
        <xsl:if test="$here gt 1">
          <a rel="prev" href="{s:sheet($here - 1)}">{s:w('Previous')}</a>
        </xsl:if>
        <xsl:for-each select="sort(distinct-values((1, $here - 2, $here - 1, $here, $here + 1, $here + 2, $of)))[. ge 1 and . le $of]">
          <xsl:choose>
            <xsl:when test=". eq $here">
              <a href="{s:sheet(.)}" aria-current="page"><span class="unseen">{s:w('Page')} </span>{.}</a>
            </xsl:when>
            <xsl:otherwise>
              <a href="{s:sheet(.)}"><span class="unseen">{s:w('Page')} </span>{.}</a>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <xsl:if test="$here lt $of">
          <a rel="next" href="{s:sheet($here + 1)}">{s:w('Next')}</a>
        </xsl:if>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="citation" as="item()*">
    <xsl:variable name="by" as="xs:string*" select="
      $edition/responsible ! (s:capital(s:w(@resp)) || ' ' || @name)"/>
    <cite>{string-join(($edition/@title, $edition/@subtitle[. ne '']), ': ')}</cite>
    <xsl:text>. {string-join((string-join($by, '; ')[.], string-join(($edition/@publisher, $edition/@date ! substring(., 1, 4))[. ne ''], ', ')[.]) ! (. || '. '))}</xsl:text>
    <xsl:if test="$edition/@version ne ''">{s:w('Version')} <span class="version">{$edition/@version}</span>. </xsl:if>
    <xsl:text>{$edition/@address[. ne '']}</xsl:text>
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
  <xsl:template match="@id | @href | @rel | @target | @aria-labelledby | @class[contains(., 'name')]" mode="words" as="empty-sequence()"/>

  <xsl:template match="a" mode="words" as="element()">
    <span>
      <xsl:apply-templates select="@* | node()" mode="words"/>
    </span>
  </xsl:template>

  <xsl:template match="img | audio | video | sup[contains(@class, 'mark')]" mode="words" as="empty-sequence()"/>

  <!-- A line of context: the words before, the name, the words after, and the way to the place. -->
  <xsl:template name="context" as="element(li)">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="document" as="element(document)" select="ancestor::document[1]"/>
    <li>
      <a class="at" href="{$up}{$document/@id}.html#{@at}">{s:place(@at, $document)}</a>
      <xsl:text> </xsl:text>
      <span class="kwic" lang="{$document/@lang}">{before}<strong>{named}</strong>{after}</span>
    </li>
  </xsl:template>

</xsl:stylesheet>
