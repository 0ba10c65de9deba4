<?xml version="1.0" encoding="UTF-8"?>
<!-- The front page: what the edition is, its documents in order, the collection they come from, registers, imprint. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="name" as="xs:string" select="'index'"/>

  <xsl:template name="main" as="element()*">
    <div class="front-page">
      <header class="half-title">
        <h1 lang="{$edition/@lang}">{$edition/@title}</h1>
        <xsl:if test="$edition/@subtitle ne ''">
          <p class="subtitle" lang="{$edition/@lang}">{$edition/@subtitle}</p>
        </xsl:if>
        <p class="imprint">{string-join(($edition/responsible ! (s:capital(@resp) || ' ' || @name), $edition/@date ! s:date(.)[.] ! translate(., ' ', '&#xa0;')), ' · ')}</p>
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
          <h2 id="documents">{if (count($singles) eq 1) then 'The document' else 'The documents'}</h2>
          <ol class="contents">
            <xsl:apply-templates select="$singles"/>
          </ol>
        </section>
      </xsl:if>
      <xsl:if test="exists($collections)">
        <section aria-labelledby="collection">
          <h2 id="collection">About the collection</h2>
          <xsl:apply-templates select="$collections"/>
        </section>
      </xsl:if>
      <xsl:if test="exists($registers)">
        <section aria-labelledby="registers">
          <h2 id="registers">Registers</h2>
          <dl class="registers">
            <xsl:apply-templates select="$registers"/>
          </dl>
        </section>
      </xsl:if>
      <section aria-labelledby="edition">
        <h2 id="edition">This edition</h2>
        <dl class="facts">
          <xsl:if test="exists($edition/responsible)">
            <div>
              <dt>Responsible</dt>
              <xsl:for-each select="$edition/responsible">
                <dd>{s:capital(@resp)} {@name}</dd>
              </xsl:for-each>
            </div>
          </xsl:if>
          <div>
            <dt>Cite as</dt>
            <dd lang="{$edition/@lang}">
              <xsl:sequence select="$citation"/>
            </dd>
          </div>
          <xsl:if test="normalize-space($edition/rights)">
            <div>
              <dt>Rights</dt>
              <dd lang="{$edition/@lang}">{normalize-space($edition/rights)}</dd>
            </div>
          </xsl:if>
          <div>
            <dt>Downloads</dt>
            <dd>
              <xsl:text>Every document as TEI{', PDF'[$documents/@pdf]} and plain text, on its page. The registers as TEI: </xsl:text>
              <xsl:for-each select="$registers">
                <a href="register/{@id}.xml" type="application/tei+xml">{lower-case(title)}</a>
                <xsl:text>{if (position() eq last()) then '. ' else ', '}</xsl:text>
              </xsl:for-each>
              <xsl:text>All files with their checksums: </xsl:text>
              <a href="manifest.json">manifest</a>
              <xsl:text>.</xsl:text>
            </dd>
          </div>
          <div>
            <dt>Method</dt>
            <dd>
              <a href="about.html">Editorial principles, signs and colophon</a>
            </dd>
          </div>
        </dl>
      </section>
    </div>
  </xsl:template>

  <xsl:template match="document" as="element(li)">
    <li>
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
          party[@role = 'from'] ! ('from ' || .), party[@role = 'to'] ! ('to ' || .),
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
      if (count($parties) gt 8) then (subsequence($parties, 1, 6), (count($parties) - 6) || ' others') else $parties, ', ')[.]"/>
  </xsl:function>

  <xsl:template name="ways" as="element(p)">
    <xsl:context-item as="element(document)" use="required"/>
    <p class="ways">
      <a href="{@id}.html" aria-label="Read {title}">Read</a>
      <a href="{@id}-diplomatic.html" aria-label="Diplomatic view of {title}">Diplomatic view</a>
      <xsl:if test="@pdf">
        <a class="download" href="{@id}.pdf" type="application/pdf" aria-label="PDF of {title}">PDF</a>
      </xsl:if>
      <a class="download" href="{@id}.xml" type="application/tei+xml" aria-label="TEI of {title}">TEI</a>
      <a class="download" href="{@id}.txt" type="text/plain" aria-label="Plain text of {title}">Text</a>
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
        <xsl:text>{if (collection/@listed eq '0') then 'It lists no documents.'
          else 'It lists ' || s:count(xs:integer(collection/@listed), 'document')
          || (', ' || string-join($span, '–'))[exists($span)] || '.'}</xsl:text>
      </p>
      <xsl:call-template name="ways"/>
    </div>
  </xsl:template>

  <!-- A register by its size and those who occur most. -->
  <xsl:template match="register" as="element(div)">
    <xsl:variable name="register" as="element(register)" select="."/>
    <xsl:variable name="most" as="element(entry)*" select="
      subsequence(sort(entry[s:mentions(.)], (), function($entry) { -count(s:mentions($entry)) }), 1, 8)"/>
    <div>
      <dt>
        <a href="register/{@id}.html">{title}</a>
        <xsl:text> </xsl:text>
        <span class="number">{count(entry)}</span>
      </dt>
      <dd>
        <xsl:for-each select="$most">
          <a class="name" href="register/{$register/@id}.html#{@id}" lang="{$register/@lang}">{name}</a>
          <xsl:text>{if (position() ne last()) then ', ' else if (count($register/entry) gt count($most)) then ' …' else ''}</xsl:text>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:template>

  <xsl:key name="mention" match="mention" use="@entry"/>

  <xsl:function name="s:mentions" as="element(mention)*">
    <xsl:param name="entry" as="element(entry)"/>
    <xsl:sequence select="key('mention', $entry/../@id || '#' || $entry/@id, root($entry))"/>
  </xsl:function>

</xsl:stylesheet>
