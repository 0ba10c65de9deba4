<?xml version="1.0" encoding="UTF-8"?>
<!-- The front page: what the edition is, its documents in order, the collection they come from, registers, imprint. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>


  <xsl:template name="main" as="element()*">
    <div class="front-page">
      <header class="half-title">
        <h1 lang="{$edition/@lang}">{$edition/@title}</h1>
        <xsl:if test="$edition/@subtitle ne ''">
          <p class="subtitle" lang="{$edition/@lang}">{$edition/@subtitle}</p>
        </xsl:if>
        <p class="imprint">{string-join(($edition/responsible ! (s:capital(s:w(@resp)) || ' ' || @name), $edition/@date ! s:date(.)[.] ! translate(., ' ', '&#xa0;')), ' · ')}</p>
      </header>
      <xsl:where-populated>
        <div class="lead">
          <xsl:call-template name="paragraphs">
            <xsl:with-param name="text" select="$edition/description"/>
          </xsl:call-template>
        </div>
      </xsl:where-populated>
      <xsl:if test="exists($singles)">
        <section aria-labelledby="documents">
          <h2 id="documents">{s:w(if (count($singles) eq 1) then 'The document' else 'The documents')}</h2>
          <xsl:if test="count($singles) gt 4">
            <form class="filter" hidden="hidden" aria-label="{s:w('Narrow the list')}" data-none="{s:w('No document fits.')}">
              <label>{s:w('Words')} <input type="search" name="words"/></label>
              <xsl:call-template name="choice">
                <xsl:with-param name="name" select="'kind'"/>
                <xsl:with-param name="label" select="s:w('Kind')"/>
                <xsl:with-param name="values" select="distinct-values($singles/kind)"/>
              </xsl:call-template>
              <xsl:call-template name="choice">
                <xsl:with-param name="name" select="'year'"/>
                <xsl:with-param name="label" select="s:w('Year')"/>
                <xsl:with-param name="values" select="distinct-values($singles/date/@when[. ne ''] ! substring(., 1, 4))"/>
              </xsl:call-template>
              <label>{s:w('Order')} <select name="order">
                <option value="date">{s:w('by date')}</option>
                <option value="latest">{s:w('latest first')}</option>
                <option value="title">{s:w('by title')}</option>
              </select></label>
              <p class="sum" role="status"></p>
            </form>
          </xsl:if>
          <ol class="contents">
            <xsl:apply-templates select="$singles"/>
          </ol>
        </section>
      </xsl:if>
      <xsl:if test="exists($collections)">
        <section aria-labelledby="collection">
          <h2 id="collection">{s:w('About the collection')}</h2>
          <xsl:apply-templates select="$collections"/>
        </section>
      </xsl:if>
      <xsl:if test="exists($registers)">
        <section aria-labelledby="registers">
          <h2 id="registers">{s:w('Registers')}</h2>
          <dl class="registers">
            <xsl:apply-templates select="$registers"/>
          </dl>
        </section>
      </xsl:if>
      <section aria-labelledby="edition">
        <h2 id="edition">{s:w('This edition')}</h2>
        <dl class="facts">
          <xsl:if test="exists($edition/responsible)">
            <div>
              <dt>{s:w('Responsible')}</dt>
              <xsl:for-each select="$edition/responsible">
                <dd>{s:capital(s:w(@resp))} {@name}</dd>
              </xsl:for-each>
            </div>
          </xsl:if>
          <div>
            <dt>{s:w('Cite as')}</dt>
            <dd lang="{$edition/@lang}">
              <xsl:sequence select="$citation"/>
            </dd>
          </div>
          <xsl:if test="normalize-space($edition/rights)">
            <div>
              <dt>{s:w('Rights')}</dt>
              <dd lang="{$edition/@lang}">{normalize-space($edition/rights)}</dd>
            </div>
          </xsl:if>
          <div>
            <dt>{s:w('Downloads')}</dt>
            <dd>
              <a href="downloads.html">{s:w('Tables, registers and checksums')}</a>
            </dd>
          </div>
          <div>
            <dt>{s:w('Method')}</dt>
            <dd>
              <a href="about.html">{s:w('Editorial principles, signs and colophon')}</a>
            </dd>
          </div>
        </dl>
      </section>
    </div>
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
          <a href="{@id}.html">{title}</a>
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
      <a href="{@id}.html" aria-label="{s:w('Read')}: {title}">{s:w('Read')}</a>
      <a href="{@id}-diplomatic.html" aria-label="{s:w('Diplomatic view')}: {title}">{s:w('Diplomatic view')}</a>
      <xsl:if test="@pdf eq 'yes'">
        <a class="download" href="{@id}.pdf" type="application/pdf" aria-label="PDF: {title}">PDF</a>
      </xsl:if>
      <a class="download" href="{@id}.xml" type="application/tei+xml" aria-label="TEI: {title}">TEI</a>
      <a class="download" href="{@id}.txt" type="text/plain" aria-label="{s:w('Text')}: {title}">{s:w('Text')}</a>
    </p>
  </xsl:template>

  <xsl:template match="summary" as="element()">
    <xsl:call-template name="words"/>
  </xsl:template>

  <xsl:template match="document[collection]" as="element()">
    <div class="collection">
      <h3 lang="{@lang}">
        <a href="{@id}.html">{title}</a>
      </h3>
      <div class="summary" lang="{@lang}">
        <xsl:apply-templates select="summary"/>
      </div>
      <p class="where">
        <xsl:variable name="span" as="xs:string*" select="distinct-values((collection/@first, collection/@last)[. ne ''])"/>
        <xsl:text>{if (collection/@listed eq '0') then s:w('It lists no documents.')
          else s:w('Listed:') || ' ' || s:count(xs:integer(collection/@listed), 'document', 'documents')
          || (', ' || string-join($span, '–'))[exists($span)] || '.'}</xsl:text>
      </p>
      <xsl:call-template name="ways"/>
    </div>
  </xsl:template>

  <!-- A register by its size and those who occur most. -->
  <xsl:template match="register" as="element(div)">
    <xsl:variable name="register" as="element(register)" select="."/>
    <xsl:variable name="most" as="element(entry)*" select="
      subsequence(sort(entry[@times ne '0'], (), function($entry) { -number($entry/@times) }), 1, 8)"/>
    <div>
      <dt>
        <a href="register/{@id}.html">{title}</a>
        <xsl:text> </xsl:text>
        <span class="number">{@entries}</span>
      </dt>
      <dd>
        <xsl:for-each select="$most">
          <a class="name" href="register/{$register/@id}/{@id}.html" lang="{$register/@lang}">{name}</a>
          <xsl:text>{if (position() ne last()) then ', ' else if (count($register/entry) gt count($most)) then ' …' else ''}</xsl:text>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:template>

</xsl:stylesheet>
