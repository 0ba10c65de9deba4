<?xml version="1.0" encoding="UTF-8"?>
<!-- The search page: the form, room for what is found, and for readers without scripts all documents by year. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:tei-edition:site" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:import href="frame.xsl"/>

  <xsl:variable name="page-title" as="xs:string" select="s:w('Search')"/>

  <!-- What the script says; a number stands for %. -->
  <xsl:variable name="spoken" as="xs:string+" select="
    'Collection', 'Kind', 'Person', 'Place', 'Organisation', 'Speaker', 'Language', 'Archive',
    '1 place', '% places', '1 document', '% documents', '% in %', 'Nothing was found.', 'Searching …',
    'No exact match for “%”.', 'Words like it:', 'Show all % places', 'Next', 'Previous', 'Page % of %', 'in the words of the source',
    'Show all %', '% chosen', 'The index could not be loaded.', 'No date'"/>

  <xsl:template name="main" as="node()*">
    <link rel="stylesheet" href="search.css"/>
    <script src="search-words.js" defer="defer"></script>
    <script src="search-places.js" defer="defer"></script>
    <script src="search.js" defer="defer"></script>
    <div class="search-page" id="search" data-lang="{$ui}"
        data-phrases="{serialize(map:merge($spoken ! map:entry(., s:w(.))), map { 'method': 'json' })}">
      <header class="page-head">
        <h1>{$page-title}</h1>
      </header>
      <form action="search.html" method="get" id="question" role="search" aria-label="{s:w('Search the texts')}">
        <p class="words">
          <label for="q">{s:w('Words')}</label>
          <input type="search" id="q" name="q" autocomplete="off" spellcheck="false" aria-describedby="how"/>
          <button type="submit">{s:w('Search')}</button>
        </p>
        <p class="how" id="how">{s:w('“two weeks” finds the phrase, port* any ending, -troops leaves out, two NEAR/5 weeks words close together. Marks over letters do not matter.')}</p>
        <noscript>
          <p class="how">{s:w('Searching needs JavaScript. Without it, the registers and the list of all documents lead to the texts.')}</p>
        </noscript>
      </form>
      <div class="answer">
        <div class="choices" id="choices" hidden="hidden">
          <p class="ways">
            <label><input form="question" type="checkbox" name="together" value="yes"/> {s:w('All words in one paragraph or turn')}</label>
            <label>{s:w('Order')} <select form="question" name="sort">
              <option value="">{s:w('best first')}</option>
              <option value="date">{s:w('oldest first')}</option>
              <option value="-date">{s:w('newest first')}</option>
              <option value="title">{s:w('by title')}</option>
            </select></label>
          </p>
          <details class="facets">
            <summary>{s:w('Narrow down')}<xsl:text> </xsl:text><span id="chosen" class="number"></span></summary>
            <div>
              <fieldset class="dates">
                <legend>{s:w('Date of the document')}</legend>
                <label>{s:w('not before')} <input form="question" name="from" inputmode="numeric" pattern="\d{{4}}(-\d\d(-\d\d)?)?" placeholder="1945-08" size="10"/></label>
                <xsl:text> </xsl:text>
                <label>{s:w('not after')} <input form="question" name="to" inputmode="numeric" pattern="\d{{4}}(-\d\d(-\d\d)?)?" placeholder="1945-10-05" size="10"/></label>
              </fieldset>
              <div id="facets"></div>
              <button type="button" id="away" hidden="hidden">{s:w('Take away all choices')}</button>
            </div>
          </details>
        </div>
        <div class="results">
          <p id="status" role="status"></p>
          <div id="alike"></div>
          <ol id="found" class="found"></ol>
          <nav id="pages" class="pages" aria-label="{s:w('Pages of results')}" hidden="hidden"></nav>
        </div>
      </div>
      <section id="all" aria-labelledby="all-documents">
        <h2 id="all-documents">{s:w('All documents')}</h2>
        <xsl:if test="exists($registers)">
          <p class="ways">
            <xsl:for-each select="$registers">
              <xsl:sequence select="s:link('register/' || @id || '.html', string(title))"/>
            </xsl:for-each>
          </p>
        </xsl:if>
        <xsl:if test="$site/many">
          <p class="ways"><a href="documents.html">{s:count($site/many/@documents, 'document', 'documents')}</a></p>
          <ul class="columns-list">
            <xsl:for-each select="$site/many/year">
              <li><a href="{@page}#{s:anchor((@label[. ne ''], 'none')[1])}">{(@label[. ne ''], s:w('No date'))[1]}</a> <span class="fact">{@documents}</span></li>
            </xsl:for-each>
          </ul>
        </xsl:if>
        <xsl:for-each-group select="$documents" group-by="string((date/@when[. ne ''] ! substring(., 1, 4), '')[1])">
          <xsl:sort select="current-grouping-key() eq ''"/>
          <xsl:sort select="current-grouping-key()"/>
          <h3>{(current-grouping-key()[. ne ''], s:w('No date'))[1]}</h3>
          <ul class="plain">
            <xsl:for-each select="current-group()">
              <li>
                <a href="{@id}.html" lang="{@lang}">{title}</a>
                <xsl:if test="date/@when ne ''"><xsl:text> </xsl:text><span class="fact">{s:dated(.)}</span></xsl:if>
              </li>
            </xsl:for-each>
          </ul>
        </xsl:for-each-group>
      </section>
    </div>
  </xsl:template>

</xsl:stylesheet>
