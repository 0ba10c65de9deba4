<?xml version="1.0" encoding="UTF-8"?>
<!-- Where a page or a line of the source begins, and words that go on over such a place, as every view has them until it
     says otherwise. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <!-- ## Pages and lines -->

  <xsl:template match="milestone" as="element()?">
    <xsl:if test="not(v:in-line(.)) and not(parent::list or parent::table or parent::row)">
      <hr class="milestone"/>
    </xsl:if>
  </xsl:template>

  <!-- The number of the page that begins here: in the margin, with a mark in the line. -->
  <xsl:template match="pb | cb | gb" as="element()">
    <xsl:call-template name="page-begins">
      <xsl:with-param name="as" select="if (v:in-line(.)) then 'span' else 'div'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="page-begins" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="as" as="xs:string" select="'span'"/>
    <xsl:variable name="number" as="xs:string" select="normalize-space(@n)"/>
    <xsl:element name="{$as}">
      <xsl:sequence select="v:attributes(., ('pb', 'pb-column'[current()/self::cb]))"/>
      <span class="ed pb-mark" aria-hidden="true">|</span>
      <xsl:if test="$number">
        <span class="ed pb-n"><span class="unseen">{v:say(if (self::cb) then 'column' else 'page')} </span>{$number}</span>
      </xsl:if>
      <xsl:for-each select="v:image(@facs)">
        <span class="ed pb-image"><a class="facs" href="{.}" title="{string-join((v:say('Image of the page'), $number[.]), ' ')}">{v:say('image')}</a></span>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

  <!-- The address of the image that @facs names, or that what it points to names. An image service (IIIF) is asked for
       the whole image. -->
  <xsl:function name="v:image" as="xs:string?">
    <xsl:param name="facs" as="attribute()?"/>
    <xsl:variable name="pointer" as="xs:string?" select="tokenize($facs)[1]"/>
    <xsl:variable name="place" as="element()?" select="$pointer[starts-with(., '#')] ! key('id', v:token(substring(., 2)), root($facs))[1]"/>
    <xsl:variable name="named" as="xs:string?" select="
      if ($place) then ($place/descendant-or-self::graphic, $place/ancestor::surface[1]/graphic)[1]/@url ! v:href(.)
      else $facs[matches($pointer, '^https?://|\.(jpe?g|png|gif|webp|avif)$', 'i')] ! v:href(.)"/>
    <xsl:sequence select="$named ! replace(., '^(https?://.*)/info\.json$', '$1/full/max/0/default.jpg')"/>
  </xsl:function>

  <!-- A line of the source: in prose it can be let run on; in verse, headings, addresses and the like it cannot. -->
  <xsl:template match="lb">
    <xsl:if test="v:in-line(.)">
      <br/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="lb[v:runs-on(.)]">
    <xsl:call-template name="blank-between"/>
    <br class="lb"/>
  </xsl:template>

  <xsl:variable name="prose" static="yes" as="map(xs:string, xs:boolean)" select="map:merge((
    tokenize('p ab item cell quote q figDesc desc rdg lem u') ! map {.: true()},
    tokenize('address l head opener closer dateline salute signed titlePart note stamp') ! map {.: false()}))"/>

  <!-- Whether what holds a break is a text that runs on, and not one that is set in lines. -->
  <xsl:function name="v:runs-on" as="xs:boolean">
    <xsl:param name="break" as="element(lb)"/>
    <xsl:sequence select="($break/ancestor::*[map:contains($prose, local-name())][1] ! $prose(local-name()), false())[1] and v:in-line($break)"/>
  </xsl:function>

  <!-- A blank between two lines, unless the word goes on or there is one. -->
  <xsl:template name="blank-between" as="text()?">
    <xsl:context-item as="element(lb)" use="required"/>
    <xsl:if test="not(@break = 'no') and matches(preceding::text()[1], '\S$') and matches(following::text()[1], '^\S')
      and not($divides-words and v:goes-on(preceding::text()[1]))">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- A break inside a word: white space beside it is the encoder's. -->
  <xsl:variable name="divides-words" as="xs:boolean" select="exists($breaks[@break = 'no']) or exists(//pb[@break = 'no']) or exists(//cb[@break = 'no'])"/>

  <!-- Most documents have no text that is written otherwise than it stands: one look at a variable says so. -->
  <xsl:variable name="changes-texts" as="xs:boolean" select="$divides-words or $has-possessive"/>

  <xsl:template match="text()[$changes-texts]" priority="1.5">
    <xsl:choose>
      <xsl:when test="$divides-words and (v:goes-on(.) or v:went-on(.))">
        <xsl:call-template name="divided"/>
      </xsl:when>
      <xsl:when test="$has-possessive and substring(., 1, 2) = ('’s', '''s') and key('possessive', generate-id())">
        <xsl:call-template name="possessive"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="."/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="divided">
    <xsl:variable name="begun" as="xs:string" select="if (v:went-on(.)) then replace(., '^\s+', '') else string(.)"/>
    <xsl:variable name="words" as="xs:string" select="if (v:goes-on(.)) then replace($begun, '\s+$', '') else $begun"/>
    <xsl:choose>
      <xsl:when test="v:divided(.)">
        <xsl:value-of select="substring($words, 1, string-length($words) - 1)"/>
        <xsl:call-template name="line-end-hyphen">
          <xsl:with-param name="hyphen" select="substring($words, string-length($words))"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$words"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Whether the word at the end of a text, or at its beginning, has such a break after or before it. -->
  <xsl:function name="v:goes-on" as="xs:boolean">
    <xsl:param name="words" as="text()"/>
    <xsl:sequence select="
      $words/following::node()[not(self::text()) or normalize-space()][@break or not(self::lb or self::pb or self::cb or self::gb)][1]/@break = 'no'"/>
  </xsl:function>

  <xsl:function name="v:went-on" as="xs:boolean">
    <xsl:param name="words" as="text()"/>
    <xsl:sequence select="
      $words/preceding::node()[not(self::text()) or normalize-space()][@break or not(self::lb or self::pb or self::cb or self::gb)][1]/@break = 'no'"/>
  </xsl:function>

  <!-- Whether a text ends with a hyphen that only the end of the line made: small letters go on after it, and the header
       does not say that such hyphens were taken out (TEI P5, 3.2.3 and hyphenation/@eol). -->
  <xsl:function name="v:divided" as="xs:boolean">
    <xsl:param name="before" as="text()?"/>
    <xsl:sequence select="
      matches($before, '\p{L}[-‐¬⸗]\s*$') and v:goes-on($before)
      and matches($before/following::text()[normalize-space()][1], '^\s*\p{Ll}')
      and not($header/encodingDesc/editorialDecl/hyphenation/@eol = ('hard', 'none'))"/>
  </xsl:function>

  <xsl:template name="line-end-hyphen">
    <xsl:param name="hyphen" as="xs:string"/>
    <xsl:value-of select="$hyphen"/>
  </xsl:template>

</xsl:stylesheet>
