<?xml version="1.0" encoding="UTF-8"?>
<!-- A page of a register: every entry with its forms and, document by document, where it occurs. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:param name="register" as="xs:string" select="''"/>

  <xsl:variable name="this" as="element(register)?" select="$site/register[@id = $register]"/>
  <xsl:variable name="page-title" as="xs:string" select="string($this/title)"/>

  <xsl:template name="main" as="element()*">
    <div class="register-page" lang="{$this/@lang}">
      <!-- Where an entry is that has come to stand on another page. -->
      <xsl:if test="xs:integer($sheet/@of) gt 1 and xs:integer($sheet/@number) eq 1">
        <xsl:attribute name="data-register" select="$register"/>
      </xsl:if>
      <xsl:variable name="found" as="element()*" select="$this/(entry[document] | see)"/>
      <xsl:variable name="rest" as="element(entry)*" select="$this/entry except $found"/>
      <header class="page-head">
        <h1>{$page-title}</h1>
        <p class="subtitle" lang="{$ui}">
          <xsl:text>{s:count($this/@entries, 'entry', 'entries')}</xsl:text>
          <xsl:text>{(', ' || $this/@without || ' ' || s:w('of them without a mention in the text'))[xs:integer($this/@without) gt 0 and $this/@without ne $this/@entries]}</xsl:text>
        </p>
        <xsl:for-each select="$this/about">
          <p class="note">
            <xsl:apply-templates mode="words"/>
          </p>
        </xsl:for-each>
      </header>
      <xsl:call-template name="sections">
        <xsl:with-param name="label" select="s:w('Letters')"/>
        <xsl:with-param name="least" select="if (xs:integer($this/@entries) gt 15) then 2 else 99"/>
      </xsl:call-template>
      <xsl:for-each-group select="$found" group-adjacent="s:letter(.)">
        <div class="letter" id="{s:anchor(current-grouping-key())}">
          <xsl:apply-templates select="current-group()"/>
        </div>
      </xsl:for-each-group>
      <xsl:if test="exists($rest)">
        <section class="unmentioned" aria-labelledby="unmentioned">
          <h2 id="unmentioned" lang="{$ui}">{s:w(if ($this/@without ne $this/@entries) then 'Without a mention in the text' else 'Not mentioned in the text yet')}</h2>
          <xsl:apply-templates select="$rest">
            <xsl:with-param name="heading" select="'h3'"/>
          </xsl:apply-templates>
        </section>
      </xsl:if>
      <xsl:call-template name="sheets"/>
      <p class="ways" lang="{$ui}">
        <a class="download" href="{$up}register/{$register}.xml" type="application/tei+xml">{s:w('TEI of this register')}</a>
      </p>
    </div>
  </xsl:template>

  <xsl:function name="s:letter" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="upper-case(substring($entry/@key, 1, 1))"/>
  </xsl:function>

  <!-- A name that was an entry once: it is found under another. -->
  <xsl:template match="see" as="element(p)">
    <p class="register-entry see" id="{@id}">
      <xsl:call-template name="lead"/>
      <xsl:text> </xsl:text>
      <span class="fact" lang="{$ui}">{s:w('see')} <a href="{$up}register/{$register}/{@to}.html" lang="{$this/@lang}">{@name}</a></span>
    </p>
  </xsl:template>

  <xsl:template match="entry" as="element(section)">
    <xsl:param name="heading" as="xs:string" select="'h2'"/>
    <xsl:variable name="id" as="xs:string" select="string(@id)"/>
    <section class="register-entry" aria-labelledby="{$id}">
      <xsl:element name="{$heading}">
        <xsl:attribute name="id" select="$id"/>
        <xsl:call-template name="lead"/>
        <xsl:for-each select="of/string-join((s:scheme(@scheme), @span[. ne '']), ', ')">
          <span class="scheme" lang="{$ui}">{.}</span>
        </xsl:for-each>
        <xsl:for-each select="fact">
          <span class="fact">{.}</span>
        </xsl:for-each>
      </xsl:element>
      <xsl:apply-templates select="." mode="said"/>
      <xsl:where-populated>
        <ul class="occurrences" lang="{$ui}">
          <xsl:for-each select="document">
            <xsl:sequence select="s:occurrence(., mention)"/>
          </xsl:for-each>
        </ul>
      </xsl:where-populated>
      <xsl:if test="document">
        <p class="more" lang="{$ui}">
          <a href="{$up}register/{$register}/{$id}.html">{
            if (xs:integer(@documents) gt count(document)) then s:w('All documents and every mention in its context') || ' (' || @documents || ')' else s:w('Every mention in its context')
          }<span class="unseen">: {name}</span></a>
        </p>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- Other forms of the name, notes, authorities. -->
  <xsl:template match="entry" mode="said" as="element()*">
    <xsl:if test="exists(form)">
      <p class="forms">
        <xsl:for-each select="form">
          <span class="form">
            <i>
              <xsl:sequence select="@lang, @dir"/>
              <xsl:text>{.}</xsl:text>
            </i>
            <xsl:variable name="told" as="xs:string" select="string-join((s:scheme(@scheme), @span[. ne '']), ', ')"/>
            <xsl:if test="$told">
              <xsl:text> </xsl:text>
              <span class="scheme" lang="{$ui}">({$told})</span>
            </xsl:if>
          </span>
          <xsl:if test="position() ne last()">
            <xsl:text>, </xsl:text>
          </xsl:if>
        </xsl:for-each>
      </p>
    </xsl:if>
    <xsl:for-each select="note">
      <xsl:element name="{if (p | div | ul | ol) then 'div' else 'p'}">
        <xsl:attribute name="class" select="'note'"/>
        <xsl:apply-templates mode="words"/>
      </xsl:element>
    </xsl:for-each>
    <xsl:if test="exists((geo, idno))">
      <p class="authorities" lang="{$ui}">
        <xsl:for-each select="geo">
          <span class="geo">{.}</span>
        </xsl:for-each>
        <xsl:for-each select="idno">
          <xsl:variable name="words" as="xs:string" select="normalize-space(string-join((@type, .[not(matches(., '^https?:'))]), ' '))"/>
          <xsl:choose>
            <xsl:when test="@href ne ''">
              <a href="{@href}" rel="external">{($words[.], string(.))[1]}</a>
            </xsl:when>
            <xsl:otherwise>
              <span>{$words}</span>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- The part of the name by which it stands in the alphabet comes first. -->
  <xsl:template name="lead" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="other" as="xs:string?" select="
      if (@lead ne name) then normalize-space(substring(name, 1, string-length(name) - string-length(@lead))) else ()"/>
    <span class="lead-name">{@lead}{(', ' || $other)[$other]}</span>
  </xsl:template>

  <!-- So many places of a document are named. -->
  <xsl:variable name="many" as="xs:integer" select="12"/>

  <!-- One document in which an entry occurs: how often in which way, and the first places. -->
  <xsl:function name="s:occurrence" as="element(li)">
    <xsl:param name="document" as="element(document)"/>
    <xsl:param name="mentions" as="element(mention)*"/>
    <xsl:variable name="turns" as="xs:integer" select="count($mentions[@as = 'turn'])"/>
    <xsl:variable name="names" as="xs:integer" select="count($mentions[@as = 'name'])"/>
    <xsl:variable name="in-words" as="xs:string*" select="
      distinct-values($mentions[@as = ('participant', 'present')] ! s:w('participant'))[$turns eq 0], distinct-values($mentions[@as = ('sender', 'addressee')]/@as) ! s:w(.),
      s:count($turns, 'turn', 'turns')[$turns gt 0], s:count($names, 'mention', 'mentions')[$names gt 0]"/>
    <li>
      <a href="{$up}{$document/@id}.html" lang="{$document/@lang}">{$document/title}</a>
      <xsl:text>{(', ' || s:dated($document))[$document/date ne '']}, </xsl:text>
      <span class="count">{string-join($in-words, ', ')}</span>
      <xsl:variable name="places" as="xs:string*" select="distinct-values($mentions/@at[. ne ''])"/>
      <xsl:if test="exists($places)">
        <xsl:text>: </xsl:text>
        <span class="places">
          <xsl:for-each select="subsequence($places, 1, $many)">
            <xsl:if test="position() gt 1">
              <xsl:text>, </xsl:text>
            </xsl:if>
            <a href="{$up}{$document/@id}.html#{.}">{s:place(., $document)}</a>
          </xsl:for-each>
          <xsl:text>{' …'[count($places) gt $many]}</xsl:text>
        </span>
      </xsl:if>
    </li>
  </xsl:function>

  <xsl:variable name="schemes" as="map(xs:string, xs:string)" select="map {
    'pinyin': 'Pinyin', 'wade-giles': 'Wade–Giles', 'romanisation': 'another romanisation', 'exonym': 'name in another language',
    'pseudonym': 'pseudonym', 'abbreviation': 'abbreviation', 'short': 'short form'}"/>

  <xsl:function name="s:scheme" as="xs:string?">
    <xsl:param name="scheme" as="xs:string"/>
    <xsl:sequence select="($schemes($scheme) ! s:w(.), translate($scheme, '-_', '  ')[.])[1]"/>
  </xsl:function>

</xsl:stylesheet>
