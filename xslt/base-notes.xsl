<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes at their place and at the end, textual notes, and the legend of the signs that a document uses. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Kinds of note -->

  <!-- What somebody put on the source itself, as against what editors say of it. -->
  <xsl:variable name="on-the-source" as="xs:string+" select="
    'handwritten', 'stamp', 'seal', 'signature', 'marginal', 'endorsement', 'docket', 'distribution', 'attachment'"/>

  <!-- Short remarks that belong to the words before them. -->
  <xsl:variable name="in-passing" as="xs:string+" select="'original-term', 'identification', 'attribution', 'gloss'"/>

  <!-- How a note is set: box (on its own), line (in brackets among the words), foot (numbered, at the end),
       end (in a list of notes that the document has itself). -->
  <xsl:function name="v:note-kind" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="
      if ($note[parent::noteGrp or parent::bibl or ancestor::back or ancestor::standOff or ancestor::teiHeader or parent::list]) then 'end'
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
          <span class="ed">{string-join((replace($kind, '-', ' '), v:place(@place)), ', ')}</span>
        </xsl:if>
        <xsl:if test="$hand">
          <span class="ed hand"> — {replace($hand, '\s*\(.*\)\.?$|\.$', '')}</span>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="note-words" as="node()*">
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

  <!-- The number of the source, so that “see note 3” stays right; a note without one among numbered notes has a sign. -->
  <xsl:function name="v:note-number" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="own" as="xs:string" select="normalize-space($note/@n)"/>
    <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id($note))"/>
    <xsl:sequence select="
      if ($own and string-length($own) le 5) then $own
      else if (empty($footnotes/@n)) then string($index)
      else ('*', '†', '‡', '§')[($index - 1) mod 4 + 1]"/>
  </xsl:function>

  <xsl:template name="note-mark" as="element()">
    <xsl:context-item as="element(note)" use="required"/>
    <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id())"/>
    <sup class="ed mark" id="note-mark-{$index}">
      <a href="#note-{$index}" role="doc-noteref" aria-label="Note {v:note-number(.)}">{v:note-number(.)}</a>
    </sup>
  </xsl:template>

  <!-- A note that stands elsewhere, such as at the end, has its mark where its anchor is. -->
  <xsl:key name="note-anchor" match="ref[@type = 'noteAnchor'][starts-with(@target, '#')]" use="substring(@target, 2)"/>

  <xsl:template match="ref[@type = 'noteAnchor'][starts-with(@target, '#')]" as="element()" priority="1">
    <xsl:variable name="note" as="element(note)?" select="$footnotes[@xml:id = substring(current()/@target, 2)][1]"/>
    <xsl:choose>
      <xsl:when test="$note">
        <xsl:variable name="index" as="xs:integer" select="$footnote-order(generate-id($note))"/>
        <sup class="ed mark">
          <xsl:if test=". is key('note-anchor', $note/@xml:id)[1]">
            <xsl:attribute name="id" select="'note-mark-' || $index"/>
          </xsl:if>
          <a href="#note-{$index}" role="doc-noteref" aria-label="Note {v:note-number($note)}">{v:note-number($note)}</a>
        </sup>
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
        <h2 id="notes">Notes</h2>
        <ol>
          <xsl:for-each select="$footnotes">
            <li id="note-{position()}">
              <a class="ed mark" href="#note-mark-{position()}" role="doc-backlink" aria-label="Back to the text at note {v:note-number(.)}">{v:note-number(.)}</a>
              <div>
                <xsl:sequence select="v:attributes(., ('note-body', v:tokens('note-', @type)))"/>
                <xsl:call-template name="note-label"/>
                <xsl:call-template name="note-words"/>
                <xsl:if test="v:responsible(.)">
                  <p class="ed resp">— {v:responsible(.)}</p>
                </xsl:if>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- ## Textual notes: what the source reads where the text differs. A view says which elements need one. -->

  <xsl:function name="v:is-textual" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="false()"/>
  </xsl:function>

  <xsl:variable name="textual" as="element()*" select="//(choice | subst | del | app)[v:is-textual(.)][ancestor::text]"/>
  <xsl:variable name="textual-order" as="map(xs:string, xs:integer)" select="
    map:merge(for $index in 1 to count($textual) return map {generate-id($textual[$index]): $index})"/>

  <xsl:template name="textual-mark" as="element()?">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="index" as="xs:integer?" select="$textual-order(generate-id())"/>
    <xsl:if test="exists($index)">
      <xsl:variable name="letter" as="xs:string" select="format-integer($index, 'a')"/>
      <sup class="ed mark" id="reading-mark-{$index}">
        <a href="#reading-{$index}" role="doc-noteref" aria-label="Textual note {$letter}">{$letter}</a>
      </sup>
    </xsl:if>
  </xsl:template>

  <xsl:template name="textual-notes" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:if test="exists($textual)">
      <section class="notes textual" role="doc-endnotes" aria-labelledby="readings">
        <h2 id="readings">Textual notes</h2>
        <ol>
          <xsl:for-each select="$textual">
            <xsl:variable name="letter" as="xs:string" select="format-integer(position(), 'a')"/>
            <li id="reading-{position()}">
              <a class="ed mark" href="#reading-mark-{position()}" role="doc-backlink" aria-label="Back to the text at textual note {$letter}">{$letter}</a>
              <div class="note-body">
                <xsl:apply-templates select="." mode="textual"/>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- ## The legend -->

  <xsl:template name="legend" as="element()?">
    <xsl:context-item as="document-node()" use="required"/>
    <xsl:variable name="signs" as="element()*">
      <xsl:for-each-group select="//text//*" group-by="v:sign(.)">
        <xsl:apply-templates select="." mode="sign"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:if test="exists($signs)">
      <section class="signs" aria-labelledby="signs">
        <h2 id="signs">Signs used in this text</h2>
        <dl>
          <xsl:sequence select="$signs"/>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Elements with the same value share one line of the legend; the first of them in the document is shown. -->
  <xsl:function name="v:sign" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:sequence select="
      if ($name = ('gap', 'ex', 'space', 'add', 'del', 'surplus', 'expan')) then $name
      else if ($name = ('supplied', 'unclear', 'corr')) then $name || $element/@cert[. = 'low']
      else if ($name = ('pb', 'reg') or $element[self::p[@part = 'I']]) then $name
      else if ($element/self::note[v:note-kind(.) = 'line']) then 'note'
      else ()"/>
  </xsl:function>

  <xsl:template name="sign" as="element()">
    <xsl:param name="sample" as="node()*"/>
    <xsl:param name="meaning" as="xs:string"/>
    <div>
      <dt>
        <xsl:sequence select="$sample"/>
      </dt>
      <dd>{$meaning}</dd>
    </div>
  </xsl:template>

  <xsl:template match="gap" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="gap">[one word missing]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Something is not there or cannot be read; the words in brackets say what.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="supplied" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="supplied">{if (@cert = 'low') then '[word?]' else '[word]'}</span></xsl:with-param>
      <xsl:with-param name="meaning" select="
        'Added by the translator or the editors' || (if (@cert = 'low') then ', who were not sure of it.' else '; not in the source.')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>A<span class="ex">[bbreviation]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Letters that complete an abbreviation.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="space" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="space">[blank]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The source leaves a space empty here.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="surplus" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="surplus">word</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Superfluous in the source, kept.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="reg[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>Name <span class="reg">[Other Name]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'Another form of the name, which the source page gives in brackets.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr[@cert = 'low'][parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>word <span class="corr">[ward?]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'The translator or the editors propose the word in brackets in place of the one before.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="expan[parent::choice]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span>ABC <span class="expan">[All But Certain]</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'What an abbreviation stands for.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="pb[normalize-space(@n)]" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span><span class="pb-mark">|</span> <span class="pb-n">{@n}</span></span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A page of the source begins, with this number.'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="note" mode="sign" as="element()">
    <xsl:call-template name="sign">
      <xsl:with-param name="sample"><span class="note-in-line">[words]</span></xsl:with-param>
      <xsl:with-param name="meaning" select="'A remark of the translator or the editors, or something written on the source.'"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
