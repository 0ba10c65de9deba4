<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands under the page of a document: the documents before and after it, and the foot of all pages. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:param name="document" as="xs:string" select="''"/>

  <xsl:template match="/" as="element()*">
    <xsl:variable name="this" as="element(document)?" select="$documents[@id = $document]"/>
    <xsl:variable name="before" as="element(document)?" select="$this/preceding-sibling::document[1]"/>
    <xsl:variable name="after" as="element(document)?" select="$this/following-sibling::document[1]"/>
    <xsl:if test="exists(($before, $after))">
      <nav class="neighbours" aria-label="Documents before and after">
        <xsl:for-each select="$before">
          <a class="prev" rel="prev" href="{@id}.html">
            <xsl:call-template name="neighbour">
              <xsl:with-param name="label" select="'Before'"/>
            </xsl:call-template>
          </a>
        </xsl:for-each>
        <xsl:for-each select="$after">
          <a class="next" rel="next" href="{@id}.html">
            <xsl:call-template name="neighbour">
              <xsl:with-param name="label" select="'After'"/>
            </xsl:call-template>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
    <xsl:call-template name="foot"/>
  </xsl:template>

  <xsl:template name="neighbour" as="element()+">
    <xsl:context-item as="element(document)" use="required"/>
    <xsl:param name="label" as="xs:string"/>
    <span class="when">{if (collection) then 'About the collection' else if (date ne '') then s:dated(.) else $label}</span>
    <span class="title" lang="{@lang}">{title}</span>
  </xsl:template>

</xsl:stylesheet>
