<?xml version="1.0" encoding="UTF-8"?>
<!-- Everything one speaker says, document by document; or, without a speaker, the list of those who speak. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="speakers" as="element(speaker)*" select="$site/speaker"/>
  <xsl:variable name="here" as="element(speaker)?" select="$speakers[@here]"/>
  <xsl:variable name="page-title" as="xs:string" select="if ($here) then $here/@name || ': ' || s:w('everything said') else s:w('Speakers')"/>

  <xsl:template name="main" as="node()*">
    <xsl:choose>
      <xsl:when test="$here">
        <xsl:call-template name="speaker"/>
      </xsl:when>
      <xsl:otherwise>
        <div class="register-page">
          <header class="page-head">
            <h1>{s:w('Speakers')}</h1>
            <p class="subtitle">{s:w('Everything that each of them says, from all documents')}</p>
          </header>
          <div class="scroll" role="region" tabindex="0" aria-label="{s:w('Speakers')}">
            <table class="speakers">
              <thead>
                <tr><th scope="col">{s:w('Name')}</th><th scope="col">{s:w('Turns')}</th><th scope="col">{s:w('Words')}</th><th scope="col">{s:w('Documents')}</th></tr>
              </thead>
              <tbody>
                <xsl:for-each select="$speakers">
                  <tr><th scope="row"><a href="{$up}speaker/{@id}.html">{@name}</a></th><td>{@turns}</td><td>{@words}</td><td>{@documents}</td></tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
          <xsl:call-template name="sheets"/>
        </div>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="speaker" as="element()">
    <div class="register-page speaker-page">
      <header class="page-head">
        <p class="kicker"><a href="{$up}speakers.html">{s:w('Speakers')}</a></p>
        <h1>{$here/@name}</h1>
        <p class="subtitle">{s:count($here/@turns, 'turn', 'turns')}, {s:count($here/@words, 'word', 'words')}, {s:count($here/@documents, 'document', 'documents')}</p>
        <p class="ways">
          <xsl:if test="$here/@entry ne ''">
            <a href="{$up}register/{$here/@entry}.html">{s:w('Register entry and mentions')}</a>
          </xsl:if>
          <a class="download" href="{$up}speaker/{$here/@id}.txt" type="text/plain">{s:w('Plain text')}</a>
          <a class="download" href="{$up}speaker/{$here/@id}.csv" type="text/csv">CSV</a>
        </p>
      </header>
      <xsl:for-each select="$documents">
        <section aria-labelledby="{@id}">
          <h2 id="{@id}"><a href="{$up}{@id}.html" lang="{@lang}">{title}</a><xsl:text> </xsl:text><span class="fact">{s:dated(.)}</span></h2>
          <div class="said" lang="{@lang}">
            <xsl:for-each select="turn">
              <div class="one">
                <a class="at" lang="{$ui}" href="{$up}{../@id}.html#{@at}">{s:place(@at, ..)}</a>
                <div>
                  <xsl:apply-templates mode="words"/>
                </div>
              </div>
            </xsl:for-each>
          </div>
        </section>
      </xsl:for-each>
      <xsl:call-template name="sheets"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
