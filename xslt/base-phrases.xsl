<?xml version="1.0" encoding="UTF-8"?>
<!-- What the edition itself says on a page, in the language of its interface. The stylesheets say it in English, and
     the table site/phrases.LANGUAGE.txt has the other languages; it is read once, when the stylesheet is compiled. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:v="urn:tei-edition:view"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all" expand-text="yes">

  <xsl:param name="language" static="yes" as="xs:string" select="'en'"/>

  <xsl:variable name="phrases" static="yes" as="map(xs:string, xs:string)" select="
    if ($language = 'en') then map {}
    else map:merge(
      unparsed-text-lines(resolve-uri('site/phrases.' || $language || '.txt', static-base-uri()))[contains(., ' = ')]
        ! map {substring-before(., ' = '): substring-after(., ' = ')},
      map {'duplicates': 'use-last'})"/>

  <!-- A phrase; what the table does not have is said in English. -->
  <xsl:function name="v:say" as="xs:string">
    <xsl:param name="english" as="xs:string"/>
    <xsl:sequence select="$english" use-when="$language = 'en'"/>
    <xsl:sequence select="($phrases($english), $english)[1]" use-when="$language != 'en'"/>
  </xsl:function>

  <!-- A phrase with a word in the place of its percent sign. -->
  <xsl:function name="v:say" as="xs:string">
    <xsl:param name="english" as="xs:string"/>
    <xsl:param name="word" as="xs:string"/>
    <xsl:variable name="said" as="xs:string" select="v:say($english)"/>
    <xsl:sequence select="substring-before($said, '%') || $word || substring-after($said, '%')"/>
  </xsl:function>

  <!-- The value of an attribute as words: above-left is “above left”, or what the table has for that. -->
  <xsl:function name="v:said" as="xs:string?">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(translate($value, '_-', '  '))"/>
    <xsl:sequence select="$words[.] ! v:say(.)"/>
  </xsl:function>

  <!-- The language of the edition's own words, where that of the text is another. -->
  <xsl:template name="spoken" as="attribute(lang)?">
    <xsl:if test="substring-before($lang || '-', '-') ne $language">
      <xsl:attribute name="lang" select="$language"/>
    </xsl:if>
  </xsl:template>

  <xsl:function name="v:capital" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>

</xsl:stylesheet>
