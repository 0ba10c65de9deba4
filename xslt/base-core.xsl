<?xml version="1.0" encoding="UTF-8"?>
<!-- The elements of TEI's core module, as every view has them until it says otherwise. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Paragraphs, emphasis, foreign words, quotation -->

  <xsl:template match="p" as="element()*">
    <xsl:call-template name="block">
      <xsl:with-param name="class" select="()"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="foreign" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'i'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="emph" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'em'"/>
      <xsl:with-param name="class" select="()"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="hi" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="class" select="'hi', 'r-plain'[not(current()/@rend or current()/@rendition)]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="distinct | term | gloss | mentioned" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="said" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- Quotation marks belong to the element, unless the header says that they are in the text, or they are. -->
  <xsl:template match="q | soCalled | quote" as="element()">
    <xsl:variable name="block" as="xs:boolean" select="v:holds-block(.) or not(v:in-line(.)) and not(self::soCalled)"/>
    <xsl:element name="{if ($block) then 'blockquote' else if (self::soCalled) then 'span' else 'q'}">
      <xsl:sequence select="v:attributes(., local-name()[. ne 'q'])"/>
      <xsl:variable name="marks" as="xs:string*" select="v:quotation-marks(.)[not($block and current()/self::quote)]"/>
      <xsl:call-template name="ed">
        <xsl:with-param name="words" select="$marks[1]"/>
      </xsl:call-template>
      <xsl:apply-templates/>
      <xsl:call-template name="ed">
        <xsl:with-param name="words" select="$marks[2]"/>
      </xsl:call-template>
    </xsl:element>
  </xsl:template>

  <xsl:variable name="marks-in-text" as="xs:boolean" select="$header/encodingDesc/editorialDecl/quotation/@marks = ('all', 'some')"/>

  <xsl:function name="v:quotation-marks" as="xs:string*">
    <xsl:param name="quotation" as="element()"/>
    <xsl:if test="not($marks-in-text) and not(matches(normalize-space($quotation), '^[&quot;“”„«»‘‚‹「『]'))">
      <xsl:variable name="lang" as="xs:string" select="string(($quotation/ancestor-or-self::*/@xml:lang)[last()] ! lower-case(v:language(.)))"/>
      <xsl:variable name="single" as="xs:boolean" select="
        tokenize($quotation/@rend) = 'single' or empty($quotation/@rend) and count($quotation/ancestor::q) mod 2 = 1
        or exists($quotation/self::soCalled)"/>
      <xsl:sequence select="if ($single) then v:inner-marks($lang) else v:outer-marks($lang)"/>
    </xsl:if>
  </xsl:function>

  <!-- The marks that a language uses. -->
  <xsl:function name="v:outer-marks" as="xs:string+">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      if (matches($lang, '^(de|cs|sk|sl|hu|pl|ro|bg)(-|$)')) then ('„', if (matches($lang, '^(hu|pl|ro)(-|$)')) then '”' else '“')
      else if (matches($lang, '^fr(-|$)')) then ('«&#xa0;', '&#xa0;»')
      else if (matches($lang, '^(ru|uk|es|it|pt|el|no|nb|hy)(-|$)')) then ('«', '»')
      else if (matches($lang, '^(sv|fi)(-|$)')) then ('”', '”')
      else if (matches($lang, '^(zh|ja)(-|$)') and not(contains($lang, 'latn'))) then ('「', '」')
      else ('“', '”')"/>
  </xsl:function>

  <xsl:function name="v:inner-marks" as="xs:string+">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      if (matches($lang, '^(de|cs|sk|sl|bg)(-|$)')) then ('‚', '‘')
      else if (matches($lang, '^(ru|uk)(-|$)')) then ('„', '“')
      else if (matches($lang, '^(sv|fi)(-|$)')) then ('’', '’')
      else if (matches($lang, '^(zh|ja)(-|$)') and not(contains($lang, 'latn'))) then ('『', '』')
      else ('‘', '’')"/>
  </xsl:function>

  <xsl:template match="cit" as="element()">
    <xsl:element name="{if (v:holds-block(.) or not(v:in-line(.))) then 'div' else 'span'}">
      <xsl:sequence select="v:attributes(., 'cit')"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="desc | label" as="element()">
    <xsl:element name="{if (v:holds-block(.) or not(v:in-line(.))) then 'div' else 'span'}">
      <xsl:sequence select="v:attributes(., local-name())"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- ## Editorial interventions -->

  <!-- Of several readings, all of them. -->
  <xsl:template match="choice" as="node()*">
    <xsl:for-each select="*">
      <xsl:if test="position() gt 1">
        <span class="ed">/</span>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- Of two forms, what the source has, and the other one in brackets after it. -->
  <xsl:template match="choice[sic | orig | abbr][corr | reg | expan]" as="node()*">
    <xsl:apply-templates select="sic | orig | abbr"/>
    <xsl:if test="not(v:possessive(.))">
      <xsl:apply-templates select="corr | reg | expan"/>
    </xsl:if>
  </xsl:template>

  <!-- The words in full, with their abbreviation in an editor's brackets. -->
  <xsl:template match="choice[expan[not(ex)]/following-sibling::abbr/@resp]" as="node()*" priority="1">
    <xsl:apply-templates select="expan/node()"/>
    <span class="ed">
      <xsl:text> </xsl:text>
    </span>
    <xsl:for-each select="abbr">
      <xsl:call-template name="line">
        <xsl:with-param name="before" select="'['"/>
        <xsl:with-param name="after" select="']'"/>
        <xsl:with-param name="title" select="v:responsible(.)"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="choice[sic | orig | abbr]/*[self::corr or self::reg or self::expan]" as="element()+" priority="1">
    <span class="ed">
      <xsl:text> </xsl:text>
    </span>
    <xsl:call-template name="line">
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="if (@cert = 'low') then '?]' else ']'"/>
      <xsl:with-param name="title" select="string-join((v:scheme(@type), v:responsible(.)), '; ')[.]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="v:scheme" as="xs:string?">
    <xsl:param name="type" as="attribute()?"/>
    <xsl:variable name="words" as="map(xs:string, xs:string)" select="map {
      'pinyin': 'In Pinyin', 'wade-giles': 'In Wade-Giles', 'romanisation': 'In another romanisation', 'exonym': 'By another name'}"/>
    <xsl:sequence select="$words(string($type))"/>
  </xsl:function>

  <xsl:function name="v:is-name" as="xs:boolean">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:sequence select="exists($choice[reg/(@type, @resp) or ancestor::persName or ancestor::placeName or ancestor::orgName or ancestor::rs or ancestor::name])"/>
  </xsl:function>

  <!-- The bracket goes behind a possessive: Chiang Kai-shek's [Jiang Jieshi]. -->
  <xsl:key name="possessive" match="choice[orig][reg][v:is-name(.)]" use="v:possessive(.) ! generate-id()"/>

  <xsl:function name="v:possessive" as="text()?">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:sequence select="$choice/following::text()[1][matches(., '^[''’]s([^\p{L}]|$)')][$choice/reg]"/>
  </xsl:function>

  <xsl:variable name="has-possessive" as="xs:boolean" select="some $choice in //choice[orig][reg] satisfies v:is-name($choice) and exists(v:possessive($choice))"/>

  <xsl:template match="text()[$has-possessive][key('possessive', generate-id())]" as="node()+">
    <xsl:value-of select="substring(., 1, 2)"/>
    <xsl:apply-templates select="key('possessive', generate-id())/reg"/>
    <xsl:value-of select="substring(., 3)"/>
  </xsl:template>

  <!-- Standing alone: what the source has is as it is, a mistake of it is called one, what the editors put in its place
       is in brackets. -->
  <xsl:template match="orig | abbr | am | sic[parent::choice] | expan[.//ex]" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="sic" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="'So in the source'"/>
      <xsl:with-param name="after" select="' [sic]'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="corr | reg | expan" as="element()+">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join(
        (if (self::corr) then 'Corrected' else if (self::reg) then 'Regularised' else 'Written out', v:responsible(.)), '; ')"/>
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="if (@cert = 'low') then '?]' else ']'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="']'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="gap" as="element()">
    <span>
      <xsl:sequence select="v:attributes(., 'gap')"/>
      <xsl:attribute name="title" select="v:gap-cause(.)"/>
      <span class="ed">[</span>
      <xsl:choose>
        <xsl:when test="desc">
          <xsl:apply-templates select="desc/node()"/>
        </xsl:when>
        <xsl:otherwise>
          <span class="ed">{v:gap-words(.)}</span>
        </xsl:otherwise>
      </xsl:choose>
      <span class="ed">]</span>
      <xsl:apply-templates select="node()[not(self::desc)]"/>
    </span>
  </xsl:template>

  <!-- What a gap without words of its own says: its extent and its reason. -->
  <xsl:function name="v:gap-words" as="xs:string">
    <xsl:param name="gap" as="element(gap)"/>
    <xsl:variable name="unit" as="xs:string" select="replace(lower-case($gap/@unit), 's$', '')"/>
    <xsl:variable name="count" as="xs:string?" select="
      ($gap/@quantity, $gap/@extent, ($gap/@atLeast || '–' || $gap/@atMost)[$gap/@atLeast and $gap/@atMost],
       $gap/@atMost ! ('up to ' || .), $gap/@atLeast ! ('at least ' || .))[1]"/>
    <xsl:variable name="size" as="xs:string" select="string-join(
      ($count, ($unit || 's'[not($count = '1')])[$unit][not(matches($count, '\p{L}{3}'))][$count or not($unit = 'unknown')]), ' ')"/>
    <xsl:sequence select="
      if ($size = '' and not($gap/@reason[normalize-space()])) then '…'
      else string-join(($size[.], translate(normalize-space($gap/@reason), '-_', '  ')[.]), ' ')"/>
  </xsl:function>

  <xsl:variable name="causes" static="yes" as="map(xs:string, xs:string)" select="map {
    'lost': 'Lost in the source', 'illegible': 'Illegible in the source', 'inaudible': 'Inaudible in the recording',
    'redacted': 'Withheld by those who released the document', 'editorial': 'Left out by the editors of the source',
    'sampling': 'Outside the part that was transcribed', 'garbled': 'Garbled in transmission',
    'unrecovered': 'Not recovered in decoding', 'unrecoverable': 'Cannot be recovered', 'deleted': 'Deleted in the source',
    'cancelled': 'Cancelled in the source', 'irrelevant': 'Left out as irrelevant'}"/>

  <xsl:function name="v:gap-cause" as="xs:string">
    <xsl:param name="gap" as="element(gap)"/>
    <xsl:sequence select="
      string-join((($causes(lower-case($gap/@reason)), 'Missing here')[1], v:responsible($gap) ! ('noted by ' || .)), '; ')"/>
  </xsl:function>

  <xsl:template match="unclear" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="title" select="string-join(('Uncertain reading', v:responsible(.)), '; ')"/>
      <xsl:with-param name="before" select="'['"/>
      <xsl:with-param name="after" select="'?]'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Changes on the source itself, with the hand that made them. -->
  <xsl:template match="add" as="element()">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'ins'"/>
      <xsl:with-param name="title" select="string-join(('Added', v:place(@place)), ', ')"/>
      <xsl:with-param name="before" select="'\'"/>
      <xsl:with-param name="after" select="'/' || v:by-hand(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="del" as="element()?">
    <xsl:call-template name="line">
      <xsl:with-param name="as" select="'del'"/>
      <xsl:with-param name="class" select="()"/>
      <xsl:with-param name="before" select="'⟦' || '…'[not(current()/node())]"/>
      <xsl:with-param name="after" select="'⟧' || v:by-hand(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Whose hand an element is in, in brackets. -->
  <xsl:function name="v:by-hand" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string-join($element/@hand ! v:hand(.)[.] ! (' [' || . || ']'))"/>
  </xsl:function>

  <!-- The name of a hand: as the header describes it, or else what the pointer says. -->
  <xsl:function name="v:hand" as="xs:string">
    <xsl:param name="hand" as="attribute()"/>
    <xsl:variable name="names" as="xs:string*">
      <xsl:for-each select="tokenize($hand)">
        <xsl:variable name="note" as="element()?" select="key('id', v:token(replace(., '^.*#', '')), root($hand))[1]"/>
        <xsl:variable name="words" as="xs:string" select="replace(v:words(($note/(persName | name), $note)[1]), '\s*\(.*\)\.?$|\.$', '')"/>
        <xsl:sequence select="($words[. ne ''][string-length(.) le 60], $note/@scribe/string(), replace(., '^.*[#:]', ''))[1]"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="string-join($names, ', ')"/>
  </xsl:function>

  <xsl:function name="v:place" as="xs:string?">
    <xsl:param name="place" as="attribute()?"/>
    <xsl:sequence select="normalize-space(translate($place, '_-', '  '))[.]"/>
  </xsl:function>

  <!-- ## Names, numbers, dates, addresses -->

  <xsl:template match="name | rs" as="element()">
    <xsl:call-template name="named"/>
  </xsl:template>

  <!-- A name leads to its entry in the register, when the page knows where that is. -->
  <xsl:template name="named" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:variable name="href" as="xs:string?" select="v:register(.)[v:may-link(current())]"/>
    <xsl:element name="{if ($href) then 'a' else v:tag(., 'span')}">
      <xsl:sequence select="v:attributes(., 'name')"/>
      <xsl:if test="$href">
        <xsl:attribute name="href" select="$href"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Where the register has an entry: @ref names it, or names someone of the header who is @sameAs it. -->
  <xsl:function name="v:register" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:if test="$register and not($name/ancestor::teiHeader)">
      <xsl:variable name="ref" as="xs:string" select="string($name/@ref)"/>
      <xsl:variable name="entry" as="xs:string" select="
        if (starts-with($ref, '#'))
        then string(key('id', v:token(substring($ref, 2)), root($name))[1]/@sameAs) else $ref"/>
      <xsl:analyze-string select="$entry" regex="^(?:[\w./-]*/)?([\w-]+)\.xml#([\w.-]+)$">
        <xsl:matching-substring>
          <xsl:sequence select="$register || regex-group(1) || '.html#' || regex-group(2)"/>
        </xsl:matching-substring>
      </xsl:analyze-string>
    </xsl:if>
  </xsl:function>

  <xsl:template match="date | time" as="element()">
    <xsl:variable name="when" as="xs:string?" select="v:datetime(.)"/>
    <xsl:element name="{if ($when) then 'time' else v:tag(., 'span')}">
      <xsl:sequence select="v:attributes(., 'date')"/>
      <xsl:for-each select="$when">
        <xsl:attribute name="datetime" select="."/>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="num | measure | measureGrp | unit" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="address" as="element()">
    <xsl:call-template name="block">
      <xsl:with-param name="as" select="'div'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="addrLine" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="street | postCode | postBox" as="element()">
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="email" as="element()">
    <xsl:variable name="address" as="xs:string" select="normalize-space(.)"/>
    <xsl:element name="{if (matches($address, '^[\w.+-]+@[\w-]+(\.[\w-]+)+$') and v:may-link(.)) then 'a' else 'span'}">
      <xsl:sequence select="v:attributes(., 'email')"/>
      <xsl:if test="matches($address, '^[\w.+-]+@[\w-]+(\.[\w-]+)+$') and v:may-link(.)">
        <xsl:attribute name="href" select="'mailto:' || $address"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- ## Links -->

  <xsl:template match="ref" as="element()">
    <xsl:variable name="href" as="xs:string?" select="v:href(@target)[v:may-link(current())]"/>
    <xsl:element name="{if ($href) then 'a' else v:tag(., 'span')}">
      <xsl:sequence select="v:attributes(., ('ref', 'note-anchor'[current()/@type = 'noteAnchor']))"/>
      <xsl:for-each select="$href">
        <xsl:attribute name="href" select="."/>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="ptr" as="element()?">
    <xsl:variable name="href" as="xs:string?" select="v:href(@target)"/>
    <xsl:if test="$href">
      <a class="ref ed" href="{$href}">{if (starts-with($href, '#')) then '→' else replace($href, '^(https?://|mailto:)', '')}</a>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
