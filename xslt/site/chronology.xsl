<?xml version="1.0" encoding="UTF-8"?>
<!-- The chronology: documents by their days, and the days that documents name, with the words around them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="page-title" as="xs:string" select="s:w('Chronology')"/>

  <xsl:template name="main" as="node()*">
    <div class="register-page chronology">
      <header class="page-head">
        <h1>{$page-title}</h1>
        <p class="subtitle">{s:w('The documents by date, and the days that they speak of')}</p>
      </header>
      <xsl:call-template name="sections">
        <xsl:with-param name="label" select="s:w('Years')"/>
      </xsl:call-template>
      <xsl:for-each-group select="$site/item" group-adjacent="substring(@when, 1, 4)">
        <section class="year" aria-labelledby="{s:anchor(current-grouping-key())}">
          <h2 id="{s:anchor(current-grouping-key())}">{current-grouping-key()}</h2>
          <dl class="days">
            <xsl:for-each-group select="current-group()" group-adjacent="string(@when)">
              <div>
                <dt><time datetime="{current-grouping-key()}">{s:date(current-grouping-key())}</time></dt>
                <xsl:for-each select="current-group()[written]">
                  <dd class="written"><a href="{$up}{document/@id}.html" lang="{document/@lang}">{document/title}</a></dd>
                </xsl:for-each>
                <xsl:for-each select="current-group()/day">
                  <dd class="named"><span class="kwic" lang="{../document/@lang}">{before}<strong>{named}</strong>{after}</span>
                    <xsl:text> </xsl:text>
                    <a class="at" href="{$up}{../document/@id}.html{('#' || @at)[current()/@at ne '']}" title="{../document/title}">{s:dated(../document)}{@at[. ne ''] ! (', ' || s:place(., current()/../document))}</a></dd>
                </xsl:for-each>
              </div>
            </xsl:for-each-group>
          </dl>
        </section>
      </xsl:for-each-group>
      <xsl:call-template name="sheets"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
