<?xml version="1.0" encoding="UTF-8"?>
<!-- One page of the list of documents, where they are too many for the front page. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="lists.xsl"/>

  <xsl:variable name="page-title" as="xs:string" select="s:w('The documents')"/>

  <xsl:template name="main" as="element()*">
    <div class="front-page">
      <header class="page-head">
        <h1>{$page-title}</h1>
        <p class="subtitle">{s:count($site/many/@documents, 'document', 'documents')}</p>
      </header>
      <xsl:call-template name="filter"/>
      <div class="listing">
        <xsl:call-template name="sections">
          <xsl:with-param name="label" select="s:w('Years')"/>
        </xsl:call-template>
        <xsl:for-each-group select="$singles" group-adjacent="substring(date[1]/@when, 1, 4)">
          <section class="year" aria-labelledby="{s:anchor((current-grouping-key()[. ne ''], 'none')[1])}">
            <h2 id="{s:anchor((current-grouping-key()[. ne ''], 'none')[1])}">{(current-grouping-key()[. ne ''], s:w('No date'))[1]}</h2>
            <ol class="contents">
              <xsl:apply-templates select="current-group()"/>
            </ol>
          </section>
        </xsl:for-each-group>
        <xsl:call-template name="sheets"/>
      </div>
    </div>
  </xsl:template>

</xsl:stylesheet>
