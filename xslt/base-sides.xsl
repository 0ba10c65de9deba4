<?xml version="1.0" encoding="UTF-8"?>
<!-- A page with text from right to left: what stands in it and runs the other way says so, as “dir” does, since EPUB
     knows no style for it. Gone through only where the page has such text: the program asks for it with $both-ways. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    exclude-result-prefixes="#all" expand-text="yes">

  <xsl:param name="both-ways" as="xs:boolean" select="false()"/>

  <xsl:mode name="sides" on-no-match="shallow-copy"/>

  <xsl:variable name="leftward-letter" static="yes" as="xs:string" select="'[&#x590;-&#x8FF;&#xFB1D;-&#xFDFF;&#xFE70;-&#xFEFC;]'"/>

  <xsl:variable name="other-letter" static="yes" as="xs:string" select="replace($leftward-letter, '^\[', '[^')"/>

  <!-- Where the mark of a note is. -->
  <xsl:key name="mark" match="a" use="substring-after(@href, '#')"/>

  <!-- $around says whether the words around run from right to left. -->
  <xsl:template match="*" mode="sides">
    <xsl:param name="around" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:param name="marked" as="element()?" select="()"/>
    <xsl:variable name="dir" as="xs:string?" select="if (@dir = 'rtl' and v:romanised(.)) then 'ltr'[$around] else @dir"/>
    <xsl:variable name="turns-back" as="xs:boolean" select="$around and @lang and not(@dir) and not(v:leftwards(string(@lang)))"/>
    <xsl:variable name="here" as="xs:boolean" select="
      if (@dir) then $dir = 'rtl' else if ($turns-back) then false() else $around or exists($marked)"/>
    <xsl:copy>
      <xsl:copy-of select="@* except @dir"/>
      <xsl:if test="$dir">
        <xsl:attribute name="dir" select="$dir"/>
      </xsl:if>
      <xsl:if test="exists($marked)">
        <xsl:copy-of select="$marked/@lang, $marked/@dir"/>
      </xsl:if>
      <xsl:if test="$turns-back">
        <xsl:attribute name="dir" select="'ltr'"/>
      </xsl:if>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="around" select="$here" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <!-- Whether words in a language that is written from right to left are in letters that are not: Ottoman, for one. -->
  <xsl:function name="v:romanised" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="letters" as="xs:integer" select="string-length(replace($element, '\P{L}', ''))"/>
    <xsl:variable name="leftward" as="xs:integer" select="string-length(replace($element, $other-letter, ''))"/>
    <xsl:sequence select="$letters gt 0 and $leftward * 5 lt $letters"/>
  </xsl:function>

  <!-- The title is in the language of the text, the card around it in that of the edition. -->
  <xsl:template match="h1" mode="sides">
    <xsl:next-match>
      <xsl:with-param name="marked" as="element()?">
        <xsl:if test="v:leftwards($lang) and matches(., $leftward-letter)">
          <h1 dir="rtl"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:next-match>
  </xsl:template>

  <!-- A note at the end runs as the text does that it is a note to; a textual note begins with the edition's words. -->
  <xsl:template match="div[contains-token(@class, 'note-body')][parent::li[starts-with(@id, 'note-')]]" mode="sides">
    <xsl:variable name="mark" as="element()?" select="key('mark', string(parent::li/@id))[not(ancestor::ol/@class = 'notes')][1]"/>
    <xsl:variable name="side" as="element()?" select="$mark/ancestor::*[@dir][1][@dir = 'rtl'][not(v:romanised(.))]"/>
    <xsl:next-match>
      <xsl:with-param name="marked" as="element()?">
        <xsl:if test="$side and not(@lang or @dir) and matches(., $leftward-letter)">
          <div lang="{($side/@lang, $lang)[1]}" dir="rtl"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:next-match>
  </xsl:template>

  <!-- Words of the edition itself, without the signs before them: these are mirrored with the text. -->
  <xsl:template match="text()" mode="sides">
    <xsl:param name="around" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$around and contains-token(../@class, 'ed') and matches(., '\p{L}') and not(matches(., $leftward-letter))">
        <xsl:analyze-string select="." regex="[\[(]?[\p{{L}}\p{{N}}](.*[^\s,;:—–/])?">
          <xsl:matching-substring>
            <bdi lang="{$language}" dir="ltr">{.}</bdi>
          </xsl:matching-substring>
          <xsl:non-matching-substring>{.}</xsl:non-matching-substring>
        </xsl:analyze-string>
      </xsl:when>
      <xsl:otherwise>{.}</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
