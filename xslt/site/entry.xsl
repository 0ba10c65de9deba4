<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of one entry of a register: what the register says, and every mention with the words around it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="register.xsl"/>

  <xsl:variable name="this" as="element(register)" select="$site/register[entry]"/>
  <xsl:variable name="entry" as="element(entry)" select="$this/entry"/>
  <xsl:variable name="page-title" as="xs:string" select="string($entry/name)"/>

  <xsl:template name="metadata" as="node()*">
    <xsl:variable name="said" as="xs:string" select="normalize-space(string-join($entry/note, ' '))"/>
    <xsl:if test="$said ne ''">
      <meta name="description" content="{if (string-length($said) gt 300) then replace(substring($said, 1, 300), '\s\S*$', ' …') else $said}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="main" as="node()*">
    <div class="register-page entry-page">
      <header class="page-head">
        <p class="kicker"><a href="{$up}{$entry/@listed}">{$this/title}</a></p>
        <h1 lang="{$this/@lang}">{$entry/name}</h1>
        <div lang="{$this/@lang}">
          <xsl:for-each select="$entry[fact | of]">
            <p class="subtitle">{string-join((fact, of ! string-join((s:scheme(@scheme), @span[. ne '']), ', ')), ' · ')}</p>
          </xsl:for-each>
          <xsl:apply-templates select="$entry" mode="said"/>
        </div>
        <xsl:if test="$entry/@speaker ne ''">
          <p class="ways"><a href="{$up}speaker/{$entry/@speaker}.html">{s:w('Everything said')}</a></p>
        </xsl:if>
      </header>
      <p class="subtitle sum">{
        if ($entry/@times ne '0') then s:count($entry/@times, 'mention', 'mentions') || ', ' || s:count($entry/@documents, 'document', 'documents')
        else s:w('Not mentioned in the text yet')}</p>
      <xsl:for-each select="$documents">
        <section aria-labelledby="{@id}">
          <h2 id="{@id}"><a href="{$up}{@id}.html" lang="{@lang}">{title}</a><xsl:text> </xsl:text><span class="fact">{s:dated(.)}</span></h2>
          <xsl:variable name="roles" as="xs:string*" select="distinct-values(mention[@as = ('participant', 'present', 'sender', 'addressee')]/@as) ! s:w(.),
            s:count(count(mention[@as = 'turn']), 'turn', 'turns')[exists(current()/mention[@as = 'turn'])]"/>
          <xsl:if test="exists($roles)">
            <p class="roles">{s:capital(string-join(distinct-values($roles), ', '))}</p>
          </xsl:if>
          <xsl:where-populated>
            <ol class="lines">
              <xsl:for-each select="context">
                <xsl:call-template name="context"/>
              </xsl:for-each>
            </ol>
          </xsl:where-populated>
        </section>
      </xsl:for-each>
      <xsl:call-template name="sheets"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
