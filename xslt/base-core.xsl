<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs, emphasis, quotation, names, dates, addresses and links, as every view has them until it says otherwise. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">


  <!-- ## Paragraphs, emphasis, foreign words, quotation -->

  <xsl:template match="p" as="element()">
    <xsl:choose>
      <xsl:when test="* and v:holds-block(.)">
        <div>
          <xsl:sequence select="v:attributes(., ())"/>
          <xsl:apply-templates/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <p>
          <xsl:if test="@*">
            <xsl:sequence select="v:attributes(., ())"/>
          </xsl:if>
          <xsl:apply-templates/>
        </p>
      </xsl:otherwise>
    </xsl:choose>
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
    <xsl:if test="not($marks-in-text) and not(substring(normalize-space($quotation), 1, 1) = ('&quot;', '“', '”', '„', '«', '»', '‘', '‚', '‹', '「', '『'))">
      <xsl:variable name="lang" as="xs:string" select="string(($quotation/ancestor-or-self::*/@xml:lang)[last()] ! lower-case(v:language(.)))"/>
      <xsl:variable name="single" as="xs:boolean" select="
        tokenize($quotation/@rend) = 'single' or empty($quotation/@rend) and count($quotation/ancestor::q) mod 2 = 1
        or exists($quotation/self::soCalled)"/>
      <xsl:sequence select="if ($single) then v:inner-marks($lang) else v:outer-marks($lang)"/>
    </xsl:if>
  </xsl:function>

  <!-- The marks that a language uses. -->
  <xsl:function name="v:outer-marks" as="xs:string+" cache="yes">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="main" as="xs:string" select="substring-before($lang || '-', '-')"/>
    <xsl:sequence select="
      if ($main = ('de', 'cs', 'sk', 'sl', 'hu', 'pl', 'ro', 'bg')) then ('„', if ($main = ('hu', 'pl', 'ro')) then '”' else '“')
      else if ($main = ('fr')) then ('«&#xa0;', '&#xa0;»')
      else if ($main = ('ru', 'uk', 'es', 'it', 'pt', 'el', 'no', 'nb', 'hy')) then ('«', '»')
      else if ($main = ('sv', 'fi')) then ('”', '”')
      else if ($main = ('zh', 'ja') and not(contains($lang, 'latn'))) then ('「', '」')
      else ('“', '”')"/>
  </xsl:function>

  <xsl:function name="v:inner-marks" as="xs:string+" cache="yes">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="main" as="xs:string" select="substring-before($lang || '-', '-')"/>
    <xsl:sequence select="
      if ($main = ('de', 'cs', 'sk', 'sl', 'bg')) then ('‚', '‘')
      else if ($main = ('ru', 'uk')) then ('„', '“')
      else if ($main = ('sv', 'fi')) then ('’', '’')
      else if ($main = ('zh', 'ja') and not(contains($lang, 'latn'))) then ('『', '』')
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

  <!-- ## Names, numbers, dates, addresses -->

  <!-- A name leads to its entry in the register, when the page knows where that is. -->
  <xsl:template match="name | rs | persName | orgName | placeName | geogName | objectName | eventName" as="element()">
    <xsl:variable name="href" as="xs:string?" select="if ($register and @ref) then v:register(.)[v:may-link(current())] else ()"/>
    <xsl:choose>
      <xsl:when test="$href">
        <a>
          <xsl:sequence select="v:attributes(., 'name')"/>
          <xsl:attribute name="href" select="$href"/>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <xsl:when test="* and v:holds-block(.)">
        <div>
          <xsl:sequence select="v:attributes(., 'name')"/>
          <xsl:apply-templates/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <span class="name">
          <xsl:if test="@* except @ref">
            <xsl:sequence select="v:attributes(., 'name')"/>
          </xsl:if>
          <xsl:apply-templates/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
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
      <xsl:if test="$href and not(node())">
        <span class="ed">{v:shown-address($href)}</span>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- What stands for a link without words. -->
  <xsl:function name="v:shown-address" as="xs:string">
    <xsl:param name="href" as="xs:string"/>
    <xsl:sequence select="if (starts-with($href, '#')) then '→' else replace($href, '^(https?://|mailto:)', '')"/>
  </xsl:function>

  <xsl:template match="ptr" as="element()?">
    <xsl:variable name="href" as="xs:string?" select="v:href(@target)"/>
    <xsl:if test="$href">
      <a class="ref ed" href="{$href}">{v:shown-address($href)}</a>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
