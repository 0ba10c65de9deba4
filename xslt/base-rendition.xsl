<?xml version="1.0" encoding="UTF-8"?>
<!-- How the source renders words: @rend, @rendition and @style become classes of the page's own style sheet.

     No declaration of a document reaches a page: each that is known has a class, the others are left out. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:function name="v:rendered" as="attribute(class)?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:variable name="all" as="xs:string*" select="distinct-values((
      $classes, $element/@rend ! (v:tokens('r-', .), if (contains(., ':')) then v:declared(.) else ()),
      $element/@rendition ! (v:tokens('r-', .), tokenize(.)[starts-with(., '#')] ! $renditions(v:token(substring(., 2)))),
      $element/@style ! v:declared(.)))"/>
    <xsl:if test="exists($all)">
      <xsl:attribute name="class" select="$all"/>
    </xsl:if>
  </xsl:function>

  <!-- What the header says of each named rendition, as classes. -->
  <xsl:variable name="renditions" as="map(xs:string, xs:string*)" select="map:merge(
    for $rendition in $header//rendition[@xml:id][not(@scheme) or @scheme = 'css']
    return map {v:token($rendition/@xml:id): v:declared(string($rendition))})"/>

  <!-- The classes of declarations such as “font-style: italic; margin-left: 2em”. -->
  <xsl:function name="v:declared" as="xs:string*" cache="yes">
    <xsl:param name="declarations" as="xs:string"/>
    <xsl:for-each select="tokenize(substring($declarations, 1, 2000), ';')[contains(., ':')]">
      <xsl:variable name="property" as="xs:string" select="lower-case(normalize-space(substring-before(., ':')))"/>
      <xsl:variable name="value" as="xs:string" select="lower-case(normalize-space(replace(substring-after(., ':'), '!\s*important', '')))"/>
      <xsl:sequence select="distinct-values(tokenize($value)) ! $known($property || ' ' || .)"/>
      <xsl:sequence select="
        if ($property = ('margin-left', 'padding-left', 'text-indent') and matches($value, '^[1-9.]')) then 'r-indent'
        else if ($property = 'letter-spacing' and matches($value, '^0?[.]?[0-9]*[1-9]')) then 'r-spaced'
        else if ($property = ('border', 'border-style') and matches($value, 'solid|double|dotted|dashed')) then 'r-box'
        else if ($property = 'font-size' and matches($value, '^(10[1-9]|1[1-9][0-9]|[2-9][0-9]{2})%$|^(1\.[0-9]*[1-9]|[2-9](\.[0-9]+)?)r?em$')) then 'r-large'
        else if ($property = 'font-size' and matches($value, '^[1-9]?[0-9](\.[0-9]+)?%$|^0?\.[0-9]+r?em$')) then 'r-small'
        else ()"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:variable name="known" static="yes" as="map(xs:string, xs:string)" select="map {
    'font-style italic': 'r-italic', 'font-style oblique': 'r-italic', 'font-style normal': 'r-upright',
    'font-weight bold': 'r-bold', 'font-weight bolder': 'r-bold', 'font-weight 700': 'r-bold', 'font-weight normal': 'r-light',
    'font-variant small-caps': 'r-smallcaps', 'font-variant-caps small-caps': 'r-smallcaps',
    'text-transform uppercase': 'r-uppercase',
    'text-decoration underline': 'r-underline', 'text-decoration-line underline': 'r-underline', 'text-decoration overline': 'r-overline',
    'text-decoration line-through': 'r-strikethrough', 'text-decoration-line line-through': 'r-strikethrough',
    'vertical-align super': 'r-super', 'vertical-align sub': 'r-sub',
    'text-align center': 'r-center', 'text-align right': 'r-right', 'text-align left': 'r-left',
    'font-size larger': 'r-large', 'font-size large': 'r-large', 'font-size x-large': 'r-large', 'font-size xx-large': 'r-large',
    'font-size smaller': 'r-small', 'font-size small': 'r-small', 'font-size x-small': 'r-small',
    'font-family monospace': 'r-monospace'}"/>

</xsl:stylesheet>
