<?xml version="1.0" encoding="UTF-8"?>
<!-- The front page: what the edition is, its documents in order, the collection they come from, registers, imprint. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="lists.xsl"/>


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
            <xsl:call-template name="filter"/>
          </xsl:if>
          <ol class="contents">
            <xsl:apply-templates select="$singles"/>
          </ol>
        </section>
      </xsl:if>
      <xsl:for-each select="$site/many">
        <section aria-labelledby="documents">
          <h2 id="documents">{s:w('The documents')}</h2>
          <xsl:call-template name="filter"/>
          <div class="listing">
            <p class="sum">{s:count(@documents, 'document', 'documents')}{(', ' || string-join(distinct-values((year[@label ne ''][1]/@label, year[@label ne ''][last()]/@label)), '–'))[current()/year/@label != '']} · <a href="documents.html">{s:w('All documents')}</a></p>
            <xsl:variable name="most" as="xs:integer" select="max(year/xs:integer(@documents))"/>
            <ol class="years">
              <xsl:for-each select="year">
                <li>
                  <a href="{@page}#{s:anchor((@label[. ne ''], 'none')[1])}">{(@label[. ne ''], s:w('No date'))[1]}</a>
                  <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="{format-number(100 * xs:integer(@documents) div $most, '0.#')}" height="8"/></svg>
                  <span class="number"><span class="unseen">: </span>{@documents}</span>
                </li>
              </xsl:for-each>
            </ol>
          </div>
        </section>
      </xsl:for-each>
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
            <xsl:if test="$site/book">
              <dd>
                <xsl:text>{s:w('The edition as a book:')} </xsl:text>
                <xsl:for-each select="$site/book">
                  <a class="download" href="{@href}" type="{if (@label eq 'PDF') then 'application/pdf' else 'application/epub+zip'}">{@label}</a>
                  <xsl:text>{', '[current()/following-sibling::book]}</xsl:text>
                </xsl:for-each>
              </dd>
            </xsl:if>
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
    <xsl:variable name="most" as="element(entry)*" select="subsequence(entry[@times ne '0'], 1, 8)"/>
    <div>
      <dt>
        <a href="register/{@id}.html">{title}</a>
        <xsl:text> </xsl:text>
        <span class="number">{@entries}</span>
      </dt>
      <dd>
        <xsl:for-each select="$most">
          <a class="name" href="register/{$register/@id}/{@id}.html" lang="{$register/@lang}">{name}</a>
          <xsl:text>{if (position() ne last()) then ', ' else if (xs:integer($register/@entries) gt count($most)) then ' …' else ''}</xsl:text>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:template>

</xsl:stylesheet>
