<?xml version="1.0" encoding="UTF-8"?>
<!-- The small pages: what is missing, what has moved, what can be downloaded, and the map with its list. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="about" as="element()" select="$site/(missing | moved | tables | map | elsewhere)"/>
  <xsl:variable name="page-title" as="xs:string" select="s:w(string($about/@title))"/>

  <xsl:template name="metadata" as="node()*">
    <xsl:if test="$about/self::missing">
      <meta name="robots" content="noindex"/>
    </xsl:if>
    <xsl:for-each select="$about/self::elsewhere">
      <meta http-equiv="refresh" content="0; url={$up}{@to}"/>
      <meta name="robots" content="noindex"/>
    </xsl:for-each>
    <!-- What is missing may have been asked for below any folder. -->
    <xsl:if test="$about/self::missing and $edition/@address ne ''">
      <base href="{$edition/@address}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="main" as="node()*">
    <div class="register-page">
      <header class="page-head">
        <h1>{$page-title}</h1>
      </header>
      <xsl:apply-templates select="$about"/>
    </div>
  </xsl:template>

  <xsl:template match="missing" as="node()*">
    <p>{s:w('There is no page with this address. It may have been moved, or its address was mistyped.')}</p>
    <p class="ways"><a href="index.html">{s:w('All documents')}</a><a href="about.html">{s:w('About this edition')}</a></p>
  </xsl:template>

  <!-- A name that is found under another: the reader is led there, at once or by the link. -->
  <xsl:template match="elsewhere" as="node()*">
    <p>{s:w('see')} <a href="{$up}{@to}">{@name}</a></p>
  </xsl:template>

  <xsl:template match="moved" as="node()*">
    <p>{s:w('This document is now part of another. Its text is here:')}</p>
    <ul class="moved">
      <xsl:for-each-group select="place" group-by="@document">
        <li>
          <a href="{@document}.html" lang="{@lang}">{@name}</a>
          <ul>
            <xsl:for-each select="current-group()[@id ne '']">
              <li id="{@id}"><a href="{@document}.html{('#' || @at)[current()/@at ne '']}">{s:place(@id, $site/document[1])}</a></li>
            </xsl:for-each>
          </ul>
        </li>
      </xsl:for-each-group>
    </ul>
  </xsl:template>

  <xsl:template match="tables" as="node()*">
    <p>{s:w('Every document can be downloaded from its own page. These tables are of the whole edition, in UTF-8 with commas; what each column holds is explained below.')}</p>
    <xsl:for-each select="table">
      <section aria-labelledby="{@id}">
        <h2 id="{@id}"><a href="data/{@id}.csv" type="text/csv">{@id}.csv</a><xsl:text> </xsl:text><span class="fact">{s:count(@rows, 'row', 'rows')}</span></h2>
        <p>{s:w(@about)}</p>
        <dl class="columns">
          <xsl:for-each select="column">
            <div><dt><code>{@name}</code></dt><dd>{s:w(string(.))}</dd></div>
          </xsl:for-each>
        </dl>
      </section>
    </xsl:for-each>
    <section aria-labelledby="others">
      <h2 id="others">{s:w('Other files')}</h2>
      <p class="ways">
        <a href="data/dictionary.csv" type="text/csv">{s:w('Data dictionary')}</a>
        <xsl:for-each select="$registers">
          <a href="register/{@id}.xml" type="application/tei+xml">TEI: {title}</a>
        </xsl:for-each>
        <xsl:for-each select="file">
          <a href="{@href}">{s:w(@label)}</a>
        </xsl:for-each>
        <a href="manifest.json">{s:w('All files with their checksums')}</a>
      </p>
    </section>
  </xsl:template>

  <xsl:template match="map" as="node()*">
    <figure class="map">
      <div class="scroll" role="region" tabindex="0" aria-label="{$page-title}">
        <xsl:comment>map</xsl:comment>
      </div>
      <figcaption>{s:w('Places of the register that have coordinates; the size of a dot tells in how many documents the place occurs.')}
        <a href="places.geojson" type="application/geo+json">GeoJSON</a></figcaption>
    </figure>
    <ul class="columns-list">
      <xsl:for-each select="point">
        <li><a href="{@href}">{.}</a><xsl:text> </xsl:text><span class="fact">{s:count(@documents, 'document', 'documents')}</span></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

</xsl:stylesheet>
