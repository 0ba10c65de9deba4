<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes at their place and at the end. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Kinds of note -->

  <!-- What somebody put on the source itself, as against what editors say of it. -->
  <xsl:variable name="on-the-source" static="yes" as="xs:string+" select="
    'handwritten', 'stamp', 'seal', 'signature', 'marginal', 'endorsement', 'docket', 'distribution', 'attachment'"/>

  <!-- Short remarks that belong to the words before them. -->
  <xsl:variable name="in-passing" static="yes" as="xs:string+" select="'original-term', 'identification', 'attribution', 'gloss'"/>

  <!-- How a note is set: box (on its own), line (in brackets among the words), foot (numbered, at the end),
       end (in a list of notes that the document has itself). -->
  <xsl:function name="v:note-kind" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="
      if ($note/../(self::noteGrp or self::bibl or self::app or self::list)) then 'end'
      else if ($note/ancestor::*[self::back or self::standOff or self::teiHeader]) then 'end'
      else if ($note/ancestor::note) then 'line'
      else if ($note[@type = ($on-the-source, $in-passing) or @hand]) then (if (v:in-line($note)) then 'line' else 'box')
      else if (not(v:in-line($note)) and not($note/@place = ('foot', 'bottom', 'end', 'fn')) and not($note/parent::sp)) then 'box'
      else 'foot'"/>
  </xsl:function>

  <xsl:template match="note" as="element()?">
    <xsl:variable name="kind" as="xs:string" select="v:note-kind(.)"/>
    <xsl:choose>
      <xsl:when test="$kind = 'box'">
        <aside>
          <xsl:sequence select="v:attributes(., ('note', 'on-the-source'[current()[@hand or @type = $on-the-source]], v:tokens('note-', @type)))"/>
          <xsl:call-template name="note-label"/>
          <xsl:call-template name="note-words"/>
        </aside>
      </xsl:when>
      <xsl:when test="$kind = 'line'">
        <xsl:call-template name="note-in-line"/>
      </xsl:when>
      <xsl:when test="$kind = 'foot'">
        <xsl:if test="empty(key('note-anchor', @xml:id))">
          <xsl:call-template name="note-mark"/>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{if (v:in-line(.)) then v:tag(., 'span') else 'div'}">
          <xsl:sequence select="v:attributes(., ('note-here', v:tokens('note-', @type)))"/>
          <xsl:if test="@n and not(starts-with(normalize-space(), @n))">
            <span class="ed note-n">{normalize-space(@n)} </span>
          </xsl:if>
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="noteGrp" as="element()">
    <div class="note-group">
      <xsl:apply-templates select="*"/>
    </div>
  </xsl:template>

  <!-- Over a boxed note: what it is, where it stands, whose hand. -->
  <xsl:template name="note-label" as="element()?">
    <xsl:context-item as="element(note)" use="required"/>
    <xsl:variable name="kind" as="xs:string?" select="
      (@type[. = $on-the-source] ! string(), 'handwritten'[current()/@hand])[1]"/>
    <xsl:variable name="hand" as="xs:string?" select="
      (tokenize(@hand)[starts-with(., '#')] ! key('id', v:token(substring(., 2)), root(current())))[1] ! v:words(.)"/>
    <xsl:if test="desc or $kind">
      <p class="note-label">
        <xsl:apply-templates select="desc/node()"/>
        <xsl:if test="not(desc)">
          <span class="ed">{string-join((v:said($kind), v:said(@place)), ', ')}</span>
        </xsl:if>
        <xsl:if test="$hand">
          <span class="ed hand"> — {replace($hand, '\s*\(.*\)\.?$|\.$', '')}</span>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="note-words">
    <xsl:context-item as="element(note)" use="required"/>
    <xsl:choose>
      <xsl:when test="v:holds-block(.)">
        <xsl:apply-templates select="node()[not(self::desc)]"/>
      </xsl:when>
      <xsl:when test="node()[not(self::desc)][normalize-space() or self::*]">
        <p>
          <xsl:apply-templates select="node()[not(self::desc)]"/>
        </p>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Among the words: in brackets, as the source page has it. -->
  <xsl:template name="note-in-line" as="element()">
    <xsl:context-item as="element(note)" use="required"/>
    <xsl:variable name="bare" as="xs:boolean" select="starts-with(normalize-space(), '(')"/>
    <xsl:element name="{v:tag(., 'span')}">
      <xsl:sequence select="v:attributes(., ('note-in-line', v:tokens('note-', @type)))"/>
      <xsl:if test="not($bare)">
        <span class="ed">[</span>
      </xsl:if>
      <xsl:if test="desc">
        <xsl:apply-templates select="desc/node()"/>
        <xsl:if test="desc/following-sibling::node()[normalize-space()]">
          <span class="ed">:</span>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="node()[not(self::desc)]"/>
      <xsl:if test="not($bare)">
        <span class="ed">]</span>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- ## Numbered notes -->

  <xsl:variable name="footnotes" as="element(note)*" select="//note[v:note-kind(.) = 'foot']"/>
  <xsl:variable name="footnote-order" as="map(xs:string, xs:integer)" select="
    map:merge(for $index in 1 to count($footnotes) return map {generate-id($footnotes[$index]): $index})"/>

  <xsl:variable name="numbered" as="xs:boolean" select="exists($footnotes/@n)"/>

  <!-- The number of the source, so that “see note 3” stays right; a note without one among numbered notes has a sign. -->
  <xsl:function name="v:note-number" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="own" as="xs:string" select="normalize-space($note/@n)"/>
    <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id($note))"/>
    <xsl:sequence select="
      if ($own and string-length($own) le 5) then $own
      else if (not($numbered)) then string($index)
      else ('*', '†', '‡', '§')[($index - 1) mod 4 + 1]"/>
  </xsl:function>

  <xsl:template name="note-mark" as="element()">
    <xsl:context-item as="element(note)" use="required"/>
    <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id())"/>
    <xsl:variable name="number" as="xs:string" select="v:note-number(.)"/>
    <xsl:call-template name="mark">
      <xsl:with-param name="id" select="'note-mark-' || $index"/>
      <xsl:with-param name="href" select="'#note-' || $index"/>
      <xsl:with-param name="label" select="v:say('Note %', $number)"/>
      <xsl:with-param name="sign" select="$number"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A raised mark that leads to a note; who copies the words gets it in brackets. -->
  <xsl:template name="mark" as="element()">
    <xsl:param name="id" as="xs:string?"/>
    <xsl:param name="class" as="xs:string?" select="()"/>
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="sign" as="xs:string"/>
    <sup class="{'ed mark', $class}">
      <xsl:if test="$id">
        <xsl:attribute name="id" select="$id"/>
      </xsl:if>
      <span class="unseen" aria-hidden="true">[</span>
      <a href="{$href}" role="doc-noteref" aria-label="{$label}">{$sign}</a>
      <span class="unseen" aria-hidden="true">]</span>
    </sup>
  </xsl:template>

  <!-- A note that stands elsewhere, such as at the end, has its mark where its anchor is. -->
  <xsl:key name="note-anchor" match="ref[@type = 'noteAnchor'][starts-with(@target, '#')]" use="substring(@target, 2)"/>

  <xsl:template match="ref[@type = 'noteAnchor'][starts-with(@target, '#')]" as="element()" priority="1">
    <xsl:variable name="note" as="element(note)?" select="$footnotes[@xml:id = substring(current()/@target, 2)][1]"/>
    <xsl:choose>
      <xsl:when test="$note">
        <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id($note))"/>
        <xsl:call-template name="mark">
          <xsl:with-param name="id" select="('note-mark-' || $index)[current() is key('note-anchor', $note/@xml:id)[1]]"/>
          <xsl:with-param name="href" select="'#note-' || $index"/>
          <xsl:with-param name="label" select="v:say('Note %', v:note-number($note))"/>
          <xsl:with-param name="sign" select="v:note-number($note)"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:next-match/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="notes" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:if test="exists($footnotes)">
      <section class="notes" role="doc-endnotes" aria-labelledby="notes">
        <h2 id="notes">{v:say('Notes')}</h2>
        <xsl:for-each-group select="$footnotes" group-by="v:layer(.)[$layered]">
          <h3>{current-grouping-key()}</h3>
          <xsl:call-template name="note-list">
            <xsl:with-param name="notes" select="current-group()"/>
          </xsl:call-template>
        </xsl:for-each-group>
        <xsl:if test="not($layered)">
          <xsl:call-template name="note-list">
            <xsl:with-param name="notes" select="$footnotes"/>
          </xsl:call-template>
        </xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="note-list" as="element()">
    <xsl:param name="notes" as="element(note)+"/>
    <ol>
      <xsl:for-each select="$notes">
        <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id())"/>
        <xsl:variable name="number" as="xs:string" select="v:note-number(.)"/>
        <li id="note-{$index}">
          <a class="ed mark" href="#note-mark-{$index}" role="doc-backlink" aria-label="{v:say('Back to the text at note %', $number)}">{$number}</a>
          <div>
            <xsl:sequence select="v:attributes(., ('note-body', v:tokens('note-', @type)))"/>
            <xsl:call-template name="note-label"/>
            <xsl:call-template name="note-words"/>
            <xsl:for-each select="v:responsible(.)">
              <p class="ed resp">— {.}</p>
            </xsl:for-each>
          </div>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:template>

  <!-- Notes come in layers: what kind they are, whose they are. -->
  <xsl:variable name="layered" as="xs:boolean" select="count(distinct-values($footnotes ! v:layer(.))) gt 1"/>

  <xsl:function name="v:layer" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="kind" as="xs:string" select="
      string-join((v:said($note/@type), v:responsible($note)), ', ')"/>
    <xsl:sequence select="if ($kind = '') then v:say('Notes') else v:capital($kind)"/>
  </xsl:function>

</xsl:stylesheet>
