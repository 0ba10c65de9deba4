<?xml version="1.0" encoding="UTF-8"?>
<!-- The chronology: documents by their days, and the days that documents name, with the words around them. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="page-title" as="xs:string" select="s:w('Chronology')"/>

  <xsl:template name="main" as="node()*">
    <xsl:variable name="things" as="element()*" select="$singles/date[@when ne ''], $documents/day"/>
    <div class="register-page chronology">
      <header class="page-head">
        <h1>{$page-title}</h1>
        <p class="subtitle">{s:w('The documents by date, and the days that they speak of')}</p>
      </header>
      <xsl:variable name="years" as="xs:string*" select="sort(distinct-values($things ! substring(@when, 1, 4)))"/>
      <xsl:if test="count($years) gt 3">
        <nav class="letters" aria-label="{s:w('Years')}">
          <xsl:for-each select="$years">
            <a href="#y{.}">{.}</a>
          </xsl:for-each>
        </nav>
      </xsl:if>
      <xsl:for-each-group select="$things" group-by="substring(@when, 1, 4)">
        <xsl:sort select="current-grouping-key()"/>
        <section class="year" aria-labelledby="y{current-grouping-key()}">
          <h2 id="y{current-grouping-key()}">{current-grouping-key()}</h2>
          <dl class="days">
            <xsl:for-each-group select="current-group()" group-by="string(@when)">
              <xsl:sort select="current-grouping-key()"/>
              <div>
                <dt><time datetime="{current-grouping-key()}">{s:date(current-grouping-key())}</time></dt>
                <xsl:for-each select="current-group()[self::date]">
                  <dd class="written"><a href="{../@id}.html" lang="{../@lang}">{../title}</a></dd>
                </xsl:for-each>
                <xsl:for-each select="current-group()[self::day]">
                  <dd class="named"><span class="kwic" lang="{../@lang}">{before}<strong>{named}</strong>{after}</span>
                    <xsl:text> </xsl:text>
                    <a class="at" href="{../@id}.html{('#' || @at)[current()/@at ne '']}" title="{../title}">{s:dated(..)}, {s:place(@at, ..)}</a></dd>
                </xsl:for-each>
              </div>
            </xsl:for-each-group>
          </dl>
        </section>
      </xsl:for-each-group>
    </div>
  </xsl:template>

</xsl:stylesheet>
