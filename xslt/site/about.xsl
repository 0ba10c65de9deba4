<?xml version="1.0" encoding="UTF-8"?>
<!-- The page about the edition: how the texts were edited and encoded, the signs, rights, how to cite, colophon. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="page-title" as="xs:string" select="s:w('About this edition')"/>

  <xsl:template name="main" as="element()*">
    <div class="about-page">
      <header class="page-head">
        <h1>{$page-title}</h1>
        <p class="subtitle" lang="{$edition/@lang}">{$edition/@title}</p>
      </header>
      <xsl:where-populated>
        <div class="lead">
          <xsl:call-template name="paragraphs">
            <xsl:with-param name="text" select="$edition/description"/>
          </xsl:call-template>
        </div>
      </xsl:where-populated>
      <section aria-labelledby="principles">
        <h2 id="principles">{s:w('Editorial principles')}</h2>
        <p>{s:w('Every document is published in several views made from one encoding. The reading view is the edited text; the diplomatic view shows what the source page shows, sign for sign, in its order. Nothing is said by colour alone, and what is doubtful is marked where it stands.')}</p>
        <dl class="principles">
          <xsl:for-each-group select="$site/told[principle]" group-by="string(principle/@on)">
            <xsl:sort select="index-of($order, current-grouping-key())"/>
            <div>
              <dt>{($subjects(current-grouping-key()) ! s:w(.), s:capital(translate(current-grouping-key(), '-_', '  ')))[1]}</dt>
              <xsl:for-each select="current-group()">
                <xsl:sort select="-xs:integer(@count)"/>
                <dd lang="{(of/document/@lang, $edition/@lang)[1]}">
                  <xsl:apply-templates select="principle/node()" mode="words"/>
                  <xsl:sequence select="s:scope(.)"/>
                </dd>
              </xsl:for-each>
            </div>
          </xsl:for-each-group>
        </dl>
      </section>
      <xsl:variable name="signs" as="element(div)*" select="$site/told/div"/>
      <xsl:if test="exists($signs)">
        <section class="signs" aria-labelledby="signs">
          <h2 id="signs">{s:w('Signs in the reading view')}</h2>
          <dl>
            <xsl:apply-templates select="$signs" mode="words"/>
          </dl>
        </section>
      </xsl:if>
      <section aria-labelledby="cite">
        <h2 id="cite">{s:w('How to cite')}</h2>
        <p>{s:w('The edition:')}</p>
        <p class="citation" lang="{$edition/@lang}">
          <xsl:sequence select="$citation"/>
        </p>
        <p>{s:w('Each document says on its page, under “Cite this document”, how it is cited itself; every paragraph, turn and page has an address that stays the same.')}</p>
      </section>
      <section aria-labelledby="rights">
        <h2 id="rights">{s:w('Rights')}</h2>
        <xsl:call-template name="paragraphs">
          <xsl:with-param name="text" select="$edition/rights"/>
        </xsl:call-template>
        <xsl:choose>
          <xsl:when test="matches($edition/@licence, '^https?://[^/@?#\s]+([/?#][^\s]*)?$')">
            <p>{s:w('Licence of the encoding:')} <a href="{$edition/@licence}" rel="license">{$edition/@licence}</a></p>
          </xsl:when>
          <xsl:when test="not(normalize-space($edition/rights))">
            <p>{s:w('Nothing is said about rights; ask those who are responsible for the edition.')}</p>
          </xsl:when>
        </xsl:choose>
      </section>
      <section aria-labelledby="people">
        <h2 id="people">{s:w('Responsibility')}</h2>
        <ul class="plain">
          <xsl:for-each select="$edition/responsible">
            <li>{s:capital(s:w(@resp))} {@name}</li>
          </xsl:for-each>
          <xsl:for-each select="$site/told[credit]">
            <xsl:variable name="words" as="xs:string" select="s:capital(normalize-space(credit))"/>
            <xsl:if test="not($words = $edition/responsible ! (s:capital(@resp) || ' ' || @name))">
              <li>
                <xsl:text>{$words}</xsl:text>
                <xsl:sequence select="s:scope(.)"/>
              </li>
            </xsl:if>
          </xsl:for-each>
        </ul>
      </section>
      <section aria-labelledby="colophon">
        <h2 id="colophon">{s:w('Colophon')}</h2>
        <p>{s:w('The texts are encoded in TEI P5 and were published with the')} TEI Edition Toolkit {$edition/@toolkit}. {s:w('The pages need no server and no other site, and without scripts everything works but search, filters and copying; they may be copied and kept. The TEI of each document is beside its page.')} <a href="downloads.html">{s:w('Downloads')}</a></p>
      </section>
    </div>
  </xsl:template>

  <xsl:variable name="order" as="xs:string+" select="
    'interpretation', 'correction', 'normalization', 'punctuation', 'quotation', 'hyphenation', 'segmentation', 'stdVals', ''"/>

  <xsl:variable name="subjects" as="map(xs:string, xs:string)" select="map {
    'interpretation': 'Brackets and interpretation', 'correction': 'Corrections', 'normalization': 'Spelling and names',
    'quotation': 'Quotation marks', 'hyphenation': 'Hyphens and lines', 'punctuation': 'Punctuation',
    'segmentation': 'Division of the text', 'stdVals': 'Dates and measures', '': 'Source pages'}"/>

  <!-- For which documents something holds, when it is not all that say anything of the kind. -->
  <xsl:function name="s:scope" as="element(span)?">
    <xsl:param name="told" as="element(told)"/>
    <xsl:variable name="of" as="element(document)*" select="$told/of/document"/>
    <xsl:if test="$told/@partly">
      <span class="scope">
        <xsl:text> (</xsl:text>
        <xsl:if test="empty($of)">{s:count($told/@count, 'document', 'documents')}</xsl:if>
        <xsl:for-each select="$of">
          <a href="{@id}.html" title="{title}">
            <xsl:text>{if (collection) then title else s:dated(.)}</xsl:text>
          </a>
          <xsl:text>{if (position() eq last()) then '' else ', '}</xsl:text>
        </xsl:for-each>
        <xsl:text>)</xsl:text>
      </span>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
