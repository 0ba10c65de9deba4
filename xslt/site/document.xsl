<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of a document around one of its views, whose place is the comment “article”: head, way through the
     edition, who occurs, how to cite, what can be downloaded, and the documents before and after. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:param name="view" as="xs:string" select="'reading'"/>
  <!-- What the view is called. -->
  <xsl:param name="label" as="xs:string" select="''"/>

  <xsl:variable name="kind" as="xs:string" select="'document-page'"/>
  <xsl:variable name="this" as="element(document)" select="$documents[@here]"/>
  <xsl:variable name="page-title" as="xs:string" select="string-join(($this/title, $label[$view ne 'reading']), ' – ')"/>

  <xsl:template name="metadata" as="node()*">
    <xsl:for-each select="$this/author">
      <meta name="author" content="{.}"/>
    </xsl:for-each>
    <xsl:for-each select="$this/about">
      <meta name="description" content="{if (string-length(.) gt 300) then replace(substring(., 1, 300), '\s\S*$', ' …') else .}"/>
    </xsl:for-each>
    <xsl:if test="$view eq 'reading'">
      <xsl:for-each select="$this/meta">
        <meta name="{@name}" content="{.}"/>
      </xsl:for-each>
    </xsl:if>
    <link rel="alternate" type="application/tei+xml" href="{$this/@id}.xml" title="TEI"/>
    <xsl:if test="$view ne 'reading'">
      <link rel="up" href="{$this/@id}.html"/>
    </xsl:if>
    <xsl:for-each select="$this/other">
      <link rel="alternate" hreflang="{@lang}" href="{@id}.html"/>
    </xsl:for-each>
    <xsl:for-each select="$this/preceding-sibling::document[1]">
      <link rel="prev" href="{@id}.html"/>
    </xsl:for-each>
    <xsl:for-each select="$this/following-sibling::document[1]">
      <link rel="next" href="{@id}.html"/>
    </xsl:for-each>
    <link rel="license" href="{$up}about.html#rights"/>
    <xsl:if test="$view eq 'reading'">
      <script type="application/ld+json">{$this/linked}</script>
    </xsl:if>
  </xsl:template>

  <xsl:template name="main" as="node()*">
    <nav class="trail" aria-label="{s:w('Documents before and after')}">
      <xsl:apply-templates select="$this/preceding-sibling::document[1]" mode="neighbour">
        <xsl:with-param name="rel" select="'prev'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="$this/following-sibling::document[1]" mode="neighbour">
        <xsl:with-param name="rel" select="'next'"/>
      </xsl:apply-templates>
    </nav>
    <xsl:comment>article</xsl:comment>
    <xsl:if test="$view eq 'reading'">
      <div class="beside-document">
        <xsl:call-template name="people"/>
        <xsl:call-template name="cite"/>
        <xsl:call-template name="downloads"/>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="document" mode="neighbour" as="element(a)">
    <xsl:param name="rel" as="xs:string"/>
    <a class="{$rel}" rel="{$rel}" href="{@id}.html">
      <xsl:value-of select="
        if (collection) then s:w('About the collection')
        else if (date ne '') then s:dated(.)
        else if (string-length(title) gt 40) then replace(substring(title, 1, 38), '\s\S*$', ' …') else title"/>
    </a>
  </xsl:template>

  <!-- Who and what of the registers occurs here, and how often. -->
  <xsl:template name="people" as="element()?">
    <xsl:if test="exists($this/who)">
      <section class="occurring" aria-labelledby="who">
        <h2 id="who">{s:w('In this document')}</h2>
        <dl>
          <xsl:for-each-group select="$this/who" group-adjacent="@register">
            <div>
              <dt>{$registers[@id = current-grouping-key()]/title}</dt>
              <dd>
                <xsl:for-each select="current-group()">
                  <a href="register/{@register}/{@id}.html" lang="{@lang}">{.}</a>
                  <xsl:text>{if (@times ne '0') then ' ' || @times else ''}{if (position() ne last()) then ', ' else ''}</xsl:text>
                </xsl:for-each>
              </dd>
            </div>
          </xsl:for-each-group>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="cite" as="element()">
    <section class="cite" aria-labelledby="cite" data-page="{s:w('page')}" data-turn="{s:w('turn')}" data-p="¶" data-note="{s:w('note')}"
        data-seen="{s:w('Accessed')}" data-copied="{s:w('Copied')}">
      <h2 id="cite">{s:w('Cite this document')}</h2>
      <p class="cite-hint">{s:w('To cite one paragraph, turn or page, follow its number beside the text: its address stays the same.')}</p>
      <xsl:for-each select="$this/cite">
        <div class="cite-as">
          <h3>{@style}</h3>
          <p id="cite-{lower-case(@style)}" lang="{$ui}">
            <xsl:apply-templates select="line/node()" mode="words"/>
          </p>
          <button type="button" class="copy" hidden="hidden" data-copies="cite-{lower-case(@style)}">{s:w('Copy')}</button>
        </div>
      </xsl:for-each>
      <p class="ways">
        <xsl:text>{s:w('For reference managers:')} </xsl:text>
        <a class="download" href="cite/{$this/@id}.bib" type="application/x-bibtex">BibTeX</a>
        <a class="download" href="cite/{$this/@id}.ris" type="application/x-research-info-systems">RIS</a>
        <a class="download" href="cite/{$this/@id}.json" type="application/json">CSL-JSON</a>
      </p>
    </section>
  </xsl:template>

  <xsl:template name="downloads" as="element()">
    <section class="downloads" aria-labelledby="downloads">
      <h2 id="downloads">{s:w('Downloads')}</h2>
      <p class="ways">
        <xsl:for-each select="$this/file">
          <a class="download" href="{@href}" type="{@type}">{@label}</a>
        </xsl:for-each>
        <a href="downloads.html">{s:w('Tables of the whole edition')}</a>
      </p>
    </section>
  </xsl:template>

  <xsl:template name="after" as="node()*">
    <xsl:variable name="before" as="element(document)?" select="$this/preceding-sibling::document[1]"/>
    <xsl:variable name="after" as="element(document)?" select="$this/following-sibling::document[1]"/>
    <xsl:if test="exists(($before, $after))">
      <nav class="neighbours" aria-label="{s:w('Before and after')}">
        <xsl:for-each select="$before">
          <a class="prev" rel="prev" href="{@id}.html">
            <xsl:call-template name="neighbour">
              <xsl:with-param name="label" select="s:w('Before')"/>
            </xsl:call-template>
          </a>
        </xsl:for-each>
        <xsl:for-each select="$after">
          <a class="next" rel="next" href="{@id}.html">
            <xsl:call-template name="neighbour">
              <xsl:with-param name="label" select="s:w('After')"/>
            </xsl:call-template>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="neighbour" as="element()+">
    <xsl:context-item as="element(document)" use="required"/>
    <xsl:param name="label" as="xs:string"/>
    <span class="when">{if (collection) then s:w('About the collection') else if (date ne '') then s:dated(.) else $label}</span>
    <span class="title" lang="{@lang}">{title}</span>
  </xsl:template>

</xsl:stylesheet>
