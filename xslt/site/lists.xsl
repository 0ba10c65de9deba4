<?xml version="1.0" encoding="UTF-8"?>
<!-- A list of documents with what is said of each, and the form that narrows it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <!-- The list of documents is narrowed by what the script finds in it, or in the file that it is told to load. -->
  <xsl:template name="filter" as="element(form)">
    <xsl:variable name="many" as="element(many)?" select="$site/many"/>
    <form class="filter" hidden="hidden" aria-label="{s:w('Narrow the list')}" data-none="{s:w('No document fits.')}">
      <xsl:if test="$many">
        <xsl:attribute name="data-list" select="$up || 'documents.js'"/>
        <xsl:attribute name="data-up" select="$up"/>
        <xsl:attribute name="data-more" select="s:w('More')"/>
        <xsl:attribute name="data-undated" select="s:w('No date')"/>
      </xsl:if>
      <label>{s:w('Words')} <input type="search" name="words"/></label>
      <xsl:call-template name="choice">
        <xsl:with-param name="name" select="'kind'"/>
        <xsl:with-param name="label" select="s:w('Kind')"/>
        <xsl:with-param name="values" select="distinct-values(($singles, $many)/kind)"/>
      </xsl:call-template>
      <xsl:call-template name="choice">
        <xsl:with-param name="name" select="'year'"/>
        <xsl:with-param name="label" select="s:w('Year')"/>
        <xsl:with-param name="values" select="distinct-values(($many/year/@label, $singles/date/@when/substring(., 1, 4))[. ne ''])"/>
      </xsl:call-template>
      <label>{s:w('Order')} <select name="order">
        <option value="date">{s:w('by date')}</option>
        <option value="latest">{s:w('latest first')}</option>
        <option value="title">{s:w('by title')}</option>
      </select></label>
      <p class="sum" role="status"></p>
    </form>
  </xsl:template>

  <xsl:template name="choice" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:if test="count($values) gt 1">
      <label>{$label} <select name="{$name}">
        <option value="">{s:w('all')}</option>
        <xsl:for-each select="sort($values)">
          <option value="{.}">{.}</option>
        </xsl:for-each>
      </select></label>
    </xsl:if>
  </xsl:template>

  <xsl:template match="document" as="element(li)">
    <li data-kind="{string-join(kind, '|')}" data-year="{substring(date/@when, 1, 4)}">
      <p class="when">
        <xsl:choose>
          <xsl:when test="date/@when castable as xs:date">
            <time datetime="{date/@when}">{s:dated(.)}</time>
          </xsl:when>
          <xsl:otherwise>{s:dated(.)}</xsl:otherwise>
        </xsl:choose>
      </p>
      <div>
        <h3 lang="{@lang}">
          <a href="{$up}{@id}.html">{title}</a>
        </h3>
        <xsl:variable name="people" as="xs:string*" select="
          party[@role = 'from'] ! (s:w('from') || ' ' || .), party[@role = 'to'] ! (s:w('to') || ' ' || .),
          s:some(party[not(@role)])"/>
        <xsl:if test="exists((kind, $people))">
          <p class="who" lang="{@lang}">{s:capital(string-join((string-join(kind, ', ')[.], string-join($people, ' ')[.]), ' · '))}</p>
        </xsl:if>
        <xsl:if test="exists(summary)">
          <div class="summary" lang="{@lang}">
            <xsl:apply-templates select="summary"/>
          </div>
        </xsl:if>
        <xsl:for-each select="archive">
          <p class="where">{.}</p>
        </xsl:for-each>
        <xsl:call-template name="ways"/>
      </div>
    </li>
  </xsl:template>

  <!-- A long list of participants is cut; the page of the document has it whole. -->
  <xsl:function name="s:some" as="xs:string?">
    <xsl:param name="parties" as="element(party)*"/>
    <xsl:sequence select="string-join(
      if (count($parties) gt 8) then (subsequence($parties, 1, 6), (count($parties) - 6) || ' ' || s:w('others')) else $parties, ', ')[.]"/>
  </xsl:function>

  <xsl:template name="ways" as="element(p)">
    <xsl:context-item as="element(document)" use="required"/>
    <p class="ways">
      <a href="{$up}{@id}.html" aria-label="{s:w('Read')}: {title}">{s:w('Read')}</a>
      <a href="{$up}{@id}-diplomatic.html" aria-label="{s:w('Diplomatic view')}: {title}">{s:w('Diplomatic view')}</a>
      <xsl:if test="contains($edition/@files, 'pdf')">
        <a class="download" href="{$up}{@id}.pdf" type="application/pdf" aria-label="PDF: {title}">PDF</a>
      </xsl:if>
      <xsl:if test="contains($edition/@files, 'epub')">
        <a class="download" href="{$up}{@id}.epub" type="application/epub+zip" aria-label="EPUB: {title}">EPUB</a>
      </xsl:if>
      <a class="download" href="{$up}{@id}.xml" type="application/tei+xml" aria-label="TEI: {title}">TEI</a>
      <a class="download" href="{$up}{@id}.txt" type="text/plain" aria-label="{s:w('Text')}: {title}">{s:w('Text')}</a>
    </p>
  </xsl:template>

  <xsl:template match="summary" as="element()">
    <xsl:call-template name="words"/>
  </xsl:template>

</xsl:stylesheet>
